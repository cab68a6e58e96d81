package sheet

import (
	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
)

// Book is one workbook in the making. Its first error is kept and every later step does nothing more,
// so that the sheets read as what they show and not as a ladder of checks.
type Book struct {
	i18n.Words
	// File is the library's workbook, for what the kit has no word for.
	File *excelize.File
	// Running is set before the first sheet is opened.
	Running Running
	styles  map[Look]int
	filters map[string]bool // the tables whose headers carry filter buttons
	err     error
}

// Running is what every page of a workbook says around its sheet.
type Running struct {
	Programme, Mark, Date string // in the page's header
	Title, Classification string // in its footer
	Subtitle, Sample      string // under the title of a sheet; no sample: empty
}

// NewBook begins an empty workbook, whose bytes depend on nothing but what is written into it.
func NewBook(words i18n.Words, r Running) *Book {
	b := &Book{Words: words, Running: r, File: excelize.NewFile(), styles: map[Look]int{}, filters: map[string]bool{}}
	b.File.SetZipWriter(b.archive)
	b.Keep(b.File.SetDefaultFont(Family))
	return b
}

// Filtered keeps the filter buttons in the header of a table: only where somebody filters.
func (b *Book) Filtered(table string) { b.filters[table] = true }

// RightToLeft reports whether the workbook is read from the right.
func (b *Book) RightToLeft() bool { return b.Language == i18n.Arabic }

// Named chooses the name in the reader's language, else the other, else the code.
func (b *Book) Named(english, arabic, code string) string {
	first, second := english, arabic
	if b.RightToLeft() {
		first, second = arabic, english
	}
	for _, name := range []string{first, second, code} {
		if cleaned := Clean(name); cleaned != "" {
			return cleaned
		}
	}
	return ""
}

// Keep remembers the first error.
func (b *Book) Keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Err returns the first error that was kept.
func (b *Book) Err() error { return b.err }

// Bytes returns the finished file, or the first error that was kept.
func (b *Book) Bytes() ([]byte, error) {
	if b.err != nil {
		return nil, b.err
	}
	content, err := b.File.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return content.Bytes(), nil
}

// Close frees what the library holds; nothing of it is on disk that matters.
func (b *Book) Close() { _ = b.File.Close() }
