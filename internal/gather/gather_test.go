package gather_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/figures"
	"mirsad/internal/gather"
	"mirsad/internal/programme"
)

// watched is the real store that notes which tables are read.
type watched struct {
	*clickhouse.DB
	mu   sync.Mutex
	read []string
}

func (w *watched) note(tables ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.read = append(w.read, tables...)
}

func (w *watched) Facts(ctx context.Context, families []programme.Family, asAt time.Time) ([]programme.Fact, error) {
	for _, family := range families {
		w.note(string(family) + "_fact")
	}
	return w.DB.Facts(ctx, families, asAt)
}

func (w *watched) Rollouts(ctx context.Context, asAt time.Time) ([]programme.Rollout, error) {
	w.note("rollout_event")
	return w.DB.Rollouts(ctx, asAt)
}

func (w *watched) Milestones(ctx context.Context, asAt time.Time) ([]programme.MilestoneEvent, error) {
	w.note("milestone_event")
	return w.DB.Milestones(ctx, asAt)
}

func (w *watched) Use(ctx context.Context, asAt time.Time) (programme.Use, error) {
	w.note("statement")
	return w.DB.Use(ctx, asAt)
}

// What makes figures new is read for them, and nothing else is: neither in vain nor missed.
func TestFiguresAreGatheredFromWhatDrivesThem(t *testing.T) {
	_, db, watch := start(t)
	store := &watched{DB: db}
	kept, err := gather.New(
		gather.Configuration{Zone: time.UTC, VersionEvery: versionEvery},
		gather.Dependencies{Store: store, Now: watch.Now})
	if err != nil {
		t.Fatal(err)
	}
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))
	if _, err := kept.Figures(t.Context(), figures.Question{On: civil.NewDate(2016, 9, 30)}); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, table := range programme.Tables() {
		if table.DrivesFigures {
			want = append(want, table.Name)
		}
	}
	slices.Sort(want)
	slices.Sort(store.read)
	if got := slices.Compact(store.read); !slices.Equal(got, want) {
		t.Errorf("gathered from %v, want %v", got, want)
	}
}
