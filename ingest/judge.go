package ingest

import (
	"bytes"
	"context"
	"encoding/binary"
	"sync"
	"time"

	"github.com/go-faster/jx"
	"github.com/zeebo/xxh3"

	"mirsad/ingest/fair"
	"mirsad/ingest/owners"
	"mirsad/ingest/rows"
	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// futureTolerance is how far a sender's clock may be ahead (docs/rules.md#times-that-are-refused).
const futureTolerance = 5 * time.Minute

// judge decides the rows of one body.
type judge struct {
	principal access.Principal
	verify    bool
	// totals lets a statement give a total and its digital part: an importer's, or a row of a table's.
	totals    bool
	zone      *time.Location
	latest    time.Time  // the last instant that is not in the future
	earliest  civil.Date // the first report date that is not too old
	day       reportDay
	catalogue *owners.Catalogue
	readings  uint64      // of the catalogue, when the body came
	share     *fair.Share // what the body holds while it is judged

	decoder, dataDecoder *jx.Decoder
	// envelope is the row's that is being judged: one space for all rows.
	envelope envelope
	// also are further faults of the data that were judged last.
	also []*rows.Fault
}

var judges = sync.Pool{New: func() any { return new(judge) }}

func (i *Ingest) newJudge(s Submission) *judge {
	j := judges.Get().(*judge) //nolint:forcetypeassert // the pool holds nothing else
	*j = judge{
		principal: s.Principal, verify: s.Verify, zone: i.Zone,
		totals:    s.Principal.Admin() || s.Format == rows.FormatCSV,
		latest:    i.Now().Add(futureTolerance),
		earliest:  i.Settings().EarliestReportDate(),
		catalogue: i.catalogue, readings: i.catalogue.Readings(), share: s.share,
		decoder: jx.GetDecoder(), dataDecoder: jx.GetDecoder(),
	}
	return j
}

// release gives the judge's space back; the judge can't be used after it.
func (j *judge) release() {
	jx.PutDecoder(j.decoder)
	jx.PutDecoder(j.dataDecoder)
	*j = judge{} // it holds on to no body
	judges.Put(j)
}

// common is what every type of event has once its envelope is accepted.
type common struct {
	kind            eventKind
	service, entity string
	owners          programme.Owners // of the service
	time            time.Time
	reportDate      civil.Date
	stamp           uint64
	recordedAt      time.Time
	// receivedAt is set for a replayed row, whose stamp is the one it was first received with.
	receivedAt time.Time
}

// decide judges one row and adds it to the body's record, accepted or refused.
// An error says that nothing can be decided now.
func (j *judge) decide(ctx context.Context, r *rows.Row, index int, into *record) error {
	stamp := into.first + uint64(index) //nolint:gosec // index ≥ 0
	return j.decideAs(ctx, r, index, common{entity: j.principal.Entity, stamp: stamp, recordedAt: instant(stamp)}, into)
}

func (j *judge) decideAs(ctx context.Context, r *rows.Row, index int, c common, into *record) error {
	wrong, e := r.Wrong, &j.envelope
	*e = envelope{}
	into.index = index
	if wrong == nil {
		wrong = e.read(j.decoder, r.Event())
	}
	if wrong == nil {
		var err error
		if wrong, err = j.admit(ctx, e, &c); err != nil {
			return err
		}
	}
	if wrong == nil && len(r.Faults) == 0 {
		if wrong = c.kind.accept(j, e, c, into); wrong == nil {
			return nil
		}
	}
	faults, err := j.faults(ctx, r, e, c, wrong)
	if err == nil {
		into.refuse(r, c.entity, string(e.id), faults)
	}
	return err
}

// admit judges what all types have in common: attributes, type, time, service and entity.
func (j *judge) admit(ctx context.Context, e *envelope, c *common) (*rows.Fault, error) {
	if wrong := e.complete(); wrong != nil {
		return wrong, nil
	}
	if c.kind = kindsByType[string(e.kind)]; c.kind == nil {
		return rows.Faulty(programme.RefusedUnknownType, "type"), nil
	}
	if wrong := j.when(e.time, c); wrong != nil {
		return wrong, nil
	}
	if wrong, err := j.whose(ctx, e, c); wrong != nil || err != nil {
		return wrong, err
	}
	if len(e.data) == 0 {
		return missing("data"), nil
	}
	return nil, nil //nolint:nilnil // no fault and no error is one of the answers
}

// whose finds the service and who may send for it.
func (j *judge) whose(ctx context.Context, e *envelope, c *common) (*rows.Fault, error) {
	found, known := j.catalogue.Find(e.subject)
	var err error
	if !known || j.owner(found, c) != nil { // perhaps it was entered or moved just now
		found, known, err = j.askAgain(ctx, e.subject)
	}
	switch {
	case err != nil:
		return nil, err
	case !known:
		return rows.Faulty(programme.RefusedUnknownService, "subject"), nil
	}
	c.service, c.owners = found.Service, found.Owners
	return j.owner(found, c), nil
}

// askAgain asks for the newest catalogue, and gives the turn back while it waits.
func (j *judge) askAgain(ctx context.Context, code []byte) (found owners.Owned, known bool, err error) {
	j.share.End()
	found, known, err = j.catalogue.Latest(ctx, code, j.readings)
	if turn := j.share.Begin(ctx); err == nil {
		err = turn
	}
	return found, known, err
}

// owner finds who owns the service on the day that the event is of; a statement is of the last day of its period, which
// is known only when its data are read (docs/rules.md#who-may-report).
func (j *judge) owner(found owners.Owned, c *common) *rows.Fault {
	if c.kind.ofPeriod() {
		return nil
	}
	return j.ownerOn(found.Owners, c.reportDate, c)
}

// ownerOn refuses what is sent by another than the service's owner on a day. An importer may also state what was while a
// service that is removed by then was there.
func (j *judge) ownerOn(of programme.Owners, day civil.Date, c *common) *rows.Fault {
	owner, found := of.On(day)
	switch {
	case !found && !j.principal.Admin():
		return rows.Faulty(programme.RefusedUnknownService, "subject")
	case !j.principal.Admin() && owner.Entity != j.principal.Entity:
		return rows.Faulty(programme.RefusedEntityMismatch, "subject")
	}
	c.entity = owner.Entity
	return nil
}

// when reads the time and reckons the report date, here and nowhere else (docs/rules.md#day-of-a-moment).
func (j *judge) when(text []byte, c *common) *rows.Fault {
	if !strictTime(text) || c.time.UnmarshalText(text) != nil {
		return rows.Faulty(programme.RefusedBadTime, "time")
	}
	c.reportDate = j.day.of(c.time, j.zone)
	switch {
	case c.time.After(j.latest):
		return rows.Faulty(programme.RefusedFutureTime, "time")
	case c.kind.limited() && c.reportDate < j.earliest:
		return rows.Faulty(programme.RefusedTooOld, "time")
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

// eventKey hashes source and id with the source's length before it, so that no other pair joins to the same bytes.
func eventKey(source, id []byte) programme.EventKey {
	var space [256]byte
	joined := binary.AppendUvarint(space[:0], uint64(len(source)))
	joined = append(joined, source...)
	joined = append(joined, id...)
	return xxh3.Hash128(joined).Bytes()
}

// instant is the time that a stamp of the spool means.
func instant(stamp uint64) time.Time { return time.UnixMicro(int64(stamp)).UTC() } //nolint:gosec // µs since 1970

// stampOf is the stamp of an instant in the spool.
func stampOf(at time.Time) uint64 { return uint64(at.UnixMicro()) }
