package rows

import (
	"slices"

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
	// dated is the column of dates.
	dated string
	// named are the columns that together name a row without an id.
	named []string
	// numbers are the columns that hold numbers, words those that hold one of a list.
	numbers []string
	words   map[string][]string
}

// judged is the order in which columns are judged, whatever that of the heading is.
var judged = []string{
	"service", "id", "time", "source", "period", "channel", "stage", "measure", "state", "value", "total", "digital", "count",
	"duration_ms", "rating",
}

// forms differ by their headings: a statement has a measure, a usage event a stage.
var forms = []form{
	{
		kind:       programme.TypeStatement,
		required:   []string{"service", "channel", "measure", "period", "state"},
		allowed:    []string{"value", "total", "digital", "id", "source", "time"},
		attributes: map[string]string{"service": "subject", "id": "id", "source": "source", "time": "time"},
		dated:      "period",
		named:      []string{"period", "service", "measure", "channel"},
		numbers:    []string{"value", "total", "digital"},
		words: map[string][]string{
			"channel": texts(programme.Channels()), "measure": texts(programme.Measures()), "state": texts(programme.States()),
		},
	},
	{
		kind:       programme.TypeUsage,
		required:   []string{"service", "channel", "stage", "time", "id"},
		allowed:    []string{"count", "duration_ms", "rating", "source"},
		attributes: map[string]string{"service": "subject", "id": "id", "source": "source", "time": "time"},
		dated:      "time",
		numbers:    []string{"count", "duration_ms", "rating"},
		words:      map[string][]string{"channel": texts(programme.Channels()), "stage": texts(programme.Stages())},
	},
}

func texts[T ~string](values []T) []string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = string(value)
	}
	return all
}

// tableSource is the source of rows that name none.
const tableSource = "csv"

// formOf finds the form that has the columns of a heading, and checks that it has every column it needs, once, and no
// other. Columns without a name are blank, for a row with text in one is refused.
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
		case column == "":
		case slices.Index(columns, column) < i:
			fault(printable([]byte(column)), "ingest.fault.csv_twice")
		case !slices.Contains(f.required, column) && !slices.Contains(f.allowed, column):
			fault(printable([]byte(column)), "ingest.fault.csv_unknown")
		}
	}
	if len(faults) > 0 {
		return f, &httpserver.FaultsError{Faults: faults}
	}
	return f, nil
}

// field is what an event calls what is in a column.
func (f *form) field(column string) string {
	if attribute, is := f.attributes[column]; is {
		return attribute
	}
	return dataPrefix + column
}
