package ingest

import (
	"encoding/binary"
	"encoding/json"
	"sync"
	"time"

	"mirsad/internal/programme"
)

// recordFormat is the first byte of every record; a change of the layout below takes another.
const recordFormat = 2

// The kinds of row in a record.
const (
	rowRefusal   = 'x'
	rowStatement = 's'
	rowRollout   = 'r'
	rowMilestone = 'm'
	rowUsage     = 'u'
)

// Channels and stages of usage events are a byte each: their place in the domain's lists, which only ever grow at the end.
var (
	channelList, stageList   = programme.Channels(), programme.Stages()
	channelBytes, stageBytes = places(channelList), places(stageList)
)

func places[T comparable](list []T) map[T]byte {
	at := make(map[T]byte, len(list))
	for i, value := range list {
		at[value] = byte(i)
	}
	return at
}

// record collects one body's rows as they go to the spool: its receipt, then the
// rows in the order of the body, so that a record is all or nothing on disk.
type record struct {
	first    uint64 // stamp of the row with index 0
	rows     []byte
	accepted int
	refusals []programme.Refusal
	// again marks a replay: what it refuses stands in quarantine already.
	again bool
}

var rowSpace = sync.Pool{New: func() any { return new([]byte) }}

func newRecord(first uint64) *record {
	space := rowSpace.Get().(*[]byte) //nolint:forcetypeassert // the pool holds nothing else
	return &record{first: first, rows: (*space)[:0]}
}

// release gives the record's space back; the record can't be used after it.
func (r *record) release() {
	space := r.rows
	r.rows = nil
	if cap(space) <= 1<<20 {
		rowSpace.Put(&space)
	}
}

func (r *record) addRefusal(refusal programme.Refusal) {
	r.refusals = append(r.refusals, refusal)
	if r.again {
		return
	}
	r.rows = append(r.rows, rowRefusal)
	r.rows = binary.AppendUvarint(r.rows, uint64(refusal.Index)) //nolint:gosec // an index is never negative
	r.rows = appendText(r.rows, refusal.Entity)
	r.rows = appendText(r.rows, refusal.EventID)
	r.rows = appendText(r.rows, string(refusal.Code))
	r.rows = appendText(r.rows, refusal.Field)
	r.rows = appendText(r.rows, string(refusal.Format))
	r.rows = appendText(r.rows, refusal.Raw)
}

func (r *record) addUsage(e *programme.UsageEvent) {
	r.accepted++
	r.rows = append(r.rows, rowUsage)
	r.rows = append(r.rows, e.Key[:]...)
	r.rows = appendText(r.rows, e.Entity)
	r.rows = appendText(r.rows, e.Service)
	r.rows = binary.AppendVarint(r.rows, int64(e.ReportDate))
	r.rows = append(r.rows, channelBytes[e.Channel], stageBytes[e.Stage])
	r.rows = binary.AppendUvarint(r.rows, e.Count)
	r.rows = binary.AppendUvarint(r.rows, e.DurationMS)
	r.rows = append(r.rows, e.Rating)
	r.rows = binary.AppendVarint(r.rows, e.OccurredAt.UnixMicro())
	r.rows = binary.AppendUvarint(r.rows, e.Version)
}

func (r *record) addStatement(s *programme.Statement) {
	r.accepted++
	r.rows = append(r.rows, rowStatement)
	r.rows = appendText(r.rows, s.Entity)
	r.rows = appendText(r.rows, s.Service)
	r.rows = appendText(r.rows, string(s.Channel))
	r.rows = appendText(r.rows, string(s.Measure))
	r.rows = append(r.rows, byte(s.Period.Grain))
	r.rows = binary.AppendVarint(r.rows, int64(s.Period.From))
	r.rows = binary.AppendVarint(r.rows, int64(s.Period.To))
	r.rows = appendText(r.rows, string(s.State))
	r.rows = binary.AppendVarint(r.rows, s.Value)
	r.rows = appendText(r.rows, s.Source)
	r.rows = appendText(r.rows, s.EventID)
	r.rows = binary.AppendVarint(r.rows, s.RecordedAt.UnixMicro())
	r.rows = appendMoment(r.rows, s.ReceivedAt)
}

// appendMoment writes a moment that may be none.
func appendMoment(into []byte, moment time.Time) []byte {
	if moment.IsZero() {
		return binary.AppendVarint(into, 0)
	}
	return binary.AppendVarint(into, moment.UnixMicro())
}

func (r *record) addRollout(rollout *programme.Rollout) { r.addRare(rowRollout, rollout) }

func (r *record) addMilestone(m *programme.MilestoneEvent) { r.addRare(rowMilestone, m) }

// addRare adds a row of a kind that comes a few times a day: as JSON.
func (r *record) addRare(kind byte, row any) {
	body, err := json.Marshal(row)
	if err != nil {
		panic(err) // plain data always marshals
	}
	r.accepted++
	r.rows = append(r.rows, kind)
	r.rows = appendText(r.rows, body)
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
