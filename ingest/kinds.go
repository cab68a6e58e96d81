package ingest

import (
	"context"

	"mirsad/internal/programme"
)

// kinds are all kinds of events, in the order in which a chunk's blocks are written: usage comes last, for the slices
// that it touched are marked right after it.
var kinds = []eventKind{&statementKind, &rolloutKind, &milestoneKind, &usageKind}

// EventStore takes the events of each kind; for what an insert promises see Store.
type EventStore interface {
	InsertStatements(ctx context.Context, token string, statements []programme.Statement) error
	InsertRollouts(ctx context.Context, token string, rollouts []programme.Rollout) error
	InsertMilestones(ctx context.Context, token string, milestones []programme.MilestoneEvent) error
	InsertUsage(ctx context.Context, token string, events []programme.UsageEvent) error
}
