package ingest

import (
	"encoding/binary"
	"sync"
	"time"

	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// recordFormat is the first byte of every record; a change of the layout below takes another.
const recordFormat = 3

// earlierFormat is the format before refused rows had more than a code and a field, and usage events their source; a spool
// may still hold such records.
const earlierFormat = 2

// refusalLetter marks a refused row in a record; the letters of events are in their kinds.
const refusalLetter = 'x'

// record collects one body's rows as they go to the spool: its receipt, then the
// rows in the order of the body, so that a record is all or nothing on disk.
type record struct {
	first    uint64 // stamp of the row with index 0
	rows     []byte
	accepted int
	refusals []programme.Refusal
	// index is that of the row being decided; stated are the totals that rows of the body state, and places where.
	index  int
	stated []rows.Stated
	places []place
	// again marks a replay: what it refuses is in quarantine already.
	again bool
}

// recordSpace is what a record grows into.
type recordSpace struct {
	rows   []byte
	stated []rows.Stated
	places []place
}

var rowSpace = sync.Pool{New: func() any { return new(recordSpace) }}

func newRecord(first uint64) *record {
	space := rowSpace.Get().(*recordSpace) //nolint:forcetypeassert // the pool holds nothing else
	return &record{first: first, rows: space.rows[:0], stated: space.stated[:0], places: space.places[:0]}
}

// release gives the record's space back; the record can't be used after it.
func (r *record) release() {
	space := &recordSpace{r.rows, r.stated, r.places}
	clear(space.stated) // it holds on to no body
	r.rows, r.stated, r.places = nil, nil, nil
	if cap(space.rows) <= 1<<20 {
		rowSpace.Put(space)
	}
}

func (r *record) addRefusal(refusal programme.Refusal) {
	r.refusals = append(r.refusals, refusal)
	if r.again {
		return
	}
	r.rows = append(r.rows, refusalLetter)
	r.rows = binary.AppendUvarint(r.rows, uint64(refusal.Index)) //nolint:gosec // an index is never negative
	r.rows = appendText(r.rows, refusal.Entity)
	r.rows = appendText(r.rows, refusal.EventID)
	r.rows = appendText(r.rows, string(refusal.Code))
	r.rows = appendText(r.rows, refusal.Field)
	r.rows = appendText(r.rows, string(refusal.Format))
	r.rows = appendText(r.rows, refusal.Reasons)
	r.rows = appendText(r.rows, refusal.Raw)
}

// appendMoment writes a moment that may be none.
func appendMoment(into []byte, moment time.Time) []byte {
	if moment.IsZero() {
		return binary.AppendVarint(into, 0)
	}
	return binary.AppendVarint(into, moment.UnixMicro())
}

// bytes returns the whole record: format, receipt, rows.
func (r *record) bytes(receipt *programme.Receipt) []byte {
	out := make([]byte, 0, len(r.rows)+len(receipt.ID)+len(receipt.Actor)+len(receipt.Entity)+64)
	out = append(out, recordFormat)
	out = appendText(out, receipt.ID)
	out = appendText(out, receipt.Actor)
	out = appendText(out, receipt.Entity)
	out = append(out, receipt.BodyHash[:]...)
	out = binary.AppendUvarint(out, uint64(receipt.Accepted)) //nolint:gosec // a count
	out = binary.AppendUvarint(out, uint64(receipt.Rejected)) //nolint:gosec // a count
	out = binary.AppendVarint(out, receipt.RecordedAt.UnixMicro())
	return append(out, r.rows...)
}

func appendText[T ~string | ~[]byte](into []byte, text T) []byte {
	into = binary.AppendUvarint(into, uint64(len(text)))
	return append(into, text...)
}
