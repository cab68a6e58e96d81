package page

import (
	"bytes"
	"fmt"

	"mirsad/internal/csvfile"
)

// Table holds a chart's numbers, a row per period or per subject.
type Table struct {
	Caption string
	Head    []string
	Rows    []Row
}

// Row is a line of a table; Key is its head as CSV has it.
type Row struct {
	Head, Key string
	// Address leads from the head to its subject; empty for none.
	Address string
	Cells   []Cell
}

// Cell is a number or a text as it is read and as CSV has it, empty when unknown.
type Cell struct {
	Text, Value string
	// Number says that the value is a number, which stays one in a CSV.
	Number bool
	// Name is the number's in the API, Status a standing in place of a number; empty for none.
	Name   string
	Status *Status
}

func (t Table) Csv() ([]byte, error) {
	var out bytes.Buffer
	lines := csvfile.NewWriter(&out)
	lines.Heading(t.Head...)
	for _, r := range t.Rows {
		cells := []csvfile.Cell{csvfile.Text(r.Key)}
		for _, c := range r.Cells {
			cells = append(cells, c.csv())
		}
		lines.Row(cells...)
	}
	if err := lines.Flush(); err != nil {
		return nil, fmt.Errorf("write CSV: %w", err)
	}
	return out.Bytes(), nil
}

// csv is the cell of a column of numbers or of text.
func (c Cell) csv() csvfile.Cell {
	if c.Number {
		return csvfile.Number(c.Value)
	}
	return csvfile.Text(c.Value)
}
