package gather

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// gather reads everything that was recorded by the moment of the knowledge; the sums by day of days only when asked.
func (f *Figures) gather(
	ctx context.Context, knowing figures.Knowing, days *civil.Period,
) (*figures.Knowledge, error) {
	asAt := storeTime(knowing)
	var facts programme.Facts
	var use programme.Use
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		facts.Streams, err = f.Store.Facts(ctx, programme.FigureFamilies(), asAt)
		return wrap("facts", err)
	})
	group.Go(func() (err error) {
		facts.Rollouts, err = f.Store.Rollouts(ctx, asAt)
		return wrap("rollouts", err)
	})
	group.Go(func() (err error) {
		facts.Phases, err = f.Store.Milestones(ctx, asAt)
		return wrap("milestones", err)
	})
	group.Go(func() (err error) {
		use, err = f.Store.Use(ctx, asAt)
		return wrap("use", err)
	})
	var byDay []programme.EventSum
	if days != nil {
		group.Go(func() (err error) {
			byDay, err = f.Store.Days(ctx, asAt, days.From, days.To)
			return wrap("days", err)
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	use.Days = byDay
	return figures.NewKnowledge(facts, use, knowing)
}

// knowing resolves the question's as-at: a draft's is its newest fact's time, not the clock's
// (docs/rules.md#on-and-as-at).
func (f *Figures) knowing(q figures.Question, today civil.Date, newest version) figures.Knowing {
	knowing := figures.Knowing{
		AsAt: newest.newest, Provisional: true, DataVersion: newest.name, Today: today, Zone: f.Zone,
	}
	if !q.AsAt.IsZero() {
		knowing.AsAt = q.AsAt.AddDays(1).BeginsIn(f.Zone).Add(-time.Microsecond)
		knowing.Provisional = q.AsAt >= today
	}
	return knowing
}

// storeTime is the as-at that the store is asked for: zero for the newest.
func storeTime(knowing figures.Knowing) time.Time {
	if knowing.Provisional {
		return time.Time{}
	}
	return knowing.AsAt
}

func wrap(what string, err error) error {
	if err != nil {
		return fmt.Errorf("gather %s: %w", what, err)
	}
	return nil
}
