package planbook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/register"
	"mirsad/reports/sheet"
)

// mostMergedTold is how many merged ranges are reported; a sheet with more has been made over anyway.
const mostMergedTold = 100

// mergedCells is a merged range of the rows to fill.
type mergedCells struct {
	column, row, toColumn, toRow int
}

// findBlocked notes the cells that can't be taken at their word: what a formula computed may be out of date, and the
// value of merged cells is in one of them only. Formulas elsewhere in the workbook are reported as well.
func (r *reader) findBlocked() {
	r.formulas = map[string]bool{}
	for _, named := range r.sheets {
		for _, cell := range named.Scan.Formulas {
			if named.Name == r.plan.Name {
				r.formulas[cell] = true
			} else {
				r.fault("workbook", sheet.Quoted(named.Name)+cell, "sheet_formula")
			}
		}
	}
	for _, area := range r.plan.Scan.Merged {
		from, to, _ := strings.Cut(area, ":")
		column, row, err := excelize.CellNameToCoordinates(from)
		toColumn, toRow, toErr := excelize.CellNameToCoordinates(to)
		if err != nil || toErr != nil || toRow <= r.keyRow || column > len(r.columns) {
			continue // in the head, or beside what is read
		}
		if len(r.merged) < mostMergedTold {
			row = max(row, r.keyRow+1)
			r.merged = append(r.merged, mergedCells{column: column, row: row, toColumn: toColumn, toRow: toRow})
			r.fault("workbook", r.address(column, row), "sheet_merged", "value", sheet.Clean(area))
		}
	}
}

// blocked reports whether a cell has been or is now reported as one that can't be taken at its word.
func (r *reader) blocked(field string, column, row int) bool {
	address := r.address(column, row)
	if r.formulas[address] {
		delete(r.formulas, address)
		r.fault(field, address, "sheet_formula")
		return true
	}
	return slices.ContainsFunc(r.merged, func(m mergedCells) bool {
		return column >= m.column && column <= m.toColumn && row >= m.row && row <= m.toRow
	})
}

// unseen reports what people don't see and that would be read all the same: a hidden row, and a hidden column, once.
func (r *reader) unseen(column, row int) {
	if slices.Contains(r.plan.Scan.HiddenRows, row) && !r.hiddenRows[row] {
		r.hiddenRows[row] = true
		r.fault("workbook", r.address(1, row), "sheet_hidden_row", "value", strconv.Itoa(row))
	}
	if r.plan.Scan.IsHiddenColumn(column) && !r.hiddenColumns[column] {
		r.hiddenColumns[column] = true
		name := strings.TrimRight(r.address(column, 1), "1")
		r.fault("workbook", r.address(column, row), "sheet_hidden_column", "value", name)
	}
}

// tellFormulas reports the formulas that are in no row of a milestone.
func (r *reader) tellFormulas() {
	for address := range r.formulas {
		r.fault("workbook", address, "sheet_formula")
	}
}

// sortFaults orders the faults by row and column; those of other sheets come last.
func (r *reader) sortFaults() {
	slices.SortStableFunc(r.upload.Faults, func(a, b register.SheetFault) int {
		aColumn, aRow, aErr := excelize.CellNameToCoordinates(a.Cell)
		bColumn, bRow, bErr := excelize.CellNameToCoordinates(b.Cell)
		if aErr != nil || bErr != nil {
			if (aErr == nil) != (bErr == nil) {
				return cmp.Compare(len(a.Cell), len(b.Cell))
			}
			return strings.Compare(a.Cell, b.Cell)
		}
		return cmp.Or(cmp.Compare(aRow, bRow), cmp.Compare(aColumn, bColumn), strings.Compare(a.Kind, b.Kind))
	})
}
