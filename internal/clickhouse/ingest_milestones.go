package clickhouse

import (
	"context"
	"fmt"
	"slices"
	"time"

	"mirsad/internal/programme"
)

// InsertMilestones adds milestone events as one block under a token, in their order. One whose newest version says
// the same is left out; one that says something else is a new version, and the newest counts.
func (db *DB) InsertMilestones(ctx context.Context, token string, milestones []programme.MilestoneEvent) error {
	newest, err := db.newestMilestones(ctx, milestones)
	if err != nil {
		return err
	}
	var added []programme.MilestoneEvent
	for _, m := range milestones {
		if on := m.DoneOn; on < firstDate32 || on > lastDate32 {
			return fmt.Errorf("insert milestones: %w: day %s is not within %s and %s", programme.ErrInvalid, on, firstDate32, lastDate32)
		}
		last, found := newest[m.ID]
		if found && (saysTheSame(last, m) || programme.Superseded(m.ReceivedAt, last.RecordedAt)) {
			continue
		}
		m.RecordedAt = afterwards(m.RecordedAt, last.RecordedAt)
		newest[m.ID] = m
		added = append(added, m)
	}
	if len(added) == 0 {
		return nil
	}
	return db.insertMilestones(ctx, token, added)
}

// saysTheSame compares two versions of an event, whoever sent them and whenever.
func saysTheSame(a, b programme.MilestoneEvent) bool {
	a.Actor, a.RecordedAt, a.ReceivedAt = b.Actor, b.RecordedAt, b.ReceivedAt
	return a == b
}

func (db *DB) newestMilestones(ctx context.Context, milestones []programme.MilestoneEvent) (map[string]programme.MilestoneEvent, error) {
	newest := map[string]programme.MilestoneEvent{}
	ids := columnOf(milestones, func(m *programme.MilestoneEvent) string { return m.ID })
	for some := range slices.Chunk(ids, idsAsked) {
		found, err := db.milestones(ctx, ingest, "ingest.NewestMilestones", bind("ids", some))
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			newest[m.ID] = m
		}
	}
	return newest, nil
}

// Milestones returns the newest version of every milestone event recorded by asAt, in the order in which the phases
// were finished; a zero asAt means now.
func (db *DB) Milestones(ctx context.Context, asAt time.Time) ([]programme.MilestoneEvent, error) {
	return db.milestones(ctx, web, "facts.Milestones", bind("as_at", microseconds(asAt)))
}

func (db *DB) milestones(ctx context.Context, p part, question string, args ...any) ([]programme.MilestoneEvent, error) {
	return list(ctx, db, p, db.queries.named(question), func(r *record) programme.MilestoneEvent {
		return programme.MilestoneEvent{
			Entity: r.name(), Service: r.name(), Milestone: r.text(), Phase: programme.Phase(r.name()), DoneOn: r.date32(),
			RecordedAt: r.instant(), ID: r.text(), Source: r.name(), EventID: r.text(), Actor: r.name(),
		}
	}, args...)
}

func (db *DB) insertMilestones(ctx context.Context, token string, milestones []programme.MilestoneEvent) error {
	type event = programme.MilestoneEvent
	return db.insert(ctx, ingest, db.queries.named("ingest.InsertMilestones"), token,
		columnOf(milestones, func(m *event) string { return m.Entity }),
		columnOf(milestones, func(m *event) string { return m.Service }),
		columnOf(milestones, func(m *event) string { return m.Milestone }),
		columnOf(milestones, func(m *event) string { return string(m.Phase) }),
		columnOf(milestones, func(m *event) time.Time { return m.DoneOn.Time() }),
		columnOf(milestones, func(m *event) time.Time { return m.RecordedAt }),
		columnOf(milestones, func(m *event) string { return m.ID }),
		columnOf(milestones, func(m *event) string { return m.Source }),
		columnOf(milestones, func(m *event) string { return m.EventID }),
		columnOf(milestones, func(m *event) string { return m.Actor }),
	)
}
