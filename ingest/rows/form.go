package rows

import (
	"bytes"
	"slices"
	"strings"

	"github.com/go-faster/jx"

	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// form is a form of usage-csv: which columns its heading has, and how a row becomes an event.
type form struct {
	kind              string // the event's type
	required, allowed []string
	// attributes maps columns to the attributes of the event; all others are fields of its data.
	attributes map[string]string
	// named are the columns that together name a row without an id.
	named []string
	// numbers are the columns that hold numbers.
	numbers []string
}

// forms differ by their headings: a statement has a measure, a usage event a stage.
var forms = []form{
	{
		kind:       programme.TypeStatement,
		required:   []string{"service", "channel", "measure", "period", "state"},
		allowed:    []string{"value", "total", "digital", "id", "source", "time"},
		attributes: map[string]string{"service": "subject", "id": "id", "source": "source", "time": "time"},
		named:      []string{"period", "service", "measure", "channel"},
		numbers:    []string{"value", "total", "digital"},
	},
	{
		kind:       programme.TypeUsage,
		required:   []string{"service", "channel", "stage", "time", "id"},
		allowed:    []string{"count", "duration_ms", "rating", "source"},
		attributes: map[string]string{"service": "subject", "id": "id", "source": "source", "time": "time"},
		numbers:    []string{"count", "duration_ms", "rating"},
	},
}

// tableSource is the source of rows that name none.
const tableSource = "csv"

// formOf finds the form that has the columns of a heading, and checks that it has every column it needs, once, and no
// other.
func formOf(columns []string) (form, error) {
	f := forms[0]
	if slices.Contains(columns, "stage") && !slices.Contains(columns, "measure") {
		f = forms[1]
	}
	var faults []httpserver.Fault
	fault := func(column, key string) {
		faults = append(faults, httpserver.NewFault(column, key, i18n.Args{"column": column}))
	}
	for _, column := range f.required {
		if !slices.Contains(columns, column) {
			fault(column, "ingest.fault.csv_missing")
		}
	}
	for i, column := range columns {
		switch {
		case slices.Index(columns, column) < i:
			fault(column, "ingest.fault.csv_twice")
		case !slices.Contains(f.required, column) && !slices.Contains(f.allowed, column):
			fault(printable([]byte(column)), "ingest.fault.csv_unknown")
		}
	}
	if len(faults) > 0 {
		return f, &httpserver.FaultsError{Faults: faults}
	}
	return f, nil
}

// event writes a row as an event. Empty cells are not given; what a row doesn't say of itself follows from the row: its
// id from what it states, so that the same row is the same event.
func (t *csvTable) event(encoder *jx.Encoder, cells []string) []byte {
	given := map[string]string{"specversion": "1.0", "type": t.kind, "source": tableSource}
	if len(t.named) > 0 {
		given["time"], given["id"] = t.now, t.nameOf(cells) // a statement is about its period, whenever it comes
	}
	encoder.Reset()
	encoder.ObjStart()
	encoder.FieldStart("data")
	encoder.ObjStart()
	for i, cell := range cells {
		cell, column := strings.TrimSpace(cell), t.columns[i]
		attribute, is := t.attributes[column]
		switch {
		case cell == "":
		case is:
			given[attribute] = cell
		default:
			encoder.FieldStart(column)
			t.value(encoder, column, cell)
		}
	}
	encoder.ObjEnd()
	for name, value := range given {
		encoder.FieldStart(name)
		encoder.Str(value)
	}
	encoder.ObjEnd()
	return bytes.Clone(encoder.Bytes())
}

// value writes a cell: a number where the column holds numbers and the cell is one, else a text, for the judge to
// refuse.
func (t *csvTable) value(encoder *jx.Encoder, column, cell string) {
	if slices.Contains(t.numbers, column) {
		if digits, is := wholeIn(cell); is {
			encoder.Num(jx.Num(digits))
			return
		}
	}
	encoder.Str(i18n.Digits(cell))
}

// nameOf joins what a statement is about.
func (t *csvTable) nameOf(cells []string) string {
	parts := make([]string, 0, len(t.named))
	for _, column := range t.named {
		if at := slices.Index(t.columns, column); at < len(cells) {
			parts = append(parts, i18n.Digits(strings.TrimSpace(cells[at])))
		}
	}
	return strings.Join(parts, "/")
}
