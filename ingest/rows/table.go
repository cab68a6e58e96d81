package rows

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-faster/jx"

	"mirsad/internal/csvfile"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// csvTable is a body of usage-csv being read.
type csvTable struct {
	form

	rest      []byte // of the body
	separator rune
	buffer    *bufio.Reader
	columns   []string
	heading   []byte // the line as sent
	now       string
}

const (
	// tableField is the field of a row that is no row of the table.
	tableField = "csv"
	// longestHeading is far above the names of all columns.
	longestHeading = 1 << 10
)

// table returns the rows of a table, each with the event made from it; of one without a heading there are none.
func table(body []byte, now time.Time) (iter.Seq[Row], error) {
	t := &csvTable{
		rest:   bytes.TrimPrefix(body, []byte(csvfile.ByteOrderMark)),
		buffer: bufio.NewReader(nil),
		now:    now.UTC().Format(time.RFC3339),
	}
	t.heading = t.line()
	if t.heading == nil {
		return t.rows, nil
	}
	t.separator = separatorOf(t.heading)
	heading, err := t.cells(t.heading)
	if err != nil || len(t.heading) > longestHeading {
		return nil, &httpserver.FaultsError{
			Faults: []httpserver.Fault{httpserver.NewFault("heading", "ingest.fault.csv_heading", nil)},
		}
	}
	for _, cell := range heading {
		t.columns = append(t.columns, strings.ToLower(strings.TrimSpace(cell)))
	}
	if t.form, err = formOf(t.columns); err != nil {
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
	if len(line) > MaxBytes {
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

// rows reads the table; a line that can't be read is one refused row, and the lines after it are read on.
func (t *csvTable) rows(yield func(Row) bool) {
	encoder := jx.GetEncoder()
	defer jx.PutEncoder(encoder)
	for line := t.line(); line != nil; line = t.line() {
		next := Row{raw: line, heading: t.heading}
		cells, err := t.cells(line)
		switch {
		case len(line) > MaxBytes:
			next.Wrong = Faulty(programme.RefusedTooLarge, "")
		case err != nil, len(cells) > len(t.columns), !utf8.Valid(line):
			next.Wrong = Faulty(programme.RefusedMalformedJSON, tableField)
		default:
			next.event = t.event(encoder, cells)
		}
		if !yield(next) {
			return
		}
	}
}
