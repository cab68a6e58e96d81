package clickhouse

import (
	"context"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

var milestoneEvents = eventTable[programme.MilestoneEvent]{
	name: "milestone_event", day: "done_on",
	columns: []eventColumn[programme.MilestoneEvent]{
		names("entity", func(m *programme.MilestoneEvent) *string { return &m.Entity }),
		names("service", func(m *programme.MilestoneEvent) *string { return &m.Service }),
		texts("milestone", func(m *programme.MilestoneEvent) *string { return &m.Milestone }),
		names("phase", func(m *programme.MilestoneEvent) *programme.Phase { return &m.Phase }),
		days("done_on", func(m *programme.MilestoneEvent) *civil.Date { return &m.DoneOn }),
		instants("recorded_at", func(m *programme.MilestoneEvent) *time.Time { return &m.RecordedAt }),
		texts("id", func(m *programme.MilestoneEvent) *string { return &m.ID }),
		names("source", func(m *programme.MilestoneEvent) *string { return &m.Source }),
		texts("event_id", func(m *programme.MilestoneEvent) *string { return &m.EventID }),
		names("actor", func(m *programme.MilestoneEvent) *string { return &m.Actor }),
	},
	version: func(m *programme.MilestoneEvent) eventVersion {
		return eventVersion{id: m.ID, on: m.DoneOn, receivedAt: m.ReceivedAt, recordedAt: &m.RecordedAt}
	},
	same: func(a, b programme.MilestoneEvent) bool {
		a.Actor, a.RecordedAt, a.ReceivedAt = b.Actor, b.RecordedAt, b.ReceivedAt
		return a == b
	},
}

// InsertMilestones adds milestone events as one block under a token, in their order. One whose newest version says
// the same is left out; one that says something else is a new version, and the newest counts.
func (db *EventStore) InsertMilestones(ctx context.Context, token string, milestones []programme.MilestoneEvent) error {
	return milestoneEvents.insert(ctx, db.conn, token, milestones)
}

// Milestones returns the newest version of every milestone event recorded by asAt, in the order in which the phases
// were finished; a zero asAt means now.
func (db *EventStore) Milestones(ctx context.Context, asAt time.Time) ([]programme.MilestoneEvent, error) {
	return milestoneEvents.asAt(ctx, db.conn, asAt)
}
