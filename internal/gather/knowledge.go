package gather

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
)

// knowledgeKey names what was known: as at a day, by a version of the data read today. The same facts are read otherwise
// tomorrow: a day is over then, with it perhaps a month, and what was known by the end of it no longer grows.
type knowledgeKey struct {
	asAt    civil.Date
	version string
	today   civil.Date
}

// knowledgeAt returns what was known as at the question's moment, gathered at most once per data version; it has no
// sums by day.
func (f *Figures) knowledgeAt(ctx context.Context, q figures.Question) (*reckon.Knowledge, error) {
	newest, err := f.version.get(ctx)
	if err != nil {
		return nil, err
	}
	today := civil.DateOf(f.now().In(f.zone))
	key := knowledgeKey{q.AsAt, newest.name, today}
	return f.knowledge.get(ctx, q.AsAt.IsZero(), key, func(ctx context.Context) (*reckon.Knowledge, error) {
		return f.gather(ctx, f.knowing(q, today, newest))
	})
}

// withDays adds the sums by day of a stretch to what was known.
func (f *Figures) withDays(
	ctx context.Context, knowledge *reckon.Knowledge, from, to civil.Date,
) (*reckon.Knowledge, error) {
	days, err := f.store.Days(ctx, storeTime(knowledge.Knowing), from, to)
	if err != nil {
		return nil, wrap("days", err)
	}
	bounded := programme.Use{Days: days}
	boundSums(&bounded)
	return knowledge.WithDays(bounded.Days, from, to), nil
}

// gather reads everything that was recorded by the moment of the knowledge, but sums by day.
func (f *Figures) gather(ctx context.Context, knowing catalogue.Knowing) (*reckon.Knowledge, error) {
	asAt := storeTime(knowing)
	var facts programme.Facts
	var use programme.Use
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		facts.Streams, err = f.store.Facts(ctx, programme.FigureFamilies(), asAt)
		return wrap("facts", err)
	})
	group.Go(func() (err error) {
		facts.Rollouts, err = f.store.Rollouts(ctx, asAt)
		return wrap("rollouts", err)
	})
	group.Go(func() (err error) {
		facts.Phases, err = f.store.Milestones(ctx, asAt)
		return wrap("milestones", err)
	})
	group.Go(func() (err error) {
		use, err = f.store.Use(ctx, asAt)
		return wrap("use", err)
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if left := boundSums(&use); left > 0 {
		f.log.WarnContext(ctx, "numbers beyond any use are left out", slog.Int("numbers", left))
	}
	return reckon.NewKnowledge(facts, use, knowing)
}

// knowing resolves the question's as-at: a draft's is its newest fact's time, not the clock's
// (docs/rules.md#on-and-as-at).
func (f *Figures) knowing(q figures.Question, today civil.Date, newest version) catalogue.Knowing {
	knowing := catalogue.Knowing{
		AsAt: newest.newest, Provisional: true, DataVersion: newest.name, Today: today, Zone: f.zone,
	}
	if !q.AsAt.IsZero() {
		knowing.AsAt = q.AsAt.AddDays(1).BeginsIn(f.zone).Add(-time.Microsecond)
		knowing.Provisional = q.AsAt >= today
	}
	return knowing
}

// storeTime is the as-at that the store is asked for: zero for the newest.
func storeTime(knowing catalogue.Knowing) time.Time {
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
