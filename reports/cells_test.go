package reports

import (
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/reports/sheet/sheettest"
)

// page is one sheet of a built workbook, read cell by cell.
type page struct {
	*testing.T
	file *excelize.File
	name string
}

// pageOf builds the workbook of the figures and opens one of its sheets.
func pageOf(t *testing.T, f *figures.Figures, language i18n.Language, key string) page {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return page{
		T: t, file: sheettest.Open(t, build(t, f, language)),
		name: words.In(language).T("reports.sheet." + key),
	}
}

// raw is a cell's value as it is stored.
func (p page) raw(cell string) string {
	p.Helper()
	value, err := p.file.GetCellValue(p.name, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		p.Fatal(err)
	}
	return value
}

// kind is the type of a cell's value: a number has none of its own.
func (p page) kind(cell string) excelize.CellType {
	p.Helper()
	kind, err := p.file.GetCellType(p.name, cell)
	if err != nil {
		p.Fatal(err)
	}
	return kind
}

func (p page) style(cell string) *excelize.Style {
	p.Helper()
	id, err := p.file.GetCellStyle(p.name, cell)
	if err != nil {
		p.Fatal(err)
	}
	style, err := p.file.GetStyle(id)
	if err != nil {
		p.Fatal(err)
	}
	return style
}

// wants compares stored values, by the addresses of their cells.
func (p page) wants(cells map[string]string) {
	p.Helper()
	for cell, want := range cells {
		if got := p.raw(cell); got != want {
			p.Errorf("%s!%s holds %q, not %q", p.name, cell, got, want)
		}
	}
}

// row is some values of a row, from a column on.
func (p page) row(column string, number, length int) []string {
	p.Helper()
	from, err := excelize.ColumnNameToNumber(column)
	if err != nil {
		p.Fatal(err)
	}
	values := make([]string, length)
	for i := range values {
		cell, err := excelize.CoordinatesToCellName(from+i, number)
		if err != nil {
			p.Fatal(err)
		}
		values[i] = p.raw(cell)
	}
	return values
}

// column is every value of a column from a row on, up to the first empty cell.
func (p page) column(name string, from int) []string {
	p.Helper()
	var values []string
	for row := from; ; row++ {
		value := p.raw(name + strconv.Itoa(row))
		if value == "" {
			return values
		}
		values = append(values, value)
	}
}
