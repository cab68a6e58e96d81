package ingest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"time"
	"unicode"

	"github.com/go-faster/jx"
	"github.com/zeebo/xxh3"

	"mirsad/internal/account"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// futureTolerance is how far a sender's clock may be ahead (docs/rules.md#times-that-are-refused).
const futureTolerance = 5 * time.Minute

// errRefused ends a decoding whose fault is known already.
var errRefused = errors.New("row refused")

// judge decides the rows of one body.
type judge struct {
	principal account.Principal
	verify    bool
	// totals lets a statement give a total and its digital part: an importer's, or a row of a table's.
	totals    bool
	zone      *time.Location
	latest    time.Time  // the last instant that is not in the future
	earliest  civil.Date // the first report date that is not too old
	day       reportDay
	catalogue *catalogue
	readings  uint64 // of the catalogue, when the body came

	decoder, dataDecoder *jx.Decoder
}

func (i *Ingest) newJudge(s Submission) *judge {
	return &judge{
		principal: s.Principal, verify: s.Verify, zone: i.Zone,
		totals:    s.Principal.Admin() || s.Format == FormatCSV,
		latest:    i.Now().Add(futureTolerance),
		earliest:  i.Settings().EarliestReportDate(),
		catalogue: i.catalogue, readings: i.catalogue.readings(),
		decoder: jx.GetDecoder(), dataDecoder: jx.GetDecoder(),
	}
}

func (j *judge) release() {
	jx.PutDecoder(j.decoder)
	jx.PutDecoder(j.dataDecoder)
}

// common is what every type of event has once its envelope is accepted.
type common struct {
	service, entity string
	time            time.Time
	reportDate      civil.Date
	stamp           uint64
	recordedAt      time.Time
	// receivedAt is set for a replayed row, whose stamp is the one it was first received with.
	receivedAt time.Time
}

// decide judges one row and adds it to the body's record, accepted or refused.
// An error says that nothing can be decided now.
func (j *judge) decide(ctx context.Context, r row, index int, into *record) error {
	stamp := into.first + uint64(index) //nolint:gosec // index ≥ 0
	return j.decideAs(ctx, r, index, common{entity: j.principal.Entity, stamp: stamp, recordedAt: instant(stamp)}, into)
}

func (j *judge) decideAs(ctx context.Context, r row, index int, c common, into *record) error {
	e, wrong, event := envelope{}, r.wrong, r.raw
	if r.event != nil {
		event = r.event
	}
	if wrong == nil {
		e, wrong = readEnvelope(j.decoder, event)
	}
	if wrong == nil {
		var err error
		if wrong, err = j.admit(ctx, &e, &c); err != nil {
			return err
		}
	}
	if wrong == nil {
		wrong = j.accept(&e, c, into)
	}
	if wrong != nil {
		sent := r.sent()
		into.addRefusal(programme.Refusal{
			Index: index, Entity: c.entity, EventID: string(e.id), Code: wrong.code, Field: fieldIn(r, wrong.field),
			Format: formatIn(r), Raw: sent[:min(len(sent), MaxEventBytes)],
		})
	}
	return nil
}

// fieldIn returns what the sender calls a field: in a table, the column.
func fieldIn(r row, field string) string {
	if r.heading == nil {
		return field
	}
	if field == "subject" {
		return "service"
	}
	return strings.TrimPrefix(field, "data.")
}

func formatIn(r row) programme.RowFormat {
	if r.heading == nil {
		return programme.RowJSON
	}
	return programme.RowCSV
}

// accept judges the data by the event's type and adds the row when there is no fault.
func (j *judge) accept(e *envelope, c common, into *record) *fault {
	if len(e.data) == 0 {
		return missing("data")
	}
	switch string(e.kind) {
	case programme.TypeUsage:
		event, wrong := j.usageEvent(e, c)
		if wrong == nil {
			into.addUsage(&event)
		}
		return wrong
	case programme.TypeStatement:
		s, wrong := j.statement(e, c)
		if wrong == nil {
			into.addStatement(&s)
		}
		return wrong
	case programme.TypeMilestone:
		m, wrong := j.milestone(e, c)
		if wrong == nil {
			into.addMilestone(&m)
		}
		return wrong
	default:
		r, wrong := j.rollout(e, c)
		if wrong == nil {
			into.addRollout(&r)
		}
		return wrong
	}
}

// admit judges what all types have in common: attributes, type, time, service and entity.
func (j *judge) admit(ctx context.Context, e *envelope, c *common) (*fault, error) {
	if wrong := e.complete(); wrong != nil {
		return wrong, nil
	}
	switch string(e.kind) {
	case programme.TypeUsage, programme.TypeStatement, programme.TypeRollout, programme.TypeMilestone:
	default:
		return faulty(programme.RefusedUnknownType, "type"), nil
	}
	if wrong := j.when(e.time, c); wrong != nil {
		return wrong, nil
	}
	found, known, err := j.catalogue.owner(ctx, e.subject, j.readings)
	switch {
	case err != nil:
		return nil, err
	case !known:
		return faulty(programme.RefusedUnknownService, "subject"), nil
	case !j.principal.Admin() && found.entity != j.principal.Entity:
		return faulty(programme.RefusedEntityMismatch, "subject"), nil
	}
	c.service, c.entity = found.service, found.entity
	return nil, nil //nolint:nilnil // no fault and no error is one of the answers
}

// when reads the time and reckons the report date, here and nowhere else (docs/rules.md#day-of-a-moment).
func (j *judge) when(text []byte, c *common) *fault {
	if !strictTime(text) || c.time.UnmarshalText(text) != nil {
		return faulty(programme.RefusedBadTime, "time")
	}
	c.reportDate = j.day.of(c.time, j.zone)
	switch {
	case c.time.After(j.latest):
		return faulty(programme.RefusedFutureTime, "time")
	case c.reportDate < j.earliest:
		return faulty(programme.RefusedTooOld, "time")
	default:
		return nil
	}
}

// reportDay remembers the day that the last event fell on: most of a body's events fall on the same.
type reportDay struct {
	date     civil.Date
	from, to int64 // in seconds since 1970, to exclusive
}

// of returns the report date of a moment.
func (d *reportDay) of(moment time.Time, zone *time.Location) civil.Date {
	if at := moment.Unix(); at < d.from || at >= d.to {
		d.date = civil.DateOf(moment.In(zone))
		d.from, d.to = d.date.BeginsIn(zone).Unix(), d.date.AddDays(1).BeginsIn(zone).Unix()
	}
	return d.date
}

// strictTime reports whether a text has the shape of RFC 3339 where time.Time's parser takes others too: 9:00 for
// 09:00, a comma before the fraction, offsets beyond 23:59.
func strictTime(text []byte) bool {
	const shortest = len("2016-09-30T09:00:00Z")
	if len(text) < shortest || text[13] != ':' || text[16] != ':' || bytes.IndexByte(text, ',') >= 0 {
		return false
	}
	if text[len(text)-1] == 'Z' {
		return true
	}
	offset := text[len(text)-len("+03:00"):]
	return string(offset[1:3]) < "24" && string(offset[4:6]) < "60"
}

// eachDataField calls visit for every field of data until it finds a fault.
func (j *judge) eachDataField(data []byte, visit func(key []byte, decoder *jx.Decoder) *fault) *fault {
	j.dataDecoder.ResetBytes(data)
	switch j.dataDecoder.Next() {
	case jx.Object:
	case jx.Null:
		return missing("data")
	default:
		return badValue("data")
	}
	var wrong *fault
	err := eachField(j.dataDecoder, func(key []byte) error {
		if wrong = visit(key, j.dataDecoder); wrong != nil {
			return errRefused
		}
		return nil
	})
	if wrong == nil && err != nil {
		return faulty(programme.RefusedMalformedJSON, "data")
	}
	return wrong
}

// eachElement calls visit for every element of an array until it finds a fault; null is left as not given.
func eachElement(decoder *jx.Decoder, field string, visit func(decoder *jx.Decoder) *fault) *fault {
	switch decoder.Next() {
	case jx.Null:
		_ = decoder.Skip() // the row is known to be valid JSON
		return nil
	case jx.Array:
	default:
		return badValue(field)
	}
	var wrong *fault
	err := decoder.Arr(func(decoder *jx.Decoder) error {
		if wrong = visit(decoder); wrong != nil {
			return errRefused
		}
		return nil
	})
	if wrong == nil && err != nil {
		return badValue(field)
	}
	return wrong
}

// longestField bounds how much of a sender's field name is repeated back.
const longestField = 64

func unknownField(key []byte) *fault {
	name := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, string(key[:min(len(key), longestField)]))
	return faulty(programme.RefusedUnknownField, "data."+strings.ToValidUTF8(name, ""))
}

// eventKey hashes source and id with the source's length before it, so that no other pair joins to the same bytes.
func eventKey(source, id []byte) programme.EventKey {
	var space [256]byte
	joined := binary.AppendUvarint(space[:0], uint64(len(source)))
	joined = append(joined, source...)
	joined = append(joined, id...)
	return xxh3.Hash128(joined).Bytes()
}

// instant is the time that a stamp of the spool stands for.
func instant(stamp uint64) time.Time { return time.UnixMicro(int64(stamp)).UTC() } //nolint:gosec // µs since 1970

// stampOf is the stamp that an instant of the spool stands for.
func stampOf(at time.Time) uint64 { return uint64(at.UnixMicro()) }
