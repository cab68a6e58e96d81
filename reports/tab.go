package reports

import "mirsad/reports/sheet"

// tab is one sheet of the highlights: a page that knows the figures.
type tab struct {
	*workbook
	*sheet.Sheet
}

// openSheet sets up one of the highlights' sheets; see sheet.Book.
func (w *workbook) openSheet(key string, widths ...float64) *tab {
	return &tab{workbook: w, Sheet: w.OpenSheet(w.sheetName(key), widths...)}
}
