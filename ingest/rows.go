package ingest

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/go-faster/jx"

	"mirsad/internal/programme"
)

// Limits of a body (docs/agencies.md#formats-and-limits).
const (
	MaxEventBytes    = 64 << 10
	MaxEvents        = 10_000
	MaxSentBytes     = 8 << 20
	MaxInflatedBytes = 64 << 20
)

// jsonSpace is what JSON takes for white space, and no more.
const jsonSpace = " \t\r\n"

// Format is how a body holds its events.
type Format string

// The formats of a body.
const (
	FormatEvent Format = "application/cloudevents+json"       // one event
	FormatBatch Format = "application/cloudevents-batch+json" // an array of events
	FormatLines Format = "application/x-ndjson"               // an event a line; empty lines don't count
	FormatCSV   Format = "text/csv"                           // usage-csv: a statement or usage event a row
)

// row is one event of a body as sent, and why it can't even be read.
type row struct {
	raw   []byte
	wrong *fault
	// event is made from a row of a table, and heading is the table's; nil: raw is the event itself.
	event, heading []byte
}

// sent returns the row with what is needed to read it again by itself.
func (r *row) sent() []byte {
	if r.heading == nil {
		return r.raw
	}
	return slices.Concat(r.heading, []byte("\n"), r.raw)
}

// rowsOf returns the rows of a body, in order. Only a table can be so wrong that it has no rows.
func rowsOf(format Format, body []byte, now time.Time) (iter.Seq[row], error) {
	switch format {
	case FormatBatch:
		return batchRows(body), nil
	case FormatLines:
		return lineRows(body), nil
	case FormatCSV:
		return csvRows(body, now)
	default:
		return func(yield func(row) bool) { yield(wholeRow(body)) }, nil
	}
}

func lineRows(body []byte) iter.Seq[row] {
	return func(yield func(row) bool) {
		for line := range bytes.Lines(body) {
			if line = bytes.Trim(line, jsonSpace); len(line) > 0 && !yield(wholeRow(line)) {
				return
			}
		}
	}
}

// wholeRow checks that the event is not too large; whether it is JSON is found while it is decoded.
func wholeRow(raw []byte) row {
	raw = bytes.Trim(raw, jsonSpace)
	if len(raw) > MaxEventBytes {
		return row{raw: raw, wrong: faulty(programme.RefusedTooLarge, "")}
	}
	return row{raw: raw}
}

// batchRows takes an array apart. Where it stops being JSON, the rest of the body is
// one refused row: what came before it was read and is kept.
func batchRows(body []byte) iter.Seq[row] {
	return func(yield func(row) bool) {
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
			next := row{raw: raw}
			if len(raw) > MaxEventBytes {
				next.wrong = faulty(programme.RefusedTooLarge, "")
			}
			if !yield(next) {
				return
			}
		}
		if err != nil || events.Err() != nil || !errors.Is(decoder.Skip(), io.EOF) {
			yield(row{raw: body[read:], wrong: faulty(programme.RefusedMalformedJSON, "")})
		}
	}
}
