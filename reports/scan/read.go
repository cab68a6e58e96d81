package scan

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/reports/sheet"
)

// mostFaults is how many faults of one kind are reported of a sheet.
const mostFaults = 50

// Read reads the table of a workbook: the sheet whose heading is wanted, from the heading on; without such a sheet the
// first that people see and that holds something. Cells are as people see them. What can't be taken at its word within
// the table is a fault: formulas, whose stored result may be old, merged cells, hidden rows and columns. A file that can't
// be read, or whose table is not one, is a *programme.FaultsError.
func Read(
	content []byte, wanted func(heading []string) bool,
) (found *intake.Sheet, faults []register.SheetFault, err error) {
	limits := List()
	book, err := Open(content, limits)
	if err != nil {
		return nil, nil, err
	}
	sheets, err := book.Sheets()
	if err != nil {
		return nil, nil, err
	}
	defer func() { // the library has panicked on files before
		if recover() != nil {
			found, faults, err = nil, nil, Refuse("sheet_broken", "")
		}
	}()
	file, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: int64(limits.Inflated), UnzipXMLSizeLimit: int64(limits.Inflated),
	})
	if err != nil {
		return nil, nil, Refuse("sheet_broken", "")
	}
	defer file.Close() //nolint:errcheck // only read
	r := tableReader{file: file, wanted: wanted}
	if r.dayZero, err = DayZero(file); err != nil {
		return nil, nil, err
	}
	if err := r.choose(sheets); err != nil {
		return nil, nil, err
	}
	return &intake.Sheet{Name: r.sheet.Name, Rows: r.rows, DayZero: r.dayZero}, r.faults(), nil
}

// DayZero is the day from which a workbook counts days.
func DayZero(file *excelize.File) (civil.Date, error) {
	properties, err := file.GetWorkbookProps()
	if err != nil {
		return 0, Refuse("sheet_broken", "")
	}
	if properties.Date1904 != nil && *properties.Date1904 {
		return sheet.ExcelDayZero1904, nil
	}
	return sheet.ExcelDayZero, nil
}

// tableReader reads one table.
type tableReader struct {
	file    *excelize.File
	wanted  func(heading []string) bool
	dayZero civil.Date
	sheet   NamedSheet
	rows    []intake.Row
}

// choose finds the sheet of the table and reads it.
func (r *tableReader) choose(sheets []NamedSheet) error {
	var first, found *NamedSheet
	var rows []intake.Row
	for i := range sheets {
		each := &sheets[i]
		all, at, err := r.read(each)
		if err != nil {
			return err
		}
		switch {
		case len(all) == 0:
		case at < 0 && first == nil && !each.Hidden && found == nil:
			first, rows = each, all
		case at >= 0 && each.Hidden:
			return Refuse("sheet_hidden_sheet", "", "value", sheet.Clean(each.Name))
		case at >= 0 && found != nil:
			return Refuse("sheet_two_tables", "", "value", sheet.Clean(found.Name), "other", sheet.Clean(each.Name))
		case at >= 0:
			found, rows = each, all[at:]
		}
	}
	if found == nil {
		found = first
	}
	if found == nil {
		return Refuse("sheet_empty", "")
	}
	r.sheet, r.rows = *found, rows
	return nil
}

// read reads a sheet's rows that hold something, and where the heading is among them; -1: it has none.
func (r *tableReader) read(from *NamedSheet) (rows []intake.Row, heading int, err error) {
	heading = -1
	err = sheet.EachRow(r.file, from.Name, func(number int, cells []string) error {
		row := intake.Row{Number: number, Cells: make([]string, len(cells))}
		for i, text := range cells {
			row.Cells[i] = intake.Clean(from.Scan.seen(number, i+1, text, r.dayZero))
		}
		for len(row.Cells) > 0 && row.Cells[len(row.Cells)-1] == "" {
			row.Cells = row.Cells[:len(row.Cells)-1]
		}
		if len(row.Cells) == 0 {
			return nil
		}
		if heading < 0 && number <= intake.HeadingWithin && r.wanted(row.Cells) {
			heading = len(rows)
		}
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return nil, 0, Refuse("sheet_broken", "")
	}
	return rows, heading, nil
}

// seen is a stored text as people see it.
func (s *Sheet) seen(row, column int, text string, dayZero civil.Date) string {
	key := cellKey{row, column}
	if s.dates[key] {
		if day, reason := intake.StoredDay(text, dayZero); reason == "" {
			return day.String()
		}
		day, _, _ := strings.Cut(text, "T")
		return day
	}
	digits, otherwise := s.shown[key]
	if !otherwise {
		return text
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(number, 0) {
		return text
	}
	text = strconv.FormatFloat(number, 'f', -1, 64)
	return strings.Repeat("0", max(0, digits-len(text))) + text
}

// faults are what can't be taken at its word within the table.
func (r *tableReader) faults() []register.SheetFault {
	var found []register.SheetFault
	add := func(kind, cell, value string) {
		found = append(found, register.SheetFault{
			Fault: programme.Fault{Field: "workbook", Kind: kind, Args: map[string]any{"value": value}}, Cell: cell,
		})
	}
	scan, first, last, width := r.sheet.Scan, r.rows[0].Number, r.rows[len(r.rows)-1].Number, len(r.rows[0].Cells)
	within := func(cell string) (column, row int, is bool) {
		column, row, err := excelize.CellNameToCoordinates(cell)
		return column, row, err == nil && row >= first && row <= last && column <= width
	}
	for _, cell := range limited(scan.Formulas) {
		if _, _, is := within(cell); is {
			add("sheet_formula", cell, "")
		}
	}
	for _, area := range limited(scan.Merged) {
		from, to, _ := strings.Cut(area, ":")
		column, _, err := excelize.CellNameToCoordinates(from)
		_, row, toErr := excelize.CellNameToCoordinates(to)
		if err == nil && toErr == nil && row >= first && column <= width && r.startsBefore(from, last) {
			add("sheet_merged", from, sheet.Clean(area))
		}
	}
	for _, row := range limited(scan.HiddenRows) {
		if row >= first && row <= last {
			cell, _ := excelize.CoordinatesToCellName(1, row)
			add("sheet_hidden_row", cell, strconv.Itoa(row))
		}
	}
	for column := 1; column <= width; column++ {
		if scan.IsHiddenColumn(column) && r.holds(column) {
			name, _ := excelize.ColumnNumberToName(column)
			add("sheet_hidden_column", name+strconv.Itoa(first), name)
		}
	}
	return found
}

func (r *tableReader) startsBefore(cell string, last int) bool {
	_, row, err := excelize.CellNameToCoordinates(cell)
	return err == nil && row <= last
}

// holds reports whether a column holds something.
func (r *tableReader) holds(column int) bool {
	return slices.ContainsFunc(r.rows, func(row intake.Row) bool {
		return column <= len(row.Cells) && row.Cells[column-1] != ""
	})
}

// IsHiddenColumn reports whether people don't see a column.
func (s *Sheet) IsHiddenColumn(column int) bool {
	return slices.ContainsFunc(s.HiddenColumns, func(span [2]int) bool { return span[0] <= column && column <= span[1] })
}

func limited[T any](list []T) []T { return list[:min(len(list), mostFaults)] }
