package clickhouse

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// idsAsked bounds how many events one question names: they travel in its address.
const idsAsked = 2000

// InsertRollouts adds rollout events as one block under a token, in their order. One whose newest version says
// the same is left out; one that says something else is a new version, and the newest counts.
func (db *DB) InsertRollouts(ctx context.Context, token string, rollouts []programme.Rollout) error {
	newest, err := db.newestRollouts(ctx, rollouts)
	if err != nil {
		return err
	}
	var added []programme.Rollout
	for _, r := range rollouts {
		if on := r.EffectiveOn; on < firstDate32 || on > lastDate32 {
			return fmt.Errorf("insert rollouts: %w: effective date %s is not within %s and %s", programme.ErrInvalid, on, firstDate32, lastDate32)
		}
		last, found := newest[r.ID]
		if found && (contentOf(last) == contentOf(r) || programme.Superseded(r.ReceivedAt, last.RecordedAt)) {
			continue
		}
		r.RecordedAt = afterwards(r.RecordedAt, last.RecordedAt)
		newest[r.ID] = r
		added = append(added, r)
	}
	if len(added) == 0 {
		return nil
	}
	return db.insertRollouts(ctx, token, added)
}

// rolloutContent is what a version of a rollout event says; who sent it, and which administrator verified it, may differ.
type rolloutContent struct {
	entity, service, source, eventID string
	action                           programme.Action
	level                            programme.Level
	effectiveOn                      civil.Date
	channels, evidence               string
	verified                         bool
}

func contentOf(r programme.Rollout) rolloutContent {
	return rolloutContent{
		entity: r.Entity, service: r.Service, source: r.Source, eventID: r.EventID,
		action: r.Action, level: r.Level, effectiveOn: r.EffectiveOn,
		channels: encode(r.Channels), evidence: encode(r.Evidence), verified: r.VerifiedBy != "",
	}
}

func (db *DB) newestRollouts(ctx context.Context, rollouts []programme.Rollout) (map[string]programme.Rollout, error) {
	newest := map[string]programme.Rollout{}
	ids := columnOf(rollouts, func(r *programme.Rollout) string { return r.ID })
	for some := range slices.Chunk(ids, idsAsked) {
		found, err := db.rollouts(ctx, ingest, "ingest.NewestRollouts", bind("ids", some))
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			newest[r.ID] = r
		}
	}
	return newest, nil
}

// Rollouts returns the newest version of every rollout event recorded by asAt, in the order in which they apply;
// a zero asAt means now.
func (db *DB) Rollouts(ctx context.Context, asAt time.Time) ([]programme.Rollout, error) {
	return db.rollouts(ctx, web, "facts.Rollouts", bind("as_at", microseconds(asAt)))
}

// ServiceRollouts is Rollouts of one service, as they stand now.
func (db *DB) ServiceRollouts(ctx context.Context, service string) ([]programme.Rollout, error) {
	return db.rollouts(ctx, web, "facts.ServiceRollouts", bind("service", service))
}

func (db *DB) rollouts(ctx context.Context, p part, question string, args ...any) ([]programme.Rollout, error) {
	var faults []error
	found, err := list(ctx, db, p, db.queries.named(question), func(r *record) programme.Rollout {
		rollout := programme.Rollout{
			Entity: r.name(), Service: r.name(), EffectiveOn: r.date32(), RecordedAt: r.instant(),
			ID: r.text(), Source: r.name(), EventID: r.text(), Action: programme.Action(r.name()), Level: programme.Level(r.uint8()),
		}
		faults = append(faults, decode(r.bytes(), &rollout.Channels), decode(r.bytes(), &rollout.Evidence))
		rollout.Actor, rollout.VerifiedBy = r.name(), r.name()
		return rollout
	}, args...)
	if err = errors.Join(err, errors.Join(faults...)); err != nil {
		return nil, err
	}
	return found, nil
}

// decode reads a column of JSON; nothing stands for nothing.
func decode(content []byte, value any) error {
	if len(content) == 0 {
		return nil
	}
	if err := json.Unmarshal(content, value); err != nil {
		return fmt.Errorf("read a rollout event: %w", err)
	}
	return nil
}

// encode writes a column of JSON; an empty list is nothing.
func encode[T any](values []T) string {
	if len(values) == 0 {
		return ""
	}
	content, err := json.Marshal(values)
	if err != nil {
		panic(err) // channels and answers are strings: they always marshal
	}
	return string(content)
}

func (db *DB) insertRollouts(ctx context.Context, token string, rollouts []programme.Rollout) error {
	type rollout = programme.Rollout
	return db.insert(ctx, ingest, db.queries.named("ingest.InsertRollouts"), token,
		columnOf(rollouts, func(r *rollout) string { return r.Entity }),
		columnOf(rollouts, func(r *rollout) string { return r.Service }),
		columnOf(rollouts, func(r *rollout) time.Time { return r.EffectiveOn.Time() }),
		columnOf(rollouts, func(r *rollout) time.Time { return r.RecordedAt }),
		columnOf(rollouts, func(r *rollout) string { return r.ID }),
		columnOf(rollouts, func(r *rollout) string { return r.Source }),
		columnOf(rollouts, func(r *rollout) string { return r.EventID }),
		columnOf(rollouts, func(r *rollout) string { return string(r.Action) }),
		columnOf(rollouts, func(r *rollout) uint8 { return uint8(r.Level) }),
		columnOf(rollouts, func(r *rollout) string { return encode(r.Channels) }),
		columnOf(rollouts, func(r *rollout) string { return encode(r.Evidence) }),
		columnOf(rollouts, func(r *rollout) string { return r.Actor }),
		columnOf(rollouts, func(r *rollout) string { return r.VerifiedBy }),
	)
}
