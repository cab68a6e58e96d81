package reports

import (
	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
)

// book is one workbook in the making. Its first error is kept and every later step does nothing more,
// so that the sheets read as what they show and not as a ladder of checks.
type book struct {
	i18n.Words
	file    *excelize.File
	running running
	styles  map[look]int
	broken  error
}

// running is what every page of a workbook says around its sheet.
type running struct {
	programme, mark, date string // in the page's header
	title, classification string // in its footer
	subtitle, sample      string // under the title of a sheet; no sample: empty
}

// newBook begins an empty workbook, whose bytes depend on nothing but what is written into it.
func newBook(words i18n.Words, r running) *book {
	b := &book{Words: words, running: r, file: excelize.NewFile(), styles: map[look]int{}}
	b.file.SetZipWriter(newArchive)
	b.keep(b.file.SetDefaultFont(family))
	return b
}

func (b *book) rightToLeft() bool { return b.Language == i18n.Arabic }

// named chooses the name in the reader's language, else the other, else the code.
func (b *book) named(english, arabic, code string) string {
	first, second := english, arabic
	if b.rightToLeft() {
		first, second = arabic, english
	}
	for _, name := range []string{first, second, code} {
		if cleaned := clean(name); cleaned != "" {
			return cleaned
		}
	}
	return ""
}

// keep remembers the first error.
func (b *book) keep(err error) {
	if b.broken == nil && err != nil {
		b.broken = err
	}
}

// bytes returns the finished file.
func (b *book) bytes() ([]byte, error) {
	if b.broken != nil {
		return nil, b.broken
	}
	content, err := b.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return content.Bytes(), nil
}

func (b *book) close() { _ = b.file.Close() } // nothing of it is on disk that matters
