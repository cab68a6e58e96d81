// Package rows takes a body of events apart into rows: one event each, as JSON, whatever form the body has.
//
// Programs send JSON; people send tables, which are read as spreadsheet programs write them (table.go, cell.go) and
// made into events by the columns of their heading (form.go). What a row says is judged elsewhere: here is decided only
// whether it can be read.
package rows

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/go-faster/jx"

	"mirsad/internal/programme"
)

// MaxBytes is the size that a row may have (docs/agencies.md#formats-and-limits).
const MaxBytes = 64 << 10

// Format is how a body holds its events.
type Format string

// The formats of a body.
const (
	FormatEvent Format = "application/cloudevents+json"       // one event
	FormatBatch Format = "application/cloudevents-batch+json" // an array of events
	FormatLines Format = "application/x-ndjson"               // an event a line; empty lines don't count
	FormatCSV   Format = "text/csv"                           // usage-csv: a statement or usage event a row
)

// Formats are the formats of a body.
func Formats() []Format { return []Format{FormatEvent, FormatBatch, FormatLines, FormatCSV} }

// Row is one event of a body.
type Row struct {
	// Wrong is why the row can't be read; nil: it can, as far as is known before its event is decoded.
	Wrong *Fault
	// Number is a table's row as spreadsheet programs number it, from 1; 0: the row is of no table.
	Number int
	// Faults are the cells of a table's row that can't be read or are missing; its event lacks them.
	Faults []Fault

	// States is the total that a table's row states; nil: it states none, or can't be read.
	States *Stated

	raw []byte // as sent
	// event is made from a row of a table, and heading is the table's; nil: raw is the event itself.
	event, heading []byte
}

// In returns the rows of a body, in order; they point into it. Only a table can be so wrong that it has no rows: a
// heading that is not that of usage-csv is a *httpserver.FaultsError that names every column at fault.
func In(format Format, body []byte, now time.Time) (iter.Seq[Row], error) {
	if format != FormatCSV {
		body = bytes.TrimPrefix(body, mark)
	}
	switch format {
	case FormatBatch:
		return batch(body), nil
	case FormatLines:
		return lines(body), nil
	case FormatCSV:
		return table(body, now)
	default:
		return func(yield func(Row) bool) { yield(single(body)) }, nil
	}
}

// mark is the byte order mark that programs of Windows put before a text.
var mark = []byte("\ufeff")

// Again reads a row by itself that was kept as Row.Sent returned it.
func Again(format programme.RowFormat, sent []byte, now time.Time) Row {
	if format != programme.RowCSV {
		return single(sent)
	}
	if found, err := table(sent, now); err == nil {
		for only := range found {
			return only
		}
	}
	return Row{raw: sent, Wrong: Faulty(programme.RefusedMalformedJSON, tableField)}
}

// blame notes a fault of a cell.
func (r *Row) blame(fault Fault) { r.Faults = append(r.Faults, fault) }

// blamed reports whether a field has a fault.
func (r *Row) blamed(field string) bool {
	return slices.ContainsFunc(r.Faults, func(f Fault) bool { return f.Field == field })
}

// Event is the row as an event of JSON, whether or not it is valid.
func (r *Row) Event() []byte {
	if r.event != nil {
		return r.event
	}
	return r.raw
}

// Line is a table's row as sent, without its heading.
func (r *Row) Line() []byte { return r.raw }

// Heading is the heading above a table's row.
func (r *Row) Heading() []byte { return r.heading }

// Sent is the row as sent, with what is needed to read it again by itself.
func (r *Row) Sent() []byte {
	if r.heading == nil {
		return r.raw
	}
	return slices.Concat(r.heading, []byte("\n"), r.raw)
}

// Format is how Sent has to be read again.
func (r *Row) Format() programme.RowFormat {
	if r.heading == nil {
		return programme.RowJSON
	}
	return programme.RowCSV
}

// dataPrefix is before the name of a field of an event's data; the columns of a table have none.
const dataPrefix = "data."

// Field is what the sender calls a field of the event: in a table, the column.
func (r *Row) Field(ofEvent string) string {
	if r.heading == nil {
		return ofEvent
	}
	if ofEvent == "subject" {
		return "service"
	}
	return strings.TrimPrefix(ofEvent, dataPrefix)
}

// jsonSpace is what JSON takes for white space, and no more.
const jsonSpace = " \t\r\n"

// single checks that the event is not too large; whether it is JSON is found while it is decoded.
func single(raw []byte) Row {
	raw = bytes.Trim(raw, jsonSpace)
	if len(raw) > MaxBytes {
		return Row{raw: raw, Wrong: Faulty(programme.RefusedTooLarge, "")}
	}
	return Row{raw: raw}
}

func lines(body []byte) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for line := range bytes.Lines(body) {
			if line = bytes.Trim(line, jsonSpace); len(line) > 0 && !yield(single(line)) {
				return
			}
		}
	}
}

// noArray refuses what is no array, or no JSON from some place on.
func noArray(body []byte) *Fault {
	fault := Faulty(programme.RefusedMalformedJSON, "")
	if start := bytes.TrimLeft(body, jsonSpace); len(start) > 0 && start[0] != '[' && jx.Valid(body) {
		fault.Words = "ingest.json.no_array"
	}
	return fault
}

// batch takes an array apart. Where it stops being JSON, the rest of the body is one refused row: what came before it
// was read and is kept.
func batch(body []byte) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		decoder := jx.GetDecoder()
		defer jx.PutDecoder(decoder)
		decoder.ResetBytes(body)
		read := 0 // bytes of the body that were understood
		events, err := decoder.ArrIter()
		for err == nil && events.Next() {
			var raw []byte
			if raw, err = decoder.Raw(); err != nil {
				break
			}
			read = cap(body) - cap(raw) + len(raw)
			next := Row{raw: raw}
			if len(raw) > MaxBytes {
				next.Wrong = Faulty(programme.RefusedTooLarge, "")
			}
			if !yield(next) {
				return
			}
		}
		if err != nil || events.Err() != nil || !errors.Is(decoder.Skip(), io.EOF) {
			yield(Row{raw: body[read:], Wrong: noArray(body)})
		}
	}
}
