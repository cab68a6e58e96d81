package page

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/csvfile"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// Tables are the charts whose tables can be taken away as CSV, by name.
type Tables map[string]func(*Visit) (Table, error)

// TableFrom is the table of what a chart draws.
func TableFrom[V any](draw func(V) (Chart, error)) func(V) (Table, error) {
	return func(v V) (Table, error) {
		c, err := draw(v)
		return c.Table, err
	}
}

// TableCSV returns the handler that answers a chart's table with the raw values of its figures; an unknown one is an
// empty cell.
func (k *Kit) TableCSV(tables Tables) route.Handler { return k.Handler(tables.write) }

func (tables Tables) write(v *Visit, rw http.ResponseWriter) error {
	name, isCSV := strings.CutSuffix(v.Parameter("chart"), ".csv")
	take, found := tables[name]
	if !isCSV || !found {
		return programme.ErrNotFound
	}
	if err := v.LoadFigures(); err != nil {
		return err
	}
	t, err := take(v)
	if err != nil {
		return err
	}
	body, err := t.CSV()
	if err != nil {
		return err
	}
	file := fmt.Sprintf("%s_on_%s_as_at_%s.csv", name, v.Figures.On, civil.DateOf(v.Figures.AsAt.In(v.Zone)))
	rw.Header().Set("Content-Type", csvfile.ContentType)
	rw.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	rw.Header().Set("Cache-Control", Kept)
	if NotModified(rw, v.Request, body) {
		return nil
	}
	_, _ = rw.Write(body) // the browser went away; nobody is left to answer
	return nil
}

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

// CSV is the table as a file for spreadsheet programs.
func (t Table) CSV() ([]byte, error) {
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
