package ingest

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// The pause between two recomputations: fifteen times as long as the last one took, so that on average they get a
// sixteenth of the machine at most (a tenth is allowed), and never so long that figures seem to stand still. A slice of
// a million events takes 0.2 s: with the chunk's second, its figures are then 4 to 5 s behind.
const (
	rollupPauses        = 15
	shortestRollupPause = 200 * time.Millisecond
	longestRollupPause  = time.Minute
	// rollupRetry is the pause after a failure.
	rollupRetry = 2 * time.Second
)

// rollup has dirty slices recomputed: at the start, after chunks, and now and then for those of other machines.
type rollup struct {
	configuration Configuration
	Dependencies
	metrics *metrics
	wake    chan struct{} // slices were marked
	hurry   chan struct{} // somebody waits for clean rollups

	marked atomic.Uint64 // times that slices were marked; 1 at the start, for those of an earlier run
	done   atomic.Uint64 // the value of marked up to which no slice is dirty
}

func newRollup(c Configuration, d Dependencies, m *metrics) *rollup {
	r := &rollup{configuration: c, Dependencies: d, metrics: m, wake: make(chan struct{}, 1), hurry: make(chan struct{}, 1)}
	r.marked.Store(1)
	return r
}

// mark says that slices have been marked dirty.
func (r *rollup) mark() {
	r.marked.Add(1)
	poke(r.wake)
}

// flush asks for a recomputation without a pause before it.
func (r *rollup) flush() { poke(r.hurry) }

// poke leaves a signal for whoever receives; one that waits already is enough.
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
		case <-r.hurry:
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
	case <-r.hurry:
	case <-timer.C:
	}
}

// recompute brings the dirty slices up to date and returns how long to pause after it.
func (r *rollup) recompute(ctx context.Context) time.Duration {
	marked := r.marked.Load()
	began := r.Now()
	slices, err := r.Store.Recompute(ctx)
	if err != nil {
		if ctx.Err() == nil {
			r.Logger.WarnContext(ctx, "rollup not recomputed, will try again", slog.Any("error", err))
		}
		return rollupRetry
	}
	r.done.Store(marked)
	took := max(r.Now().Sub(began), 0)
	if slices > 0 {
		r.metrics.rollupSlices.Add(float64(slices))
		r.metrics.rollupSeconds.Observe(took.Seconds())
	}
	return min(max(rollupPauses*took, shortestRollupPause), longestRollupPause)
}
