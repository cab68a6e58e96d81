package reports

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// workbook is the executive highlights of a month in the making.
type workbook struct {
	*book
	figures *figures.Figures
	edition Edition
	zone    *time.Location
	contact string

	names    map[string]string // service and entity names in the reader's language, by code
	entities map[string]string
}

func newWorkbook(figures *figures.Figures, edition Edition, words i18n.Words, zone *time.Location, contact string) (*workbook, error) {
	w := &workbook{
		book: newBook(words, running{}), figures: figures, edition: edition, zone: zone, contact: contact,
		names: map[string]string{}, entities: map[string]string{},
	}
	w.running = w.aroundPages()
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

// aroundPages is what every page says of the month: the programme, the two dates, the status and, for sample data,
// that it is.
func (w *workbook) aroundPages() running {
	r := running{
		programme: w.programmeName(), date: w.T("base.on") + " " + w.Date(w.figures.On),
		title: w.T("reports.title"), classification: w.figures.Programme.Classification,
		subtitle: w.T("reports.subtitle", i18n.Args{
			"programme": w.programmeName(), "on": w.Date(w.figures.On), "as_at": w.asAt(), "status": w.status(),
		}),
	}
	if w.figures.Sample {
		r.mark, r.sample = w.T("base.sample"), w.T("reports.sample")
	}
	return r
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
	return w.bytes()
}

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
