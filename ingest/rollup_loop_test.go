package ingest

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// recomputing is a store that notes when the rollups are recomputed and compared, and fails the first few times.
type recomputing struct {
	*memoryStore
	recomputed, compared tries
	failures             int
	takes                time.Duration
	differing            []programme.Drift
}

func newRecomputing() *recomputing {
	began := time.Now()
	return &recomputing{memoryStore: newMemoryStore(), recomputed: tries{began: began}, compared: tries{began: began}}
}

func (r *recomputing) Recompute(ctx context.Context) (int, error) {
	if r.recomputed.note() <= r.failures {
		return 0, errAway
	}
	pass(r.takes)
	return r.memoryStore.Recompute(ctx)
}

func (r *recomputing) Drift(context.Context, civil.Date, civil.Date) ([]programme.Drift, error) {
	r.compared.note()
	return r.differing, nil
}

func TestRollupsOfOtherMachinesAreLookedForNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newRecomputing()
		f := newFixture(t, Configuration{RollupEvery: 10 * time.Second}, store, passing())
		store.recomputed.began = time.Now()
		f.start(t)
		pass(31 * time.Second)
		// Each look is followed by the shortest pause and the wait.
		want := []time.Duration{0, 10_200 * time.Millisecond, 20_400 * time.Millisecond, 30_600 * time.Millisecond}
		if got := store.recomputed.at; !slices.Equal(got, want) {
			t.Errorf("looked at %v, want %v", got, want)
		}
	})
}

func TestRollupFollowsAChunkAfterItsPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newRecomputing()
		store.takes = 300 * time.Millisecond // a pause of 3 s
		f := newFixture(t, Configuration{ChunkAge: time.Second, RollupEvery: time.Hour}, store, passing())
		f.start(t)
		pass(time.Minute)
		store.recomputed = tries{began: time.Now()}
		f.lines(t, agency, usage(nil))
		pass(1500 * time.Millisecond)
		f.lines(t, agency, usage(nil, fields{"id": "2"})) // during the recomputation or its pause
		pass(time.Minute)
		got := store.recomputed.at
		if len(got) < 2 || got[0].Round(100*time.Millisecond) != time.Second {
			t.Fatalf("recomputed at %v, want twice, at first after a second", got)
		}
		if pause := got[1] - got[0]; pause != 3300*time.Millisecond {
			t.Errorf("the second came %s after the first, want 3.3s: what it took and its pause", pause)
		}
		if !f.rollup.clean() || f.rollup.lag() != 0 {
			t.Error("something is left to recompute")
		}
	})
}

func TestRollupIsTriedAgainUntilTheStoreIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newRecomputing()
		store.failures = 3
		f := newFixture(t, Configuration{RollupEvery: time.Hour}, store, passing())
		store.recomputed.began = time.Now()
		f.start(t)
		pass(3 * time.Second)
		if f.rollup.clean() {
			t.Error("clean, though nothing was recomputed")
		}
		pass(time.Minute)
		want := []time.Duration{0, 2 * time.Second, 4 * time.Second, 6 * time.Second}
		if got := store.recomputed.at; !slices.Equal(got, want) {
			t.Errorf("tried at %v, want %v", got, want)
		}
		if !f.rollup.clean() {
			t.Error("not clean after a recomputation")
		}
	})
}

func TestWaitingForTheRollupsSkipsThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newRecomputing()
		store.takes = 10 * time.Second // a pause of a minute
		f := newFixture(t, Configuration{ChunkAge: time.Second, RollupEvery: time.Hour}, store, passing())
		f.start(t)
		pass(10 * time.Second) // the first recomputation ends, its pause begins
		began := time.Now()
		f.lines(t, agency, usage(nil))
		f.idle(t)
		if waited := time.Since(began); waited < 10*time.Second || waited > 11*time.Second {
			t.Errorf("waited for %s, want the 10 s of a recomputation", waited)
		}
		if !f.Lag().RollupsClean {
			t.Error("not clean after the wait")
		}
	})
}

func TestRawAndRollupAreComparedOnceAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newRecomputing()
		store.differing = []programme.Drift{{}, {}}
		f := newFixture(t, Configuration{RollupEvery: time.Minute}, store, passing())
		f.start(t)
		pass(3*time.Hour - time.Minute)
		if len(store.compared.at) != 3 {
			t.Errorf("compared at %v, want three times in three hours", store.compared.at)
		}
		if slices := testutil.ToFloat64(f.metrics.drift); slices != 2 {
			t.Errorf("%v slices differ by the metric, want 2", slices)
		}
	})
}
