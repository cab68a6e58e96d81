package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-faster/jx"

	"mirsad/internal/csvfile"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// csvForm is a form of usage-csv: which columns its heading has, and how a row becomes an event.
type csvForm struct {
	kind              string // the event's type
	required, allowed []string
	// attributes maps columns to the attributes of the event; all others are fields of its data.
	attributes map[string]string
	// named are the columns that together name a row without an id.
	named []string
	// numbers are the columns that hold numbers.
	numbers []string
}

// csvForms differ by their headings: a statement has a measure, a usage event a stage.
var csvForms = []csvForm{
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

// csvTable is a body of usage-csv being read.
type csvTable struct {
	csvForm
	rest      []byte // of the body
	separator rune
	buffer    *bufio.Reader
	columns   []string
	heading   []byte // the line as sent
	now       string
}

const (
	// csvField is the field of a row that is no row of the table.
	csvField = "csv"
	// csvSource is the source of rows that name none.
	csvSource = "csv"
	// longestHeading is far above the names of all columns.
	longestHeading = 1 << 10
)

// csvRows returns the rows of a table, each with the event made from it. A heading that is not that of usage-csv is
// a *httpserver.FaultsError that names every column at fault.
func csvRows(body []byte, now time.Time) (iter.Seq[row], error) {
	t := &csvTable{
		rest:   bytes.TrimPrefix(body, []byte(csvfile.ByteOrderMark)),
		buffer: bufio.NewReader(nil),
		now:    now.UTC().Format(time.RFC3339),
	}
	t.heading = t.line()
	if t.heading == nil {
		return nil, ErrNoEvent
	}
	t.separator = separatorOf(t.heading)
	heading, err := t.cells(t.heading)
	if err != nil || len(t.heading) > longestHeading {
		return nil, &httpserver.FaultsError{
			Faults: []httpserver.Fault{httpserver.NewFault("heading", "ingest.fault.csv_heading", nil)},
		}
	}
	if err := t.understand(heading); err != nil {
		return nil, err
	}
	return t.rows, nil
}

// line takes the next row off the rest of the body. Empty lines don't count; nil at the end.
func (t *csvTable) line() []byte {
	for len(t.rest) > 0 {
		end := t.lineEnd()
		line := bytes.TrimRight(t.rest[:end], "\r")
		t.rest = t.rest[min(end+1, len(t.rest)):]
		if len(line) > 0 {
			return line
		}
	}
	return nil
}

// lineEnd finds the line end outside of quotes; a quote opens a cell only at its beginning.
func (t *csvTable) lineEnd() int {
	quoted, begins := false, true
	for at, c := range t.rest {
		switch {
		case c == '\n' && !quoted:
			return at
		case c == '"' && (quoted || begins):
			quoted = !quoted // of two quotes in a quoted cell the second opens it again
			begins = !quoted
			continue
		}
		begins = !quoted && rune(c) == t.separator
	}
	return len(t.rest)
}

// cells takes a row apart. One that is longer than an event may be is not looked into: its cells alone could fill the
// memory.
func (t *csvTable) cells(line []byte) ([]string, error) {
	if len(line) > MaxEventBytes {
		return nil, csv.ErrFieldCount
	}
	t.buffer.Reset(bytes.NewReader(line))
	reader := csv.NewReader(t.buffer) // takes the buffer as its own
	reader.Comma = t.separator
	return reader.Read()
}

// separatorOf returns what parts the cells of the heading: a comma, or what spreadsheets of other languages write.
func separatorOf(heading []byte) rune {
	for _, separator := range ";\t" {
		if bytes.ContainsRune(heading, separator) && !bytes.ContainsRune(heading, ',') {
			return separator
		}
	}
	return ','
}

// understand finds the form of the heading and checks that it has every column it needs, once, and no other.
func (t *csvTable) understand(heading []string) error {
	for _, cell := range heading {
		t.columns = append(t.columns, strings.ToLower(strings.TrimSpace(cell)))
	}
	t.csvForm = csvForms[0]
	if slices.Contains(t.columns, "stage") && !slices.Contains(t.columns, "measure") {
		t.csvForm = csvForms[1]
	}
	var faults []httpserver.Fault
	fault := func(column, key string) {
		faults = append(faults, httpserver.NewFault(column, key, i18n.Args{"column": column}))
	}
	for _, column := range t.required {
		if !slices.Contains(t.columns, column) {
			fault(column, "ingest.fault.csv_missing")
		}
	}
	for i, column := range t.columns {
		switch {
		case slices.Index(t.columns, column) < i:
			fault(column, "ingest.fault.csv_twice")
		case !slices.Contains(t.required, column) && !slices.Contains(t.allowed, column):
			fault(strings.TrimPrefix(unknownField([]byte(column)).field, "data."), "ingest.fault.csv_unknown")
		}
	}
	if len(faults) > 0 {
		return &httpserver.FaultsError{Faults: faults}
	}
	return nil
}

// rows reads the table; a line that can't be read is one refused row, and the lines after it are read on.
func (t *csvTable) rows(yield func(row) bool) {
	encoder := jx.GetEncoder()
	defer jx.PutEncoder(encoder)
	for line := t.line(); line != nil; line = t.line() {
		next := row{raw: line, heading: t.heading}
		cells, err := t.cells(line)
		switch {
		case len(line) > MaxEventBytes:
			next.wrong = faulty(programme.RefusedTooLarge, "")
		case err != nil, len(cells) > len(t.columns), !utf8.Valid(line):
			next.wrong = faulty(programme.RefusedMalformedJSON, csvField)
		default:
			next.event = t.event(encoder, cells)
		}
		if !yield(next) {
			return
		}
	}
}

// event writes the row as an event. Empty cells are not given; what a row doesn't say of itself follows
// from the row: its id from what it states, so that the same row is the same event.
func (t *csvTable) event(encoder *jx.Encoder, cells []string) []byte {
	given := map[string]string{"specversion": "1.0", "type": t.kind, "source": csvSource}
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
		if digits := i18n.Digits(cell); digits != "" && len(digits) < 20 && strings.Trim(digits, "0123456789") == "" {
			if digits = strings.TrimLeft(digits, "0"); digits == "" {
				digits = "0"
			}
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
