package gather_test

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"
	"time"

	"mirsad/ingest/source"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/gather"
	"mirsad/internal/programme"
)

// recordedWorld is a store into which feeds were recorded on several days, beside the raw rows that it then held.
type recordedWorld struct {
	figures *gather.Figures
	db      *clickhouse.DB
	watch   *clock
	rows    *rawRows
	zone    *time.Location
	owner   map[string]string
	version uint64 // of the newest event
	blocks  int
}

func newRecordedWorld(t *testing.T) *recordedWorld {
	t.Helper()
	zone, watch := qatar(t), &clock{now: someMorning}
	db := clickhousetest.NewWith(t, watch.Now, zone)
	kept, err := gather.New(gather.Configuration{Zone: zone}, gather.Dependencies{Store: db, Now: watch.Now})
	if err != nil {
		t.Fatal(err)
	}
	return &recordedWorld{
		figures: kept, db: db, watch: watch, zone: zone, owner: map[string]string{}, rows: newRawRows(t, db.Database),
	}
}

// record brings in what of a feed happened after one day and by another, as if on the morning of that day.
func (w *recordedWorld) record(t *testing.T, feed source.Feed, after, by civil.Date) {
	t.Helper()
	w.watch.now = by.AddDays(1).BeginsIn(w.zone).Add(-15 * time.Hour)
	within := func(day civil.Date) bool { return after < day && day <= by }
	drafts, err := feed.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	drafts = slices.DeleteFunc(drafts, func(draft programme.Draft) bool {
		if service, is := draft.Body.(programme.Service); is {
			w.owner[service.Code] = service.Entity
		}
		return draft.EffectiveOn > by
	})
	w.add(t, drafts...)
	var block eventBlock
	err = feed.Events(func(event programme.CloudEvent, verify bool) error {
		at, err := w.moment(event)
		if err != nil || !within(civil.DateOf(at.In(w.zone))) {
			return err
		}
		return w.take(&block, event, at, verify)
	})
	if err != nil {
		t.Fatal(err)
	}
	w.insert(t, &block)
}

// moment is when an event happened; of a total without a time, now.
func (w *recordedWorld) moment(event programme.CloudEvent) (time.Time, error) {
	if event.Time == "" {
		return w.watch.now, nil
	}
	return time.Parse(time.RFC3339, event.Time)
}

// add records facts; an actor is the test's unless the draft has one.
func (w *recordedWorld) add(t *testing.T, drafts ...programme.Draft) {
	t.Helper()
	for i := range drafts {
		if drafts[i].Actor == "" {
			drafts[i].Actor = "test"
		}
	}
	if _, err := w.db.AppendAll(t.Context(), drafts); err != nil {
		t.Fatal(err)
	}
}

// eventBlock is what is inserted at once.
type eventBlock struct {
	uses       []programme.UsageEvent
	statements []programme.Statement
	rollouts   []programme.Rollout
}

// take turns an event into a row, as the door for events does.
func (w *recordedWorld) take(block *eventBlock, event programme.CloudEvent, at time.Time, verify bool) error {
	entity := w.owner[event.Subject]
	key := md5.Sum([]byte(event.Source + "\n" + event.ID))
	switch data := event.Data.(type) {
	case programme.UsageData:
		count := uint64(1)
		if data.Count != nil {
			count = *data.Count
		}
		w.version = max(w.version+1, uint64(w.watch.now.UnixMicro()))
		block.uses = append(block.uses, programme.UsageEvent{
			Key: key, Entity: entity, Service: event.Subject, ReportDate: civil.DateOf(at.In(w.zone)),
			Channel: data.Channel, Stage: data.Stage, Count: count, OccurredAt: at, Version: w.version,
		})
	case programme.StatementData:
		row := programme.Statement{
			Entity: entity, Service: event.Subject, Channel: data.Channel, Measure: data.Measure, Period: data.Period,
			State: data.State, Source: event.Source, EventID: event.ID, Actor: "test", RecordedAt: w.watch.now,
		}
		switch {
		case data.Value != nil:
			row.Value = *data.Value
		case data.Total != nil && data.Digital != nil:
			if row.Value = *data.Total - *data.Digital; row.Value < 0 {
				return nil // digital_exceeds_total
			}
		}
		block.statements = append(block.statements, row)
	case programme.RolloutData:
		row := programme.Rollout{
			ID: hex.EncodeToString(key[:]), Entity: entity, Service: event.Subject, Source: event.Source, EventID: event.ID,
			Action: data.Action, Level: data.Level, Channels: data.Channels, EffectiveOn: data.EffectiveOn,
			Evidence: data.Evidence, Actor: "test", RecordedAt: w.watch.now,
		}
		if verify {
			row.VerifiedBy = "test"
		}
		block.rollouts = append(block.rollouts, row)
	}
	return nil
}

// insert stores a block, brings the rollups up to date and keeps the raw events.
func (w *recordedWorld) insert(t *testing.T, block *eventBlock) {
	t.Helper()
	w.blocks++
	marked := map[programme.Slice]bool{}
	for part := range slices.Chunk(block.uses, 50_000) {
		w.blocks++
		if err := w.db.InsertUsage(t.Context(), w.token(), part); err != nil {
			t.Fatal(err)
		}
		for i := range part {
			marked[programme.Slice{Entity: part[i].Entity, ReportDate: part[i].ReportDate}] = true
		}
	}
	touched := make([]programme.Slice, 0, len(marked))
	for slice := range marked {
		touched = append(touched, slice)
	}
	if len(touched) > 0 {
		if err := w.db.MarkDirty(t.Context(), w.token(), touched); err != nil {
			t.Fatal(err)
		}
	}
	for part := range slices.Chunk(block.statements, 50_000) {
		w.blocks++
		if err := w.db.InsertStatements(t.Context(), w.token(), part); err != nil {
			t.Fatal(err)
		}
	}
	if len(block.rollouts) > 0 {
		if err := w.db.InsertRollouts(t.Context(), w.token(), block.rollouts); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.db.Recompute(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.rows.takeEvents(t)
}

func (w *recordedWorld) token() string { return fmt.Sprintf("block %d", w.blocks) }

// known answers what the store holds, for files that build on one another.
func (w *recordedWorld) known(ctx context.Context) (programme.Facts, error) {
	streams, err := w.db.Facts(ctx, []programme.Family{programme.FamilyEntity, programme.FamilyService}, time.Time{})
	if err != nil {
		return programme.Facts{}, err
	}
	rollouts, err := w.db.Rollouts(ctx, time.Time{})
	return programme.Facts{Streams: streams, Rollouts: rollouts}, err
}
