package register

import (
	"context"
	"time"

	"mirsad/internal/programme"
)

// Register keeps what administrators record: each change a new version, with who and why.
type Register interface {
	// Stream returns one subject's facts in the order of their sequence; none when there is no such subject.
	Stream(ctx context.Context, family programme.Family, subject string) ([]programme.Fact, error)
	// Facts returns the facts of the families recorded by asAt; a zero asAt means now.
	Facts(ctx context.Context, families []programme.Family, asAt time.Time) ([]programme.Fact, error)
	// Decide adds one fact to a stream by a rule; of those who decide at once one wins, the others get a *DecidedError.
	Decide(
		ctx context.Context, family programme.Family, subject string,
		rule func(stream []programme.Fact) (programme.Draft, error),
	) (programme.Fact, error)
	// Rollouts returns every rollout event recorded by asAt, a zero asAt means now; ServiceRollouts those of a service
	// as they are now. One that names a level is a claim.
	Rollouts(ctx context.Context, asAt time.Time) ([]programme.Rollout, error)
	ServiceRollouts(ctx context.Context, service string) ([]programme.Rollout, error)
}

// Weigher counts under settings that nobody has recorded yet.
type Weigher interface {
	Weigh(ctx context.Context, next programme.Settings) (programme.Effect, error)
}
