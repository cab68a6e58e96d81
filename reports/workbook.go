package reports

import (
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
)

// workbook is the executive highlights of a month in the making.
type workbook struct {
	*sheet.Book
	figures *figures.Figures
	edition Edition
	zone    *time.Location
	contact string

	names    map[string]string // service and entity names in the reader's language, by code
	entities map[string]string
}

func newWorkbook(
	figures *figures.Figures, edition Edition, words i18n.Words, zone *time.Location, contact string,
) (*workbook, error) {
	w := &workbook{
		Book: sheet.NewBook(words, sheet.Running{}), figures: figures, edition: edition, zone: zone, contact: contact,
		names: map[string]string{}, entities: map[string]string{},
	}
	w.Running = w.aroundPages()
	for i := range figures.Services {
		s := &figures.Services[i]
		w.names[s.Code] = w.Named(s.Name, s.NameAr, s.Code)
	}
	for i := range figures.Entities {
		e := &figures.Entities[i]
		w.entities[e.Code] = w.Named(e.Name, e.NameAr, e.Code)
	}
	return w, w.Err()
}

// aroundPages is what every page says of the month: the programme, the two dates, the status and, for sample data,
// that it is.
func (w *workbook) aroundPages() sheet.Running {
	r := sheet.Running{
		Programme: w.programmeName(), Date: w.T("base.on") + " " + w.Date(w.figures.On),
		Title: w.T("reports.title"), Classification: w.figures.Programme.Classification,
		Subtitle: w.T("reports.subtitle", i18n.Args{
			"programme": w.programmeName(), "on": w.Date(w.figures.On), "as_at": w.asAt(), "status": w.status(),
		}),
	}
	if w.figures.Sample {
		r.Mark, r.Sample = w.T("base.sample"), w.T("reports.sample")
	}
	return r
}

func (w *workbook) serviceName(code string) string {
	if name := w.names[code]; name != "" {
		return name
	}
	return sheet.Clean(code)
}

func (w *workbook) entityName(code string) string {
	if name := w.entities[code]; name != "" {
		return name
	}
	return sheet.Clean(code)
}

func (w *workbook) programmeName() string {
	return w.Named(w.figures.Programme.Name, w.figures.Programme.NameAr, "")
}

// The sheets, in their order.
var sheetKeys = []string{"cover", "highlights", "maturity", "entities", "usage", "definitions", "data"}

func (w *workbook) sheetName(key string) string { return w.T("reports.sheet." + key) }

func (w *workbook) writeSheets() {
	for i, key := range sheetKeys {
		if i == 0 {
			w.Keep(w.File.SetSheetName("Sheet1", w.sheetName(key)))
			continue
		}
		_, err := w.File.NewSheet(w.sheetName(key))
		w.Keep(err)
	}
	months := w.writeMaturity()
	w.writeCover()
	w.writeHighlights(months)
	w.writeEntities()
	w.writeUsage()
	w.writeDefinitions()
	w.File.SetActiveSheet(0)
	w.writeData() // last: whatever asks for this sheet again would read its stream back
}

// finish writes what belongs to the whole file and returns its bytes.
func (w *workbook) finish() ([]byte, error) {
	moment := w.figures.AsAt.UTC().Truncate(time.Second).Format(time.RFC3339)
	w.Keep(w.File.SetDocProps(&excelize.DocProperties{
		Title: w.T("reports.title") + w.T("reports.comma") + w.Month(w.edition.Month), Subject: w.programmeName(),
		Creator: "Mirsad", LastModifiedBy: "Mirsad", Language: string(w.Language), Created: moment, Modified: moment,
		Category: sheet.Clean(w.figures.Programme.Classification), ContentStatus: w.status(),
		Version: sheet.Clean(w.figures.DataVersion),
	}))
	w.Keep(w.File.SetAppProps(&excelize.AppProperties{Application: "Mirsad"}))
	return w.Bytes()
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
	if w.figures.AsAt.IsZero() {
		return w.T("reports.no_data_yet")
	}
	text := w.Instant(w.figures.AsAt, w.zone)
	if w.figures.Provisional {
		text = w.T("reports.provisional", i18n.Args{"moment": text})
	}
	return text
}
