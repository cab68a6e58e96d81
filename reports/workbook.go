package reports

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// workbook is one file in the making. Its first error is kept and every later step does nothing more,
// so that the sheets read as what they show and not as a ladder of checks.
type workbook struct {
	i18n.Words
	figures *figures.Figures
	edition Edition
	zone    *time.Location
	contact string

	file     *excelize.File
	styles   map[look]int
	names    map[string]string // service and entity names in the reader's language, by code
	entities map[string]string
	broken   error
}

func newWorkbook(figures *figures.Figures, edition Edition, words i18n.Words, zone *time.Location, contact string) (*workbook, error) {
	w := &workbook{
		Words: words, figures: figures, edition: edition, zone: zone, contact: contact,
		file: excelize.NewFile(), styles: map[look]int{}, names: map[string]string{}, entities: map[string]string{},
	}
	w.file.SetZipWriter(newArchive)
	w.keep(w.file.SetDefaultFont(family))
	for i := range figures.Services {
		s := &figures.Services[i]
		w.names[s.Code] = w.named(s.Name, s.NameAr, s.Code)
	}
	for i := range figures.Entities {
		e := &figures.Entities[i]
		w.entities[e.Code] = w.named(e.Name, e.NameAr, e.Code)
	}
	return w, w.broken
}

// named chooses the name in the reader's language, else the other, else the code.
func (w *workbook) named(english, arabic, code string) string {
	first, second := english, arabic
	if w.rightToLeft() {
		first, second = arabic, english
	}
	for _, name := range []string{first, second, code} {
		if cleaned := clean(name); cleaned != "" {
			return cleaned
		}
	}
	return ""
}

func (w *workbook) serviceName(code string) string {
	if name := w.names[code]; name != "" {
		return name
	}
	return clean(code)
}

func (w *workbook) entityName(code string) string {
	if name := w.entities[code]; name != "" {
		return name
	}
	return clean(code)
}

func (w *workbook) programmeName() string {
	return w.named(w.figures.Programme.Name, w.figures.Programme.NameAr, "")
}

func (w *workbook) rightToLeft() bool { return w.Language == i18n.Arabic }

// keep remembers the first error.
func (w *workbook) keep(err error) {
	if w.broken == nil && err != nil {
		w.broken = err
	}
}

// The sheets, in their order.
var sheetKeys = []string{"cover", "highlights", "maturity", "entities", "usage", "definitions", "data"}

func (w *workbook) sheetName(key string) string { return w.T("reports.sheet." + key) }

func (w *workbook) writeSheets() {
	for i, key := range sheetKeys {
		if i == 0 {
			w.keep(w.file.SetSheetName("Sheet1", w.sheetName(key)))
			continue
		}
		_, err := w.file.NewSheet(w.sheetName(key))
		w.keep(err)
	}
	months := w.writeMaturity()
	w.writeCover()
	w.writeHighlights(months)
	w.writeEntities()
	w.writeUsage()
	w.writeDefinitions()
	w.file.SetActiveSheet(0)
	w.writeData() // last: whatever asks for this sheet again would read its stream back
}

// finish writes what belongs to the whole file and returns its bytes.
func (w *workbook) finish() ([]byte, error) {
	moment := w.figures.AsAt.UTC().Truncate(time.Second).Format(time.RFC3339)
	w.keep(w.file.SetDocProps(&excelize.DocProperties{
		Title: fmt.Sprintf("%s, %s", w.T("reports.title"), w.Month(w.edition.Month)), Subject: w.programmeName(),
		Creator: "Mirsad", LastModifiedBy: "Mirsad", Language: string(w.Language), Created: moment, Modified: moment,
		Category: clean(w.figures.Programme.Classification), ContentStatus: w.status(),
		Version: clean(w.figures.DataVersion),
	}))
	w.keep(w.file.SetAppProps(&excelize.AppProperties{Application: "Mirsad"}))
	recalculate := true // readers show the checks' formulas anew; every other cell is a value
	w.keep(w.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &recalculate}))
	if w.broken != nil {
		return nil, w.broken
	}
	content, err := w.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return content.Bytes(), nil
}

func (w *workbook) close() { _ = w.file.Close() } // nothing of it is on disk that matters

// status words whether the month is closed.
func (w *workbook) status() string {
	if w.edition.Closed {
		return w.T("reports.status.closed")
	}
	return w.T("reports.status.draft")
}

// asAt words the moment of the knowledge, and that it is provisional.
func (w *workbook) asAt() string {
	text := w.Instant(w.figures.AsAt, w.zone)
	if w.figures.Provisional {
		text = w.T("reports.provisional", i18n.Args{"moment": text})
	}
	return text
}
