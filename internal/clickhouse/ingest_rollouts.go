package clickhouse

import (
	"context"
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

var rolloutEvents = eventTable[programme.Rollout]{
	name: "rollout_event", day: "effective_on",
	columns: []eventColumn[programme.Rollout]{
		names("entity", func(r *programme.Rollout) *string { return &r.Entity }),
		names("service", func(r *programme.Rollout) *string { return &r.Service }),
		days("effective_on", func(r *programme.Rollout) *civil.Date { return &r.EffectiveOn }),
		instants("recorded_at", func(r *programme.Rollout) *time.Time { return &r.RecordedAt }),
		texts("id", func(r *programme.Rollout) *string { return &r.ID }),
		names("source", func(r *programme.Rollout) *string { return &r.Source }),
		texts("event_id", func(r *programme.Rollout) *string { return &r.EventID }),
		names("action", func(r *programme.Rollout) *programme.Action { return &r.Action }),
		small("level", func(r *programme.Rollout) *programme.Level { return &r.Level }),
		lists("channels", func(r *programme.Rollout) *[]programme.Channel { return &r.Channels }),
		lists("evidence", func(r *programme.Rollout) *[]programme.Answer { return &r.Evidence }),
		names("actor", func(r *programme.Rollout) *string { return &r.Actor }),
		names("verified_by", func(r *programme.Rollout) *string { return &r.VerifiedBy }),
	},
	version: func(r *programme.Rollout) eventVersion {
		return eventVersion{id: r.ID, on: r.EffectiveOn, receivedAt: r.ReceivedAt, recordedAt: &r.RecordedAt}
	},
	same: func(a, b programme.Rollout) bool {
		return rolloutContentOf(a) == rolloutContentOf(b) && slices.Equal(a.Channels, b.Channels) &&
			encode(a.Evidence) == encode(b.Evidence)
	},
}

// rolloutContent is what a version of a rollout event says beside its lists; who sent it, and which administrator
// verified it, may differ.
type rolloutContent struct {
	entity, service, source, eventID string
	action                           programme.Action
	level                            programme.Level
	effectiveOn                      civil.Date
	verified                         bool
}

func rolloutContentOf(r programme.Rollout) rolloutContent {
	return rolloutContent{
		entity: r.Entity, service: r.Service, source: r.Source, eventID: r.EventID,
		action: r.Action, level: r.Level, effectiveOn: r.EffectiveOn, verified: r.VerifiedBy != "",
	}
}

// InsertRollouts adds rollout events as one block under a token, in their order. One whose newest version says
// the same is left out; one that says something else is a new version, and the newest counts.
func (db *EventStore) InsertRollouts(ctx context.Context, token string, rollouts []programme.Rollout) error {
	return rolloutEvents.insert(ctx, db.conn, token, rollouts)
}

// Rollouts returns the newest version of every rollout event recorded by asAt, in the order in which they apply;
// a zero asAt means now.
func (db *EventStore) Rollouts(ctx context.Context, asAt time.Time) ([]programme.Rollout, error) {
	return rolloutEvents.asAt(ctx, db.conn, asAt)
}

// ServiceRollouts is Rollouts of one service, as they are now.
func (db *EventStore) ServiceRollouts(ctx context.Context, service string) ([]programme.Rollout, error) {
	return rolloutEvents.list(ctx, db.conn, web, "events.ServiceRollouts", bind("service", service))
}
