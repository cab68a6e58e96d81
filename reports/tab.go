package reports

// tab is one sheet of the highlights: a page that knows the figures.
type tab struct {
	*workbook
	*page
}

// openSheet sets up one of the highlights' sheets; see book.openSheet.
func (w *workbook) openSheet(key string, widths ...float64) *tab {
	return &tab{workbook: w, page: w.book.openSheet(w.sheetName(key), widths...)}
}
