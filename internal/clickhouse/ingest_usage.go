package clickhouse

import (
	"context"
	"fmt"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// InsertUsage adds raw usage events as one block under a token. ErrInvalid: an event can't be stored, now or later.
func (db *EventStore) InsertUsage(ctx context.Context, token string, events []programme.UsageEvent) error {
	for i := range events {
		if on := events[i].ReportDate; on < firstDate || on > lastDate {
			return fmt.Errorf(
				"insert usage: %w: report date %s is not within %s and %s", programme.ErrInvalid, on, firstDate,
				lastDate,
			)
		}
	}
	type event = programme.UsageEvent
	days := map[civil.Date]time.Time{} // a chunk holds few, and converting each anew is the costliest column
	return db.insert(ctx, ingest, db.queries.named("ingest.InsertUsage"), token,
		namesOf(events, func(e *event) string { return e.Entity }),
		columnOf(events, func(e *event) time.Time {
			day, found := days[e.ReportDate]
			if !found {
				day = e.ReportDate.Time()
				days[e.ReportDate] = day
			}
			return day
		}),
		columnOf(events, func(e *event) []byte { return e.Key[:] }),
		namesOf(events, func(e *event) string { return e.Service }),
		columnOf(events, func(e *event) string { return string(e.Channel) }),
		columnOf(events, func(e *event) string { return string(e.Stage) }),
		columnOf(events, func(e *event) uint64 { return e.Count }),
		columnOf(events, func(e *event) uint64 { return e.DurationMS }),
		columnOf(events, func(e *event) uint8 { return e.Rating }),
		columnOf(events, func(e *event) time.Time { return e.OccurredAt }),
		columnOf(events, func(e *event) uint64 { return e.Version }),
		namesOf(events, func(e *event) string { return e.Source }),
	)
}

// MarkDirty notes, under a token that is also the chunk's name, the slices that a chunk touched. Call it after
// the chunk's events are acknowledged.
func (db *EventStore) MarkDirty(ctx context.Context, token string, slices []programme.Slice) error {
	now := db.now()
	return db.insert(ctx, ingest, db.queries.named("ingest.MarkDirty"), token,
		columnOf(slices, func(s *programme.Slice) time.Time { return s.ReportDate.Time() }),
		columnOf(slices, func(s *programme.Slice) string { return s.Entity }),
		columnOf(slices, func(*programme.Slice) string { return token }),
		columnOf(slices, func(*programme.Slice) time.Time { return now }),
		columnOf(slices, func(*programme.Slice) int32 { return 1 }),
	)
}
