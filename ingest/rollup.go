package ingest

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"mirsad/internal/civil"
)

// The pause between two recomputations. Fifteen times as long as the last one took leaves the machine to the events;
// but figures shall be seen within 5 s of the answer up to slices of a million events (docs/design.md#speed), so the
// pause is 3 s at most as long as that keeps recomputing to a tenth of the machine.
const (
	calmPauses     = 15
	leastPauses    = 9
	shortestPause  = 200 * time.Millisecond
	promptPause    = 3 * time.Second
	longestPause   = time.Minute
	pauseAfterFail = 2 * time.Second
)

// pauseAfter returns the pause after a recomputation that took so long.
func pauseAfter(took time.Duration) time.Duration {
	pause := min(max(calmPauses*took, shortestPause), longestPause)
	if leastPauses*took <= promptPause {
		pause = min(pause, promptPause)
	}
	return pause
}

// rollup has dirty slices recomputed: at the start, after chunks, and now and then for those of other machines.
type rollup struct {
	configuration Configuration
	Dependencies
	metrics  *metrics
	wake     chan struct{} // slices were marked
	flushNow chan struct{} // somebody waits for clean rollups

	marked atomic.Uint64 // times that slices were marked; 1 at the start, for those of an earlier run
	done   atomic.Uint64 // the value of marked up to which no slice is dirty

	mu      sync.Mutex
	waiting []time.Time // when the oldest row of each chunk was answered that is not in the rollups yet

	limit   time.Duration // how long the store may take for the next recomputation
	checked time.Time     // when raw and rollup were last compared
}

func newRollup(c Configuration, d Dependencies, m *metrics) *rollup {
	r := &rollup{
		configuration: c,
		Dependencies:  d,
		metrics:       m,
		wake:          make(chan struct{}, 1),
		flushNow:      make(chan struct{}, 1),
		limit:         2 * c.AttemptFirst,
	}
	r.marked.Store(1)
	return r
}

// mark says that a chunk's slices have been marked dirty; oldest is when the first of its rows was answered.
func (r *rollup) mark(oldest time.Time) {
	r.mu.Lock()
	r.waiting = append(r.waiting, oldest)
	r.mu.Unlock()
	r.marked.Add(1)
	poke(r.wake)
}

// seen records how long the first n chunks took until figures had them.
func (r *rollup) seen(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, answered := range r.waiting[:n] {
		r.metrics.visible.Observe(max(r.Now().Sub(answered), 0).Seconds())
	}
	r.waiting = r.waiting[n:]
}

// lag returns how long the oldest row has waited that is in the store and not in the rollups.
func (r *rollup) lag() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.waiting) == 0 {
		return 0
	}
	return max(r.Now().Sub(r.waiting[0]), 0)
}

// flush asks for a recomputation without a pause before it.
func (r *rollup) flush() { poke(r.flushNow) }

// poke leaves a signal for the receiver; one that waits already is enough.
func poke(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}

// clean reports whether all slices marked by this process are recomputed.
func (r *rollup) clean() bool { return r.done.Load() == r.marked.Load() }

func (r *rollup) run(ctx context.Context) {
	for ctx.Err() == nil {
		pause := time.NewTimer(r.recompute(ctx))
		select {
		case <-ctx.Done():
		case <-r.flushNow:
		case <-pause.C:
			r.await(ctx)
		}
		pause.Stop()
	}
}

// await returns when something is dirty, when somebody waits, or when it is time to look for other machines' slices.
func (r *rollup) await(ctx context.Context) {
	if !r.clean() {
		return
	}
	timer := time.NewTimer(r.configuration.RollupEvery)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-r.wake:
	case <-r.flushNow:
	case <-timer.C:
	}
}

// recompute brings the dirty slices up to date and returns how long to pause after it.
func (r *rollup) recompute(ctx context.Context) time.Duration {
	r.mu.Lock()
	marked, chunks := r.marked.Load(), len(r.waiting)
	r.mu.Unlock()
	began := r.Now()
	slices := 0
	err := attempt(ctx, &r.limit, func(ctx context.Context) (err error) {
		slices, err = r.Store.Recompute(ctx)
		return err
	})
	r.metrics.operatorNeeded(doingRollup, err)
	if err != nil {
		if ctx.Err() == nil {
			r.Logger.WarnContext(ctx, "rollup not recomputed, will try again", slog.Any("error", err))
		}
		return pauseAfterFail
	}
	r.done.Store(marked)
	r.seen(chunks)
	r.compare(ctx)
	took := max(r.Now().Sub(began), 0)
	if slices > 0 {
		r.metrics.rollupSlices.Add(float64(slices))
		r.metrics.rollupSeconds.Observe(took.Seconds())
	}
	return pauseAfter(took)
}

// How often, and for how many days back, raw events and rollup are compared while the service runs.
const (
	driftEvery = time.Hour
	driftDays  = 3
)

// compare sets a metric to whether the rollups of the last days are what their raw events say; `mirsad verify` names
// the slices.
func (r *rollup) compare(ctx context.Context) {
	now := r.Now()
	if now.Sub(r.checked) < driftEvery && !now.Before(r.checked) {
		return
	}
	r.checked = now
	today := civil.DateOf(now.In(r.Zone))
	differing, err := r.Store.Drift(ctx, today.AddDays(-driftDays), today)
	if err != nil {
		r.Logger.WarnContext(ctx, "raw events and rollup not compared", slog.Any("error", err))
		return
	}
	r.metrics.drift.Set(float64(len(differing)))
	if len(differing) > 0 {
		r.Logger.ErrorContext(
			ctx, "rollup differs from its raw events", slog.Int("slices", len(differing)),
			slog.Any("first", differing[0]),
		)
	}
}
