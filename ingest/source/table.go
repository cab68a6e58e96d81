package source

import (
	"slices"
	"strings"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
)

// table is a file of a published format being read row by row, its cells named by their column.
type table struct {
	place
	columns map[string]int
	cells   []string
	dates   intake.Dates
	faults  *faults
}

// dateColumns are the columns of dates of all formats: what the others show decides whether the day or the month is
// first.
var dateColumns = []string{"created_date", "quarter_start"}

// readTable reads a file with a heading, which must hold the columns, and calls each for every row after it. What is
// wrong with the file is noted; its other rows are still read, so that a person hears of all faults at once.
func (m Means) readTable(path string, columns []string, prepare func([]byte) []byte, into *faults, each func(*table)) {
	r := reading{
		bounds: publicBounds, workbook: m.Workbook, prepare: prepare, faults: into, exact: true,
		wanted: func(heading []string) bool { return intake.HasColumns(heading, columns) },
	}
	s := r.read(path)
	if s == nil {
		return
	}
	head := s.rows[0]
	t := &table{place: place{file: s.file, sheet: s.sheet, row: head.number}, columns: map[string]int{}, faults: into}
	twice := false
	for i, text := range head.cells {
		column := intake.Column(text)
		if _, known := t.columns[column]; known && slices.Contains(columns, column) {
			into.add(t.place.cell(column, text, "column_twice"))
			twice = true
		}
		t.columns[column] = i
	}
	if twice {
		return
	}
	missing := slices.DeleteFunc(slices.Clone(columns), func(column string) bool {
		_, found := t.columns[column]
		return found
	})
	if len(missing) > 0 {
		into.add(t.fault("missing_columns.format", "missing", strings.Join(missing, ", ")))
		return
	}
	for _, row := range s.rows[1:] {
		for _, column := range dateColumns {
			if at, there := t.columns[column]; there && at < len(row.cells) {
				t.dates.See(row.cells[at])
			}
		}
	}
	for _, row := range s.rows[1:] {
		t.row, t.cells = row.number, row.cells
		each(t)
	}
}

// cell returns the text of a column in the current row.
func (t *table) cell(column string) string {
	if at := t.columns[column]; at < len(t.cells) {
		return t.cells[at]
	}
	return ""
}

// required returns the text of a column that may not be empty.
func (t *table) required(column string) string {
	text := t.cell(column)
	if text == "" {
		t.blame(column, "missing")
	}
	return text
}

// count reads a whole number of 0 or more.
func (t *table) count(column string) int64 {
	text := t.cell(column)
	n, reason := intake.Whole(text)
	if reason != "" {
		t.blame(column, "intake."+string(reason), "text", text)
	}
	return n
}

// blame notes what is wrong with a cell.
func (t *table) blame(column, kind string, pairs ...any) {
	if text := t.cell(column); !isSheetError(text) {
		t.faults.add(t.place.cell(column, text, kind, pairs...))
	}
}

// check notes what every door refuses of what a row says; columns names the column of each field that the row fills.
func (t *table) check(found []programme.Fault, columns map[string]string) {
	for _, each := range found {
		column, fills := columns[each.Field]
		if !fills || each.Kind == "missing" {
			continue // the same as another column's, or noted before
		}
		f := t.place.cell(column, t.cell(column), each.Kind)
		f.args = each.Args
		t.faults.add(f)
	}
}
