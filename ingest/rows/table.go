package rows

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/go-faster/jx"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
)

// csvTable is a body of usage-csv being read.
type csvTable struct {
	form

	body    []byte
	table   *intake.Table
	columns []string
	heading []byte // as rows are kept under it
	now     string
	dates   *intake.Dates // nil until a date is met that can be read in two ways
}

const (
	// tableField is the field of a row that is no row of the table.
	tableField = "csv"
	// longestHeading is far above the names of all columns: a longer one is kept by the names alone.
	longestHeading = 1 << 10
	// mostColumns bounds the faults of a heading, and what is kept of it beside every row.
	mostColumns = 100
)

// table returns the rows of a table, each with the event made from it; of one without a heading there are none. Blank rows
// and columns are left out.
func table(body []byte, now time.Time) (iter.Seq[Row], error) {
	opened, err := intake.OpenTable(body, MaxBytes, isHeading)
	switch {
	case errors.Is(err, intake.ErrNoHeading):
		return func(func(Row) bool) {}, nil
	case err != nil:
		return nil, noTable(err)
	case len(opened.Heading) > mostColumns:
		return nil, tableFault("heading", "ingest.fault.csv_columns", "", opened.HeadingNumber)
	}
	t := &csvTable{body: body, table: opened, heading: opened.HeadingRow, now: now.UTC().Format(time.RFC3339)}
	for _, cell := range opened.Heading {
		t.columns = append(t.columns, intake.Column(cell))
	}
	if t.form, err = formOf(t.columns); err != nil {
		return nil, err
	}
	if len(t.heading) > longestHeading {
		t.heading = []byte(strings.Join(t.columns, string(opened.Separator)))
	}
	return t.rows, nil
}

// isHeading reports whether a row may be the heading, below a title.
func isHeading(row []string) bool { return intake.HasColumns(row, []string{"service", "channel"}) }

// noTable says what a body is that is no table.
func noTable(err error) error {
	if kind, is := errors.AsType[*intake.KindError](err); is {
		return tableFault("body", "intake.file."+string(kind.Found), "", 0)
	}
	if other, is := errors.AsType[*intake.EncodingError](err); is {
		return tableFault("heading", encodingWords(other), string(other.Found), 0)
	}
	return tableFault("heading", "ingest.fault.csv_heading", "", 0)
}

func encodingWords(err *intake.EncodingError) string {
	if err.Found == intake.UnknownEncoding {
		return "intake.encoding.unknown"
	}
	return "intake.encoding"
}

// rows reads the table; a row that can't be read is refused alone, and the rows after it are read on.
func (t *csvTable) rows(yield func(Row) bool) {
	encoder := jx.GetEncoder()
	defer jx.PutEncoder(encoder)
	for read, is := t.table.Next(); is; read, is = t.table.Next() {
		next := Row{Number: read.Number, raw: read.Raw, heading: t.heading}
		if read.Wrong != nil {
			next.Wrong = unreadable(read)
		} else {
			t.event(&next, encoder, read.Cells)
		}
		if !yield(next) {
			return
		}
	}
}

// unreadable says why a row can't be taken apart.
func unreadable(read intake.Row) *Fault {
	fault := Faulty(programme.RefusedMalformedJSON, tableField)
	if other, is := errors.AsType[*intake.EncodingError](read.Wrong); is {
		fault.Words, fault.Found = encodingWords(other), string(other.Found)
		return fault
	}
	switch {
	case errors.Is(read.Wrong, intake.ErrRowTooLong):
		return Faulty(programme.RefusedTooLarge, "")
	case errors.Is(read.Wrong, intake.ErrSurplus):
		fault.Words = "ingest.table.surplus"
	default:
		fault.Words = "ingest.table.quotes"
	}
	return fault
}

// evidence are the dates of the table, which show what one that can be read in two ways means. They are looked through once,
// and only if there is such a one.
func (t *csvTable) evidence() *intake.Dates {
	if t.dates != nil {
		return t.dates
	}
	t.dates = new(intake.Dates)
	at := slices.Index(t.columns, t.dated)
	again, err := intake.OpenTable(t.body, MaxBytes, isHeading)
	if err != nil {
		return t.dates
	}
	for row, is := again.Next(); is; row, is = again.Next() {
		if row.Wrong == nil && at < len(row.Cells) {
			t.dates.See(row.Cells[at])
		}
	}
	return t.dates
}
