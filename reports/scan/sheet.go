package scan

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/reports/sheet"
)

// The most formulas, merged ranges and broken cells that are reported of one sheet; what is more is in the same hands.
const (
	mostTold   = 200
	mostMerged = 2000
)

// sheetWalker follows the rows and cells of a worksheet. The library fills every row and column up to the last address
// that a sheet names, so that each address is held against the limits before it gets there.
type sheetWalker struct {
	limits Limits
	styles []style
	found  *Sheet
	row    int  // the number of the present row
	hidden bool // the present row
	cell   xml.StartElement
	at     string // the present cell's address
	col    int
	value  []byte
}

func (w *sheetWalker) start(path []string, t *xml.StartElement) error {
	switch name := t.Name.Local; {
	case name == "row" && parent(path) == "sheetData":
		return w.startRow(t)
	case name == "c" && parent(path) == "row":
		return w.startCell(t)
	case name == "f" && parent(path) == "c":
		if len(w.found.Formulas) < mostTold {
			w.found.Formulas = append(w.found.Formulas, w.at)
		}
	case name == "col" && parent(path) == "cols":
		w.column(t)
	case name == "mergeCell":
		w.found.Merged = append(w.found.Merged, attribute(t, "ref"))
		if len(w.found.Merged) > mostMerged {
			return Refuse("sheet_too_complex", "", "part", "mergeCells")
		}
	case name == "row", name == "c", name == "sheetData" && len(path) != 2:
		// the library would take it for a row, wherever it is
		return Refuse("sheet_malformed", "", "part", "worksheet")
	case name == "oleObjects", name == "controls":
		return Refuse("sheet_macros", "")
	}
	return nil
}

func parent(path []string) string {
	if len(path) < 2 {
		return ""
	}
	return path[len(path)-2]
}

// startRow wants rows in their order. LibreOffice may write the very last row of a sheet, without cells: only a row
// with something in it is too far down.
func (w *sheetWalker) startRow(t *xml.StartElement) error {
	number := w.row + 1
	if text := attribute(t, "r"); text != "" {
		parsed, err := strconv.Atoi(text)
		if err != nil || parsed <= w.row || parsed > excelize.TotalRows {
			return Refuse("sheet_bad_address", "", "cell", sheet.Clean(text))
		}
		number = parsed
	}
	w.row, w.col, w.hidden = number, 0, isTrue(attribute(t, "hidden"))
	return nil
}

func (w *sheetWalker) startCell(t *xml.StartElement) error {
	w.cell, w.value = *t, w.value[:0]
	w.at = attribute(t, "r")
	if w.at == "" {
		w.at, _ = excelize.CoordinatesToCellName(w.col+1, w.row) // what is none is refused below
	}
	column, row, err := excelize.CellNameToCoordinates(w.at)
	if err != nil || row != w.row || column <= w.col {
		return Refuse("sheet_bad_address", "", "cell", sheet.Clean(w.at))
	}
	w.col = column
	if w.row > w.limits.Rows {
		return Refuse("sheet_too_long", w.at, "most", w.limits.Rows)
	}
	return nil
}

// text notes that the present cell holds something; a column too far right may be coloured, not filled.
func (w *sheetWalker) text(path []string, t xml.CharData) error {
	if len(path) < 4 || path[3] != "c" {
		return nil
	}
	if w.col > w.limits.Columns && strings.TrimSpace(string(t)) != "" {
		return Refuse("sheet_too_wide", w.at, "most", w.limits.Columns)
	}
	if w.hidden && strings.TrimSpace(string(t)) != "" && len(w.found.HiddenRows) < mostTold &&
		!slices.Contains(w.found.HiddenRows, w.row) {
		w.found.HiddenRows = append(w.found.HiddenRows, w.row)
	}
	if path[len(path)-1] == "v" && len(w.value) < 64 {
		w.value = append(w.value, t...)
	}
	return nil
}

// end looks at a whole cell: a shared string is the number of one.
func (w *sheetWalker) end(path []string) error {
	if path[len(path)-1] != "c" || parent(path) != "row" {
		return nil
	}
	if kind := attribute(&w.cell, "t"); kind != "s" {
		switch kind {
		case "", "n":
			w.number()
		case "d": // written as ISO 8601
			w.found.dates[cellKey{w.row, w.col}] = true
		}
		return nil
	}
	text := strings.TrimSpace(string(w.value))
	if text == "" {
		return nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 0 {
		return Refuse("sheet_bad_value", w.at)
	}
	if number >= w.found.strings {
		w.found.strings, w.found.stringsAt = number+1, w.at
	}
	return nil
}

// column notes hidden columns.
func (w *sheetWalker) column(t *xml.StartElement) {
	from, err := strconv.Atoi(attribute(t, "min"))
	to, toErr := strconv.Atoi(attribute(t, "max"))
	if err == nil && toErr == nil && isTrue(attribute(t, "hidden")) && len(w.found.HiddenColumns) < mostTold {
		w.found.HiddenColumns = append(w.found.HiddenColumns, [2]int{from, to})
	}
}

// number notes a number that people see otherwise than it is stored.
func (w *sheetWalker) number() {
	at, key := attribute(&w.cell, "s"), cellKey{w.row, w.col}
	number, err := strconv.Atoi(at)
	if err == nil && number >= 0 && number < len(w.styles) {
		switch style := w.styles[number]; {
		case style.date:
			w.found.dates[key] = true
			return
		case style.digits > 0:
			w.found.shown[key] = style.digits
			return
		}
	}
	if strings.ContainsAny(string(w.value), "eE") {
		w.found.shown[key] = 0
	}
}

// isTrue reads a yes or no of XML.
func isTrue(text string) bool { return text == "1" || text == "true" }
