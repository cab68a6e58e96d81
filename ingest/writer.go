package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"mirsad/ingest/spool"
	"mirsad/internal/programme"
	"mirsad/internal/wait"
)

// writer carries chunks of the spool to the store, one at a time and in order.
type writer struct {
	configuration Configuration
	Dependencies
	metrics  *metrics
	rollup   *rollup
	pending  *pendingReceipts
	flushNow chan struct{}
	chunks   *chunkReader
}

func newWriter(c Configuration, d Dependencies, m *metrics, r *rollup, p *pendingReceipts) *writer {
	return &writer{
		configuration: c, Dependencies: d, metrics: m, rollup: r, pending: p,
		flushNow: make(chan struct{}, 1), chunks: newChunkReader(),
	}
}

// run writes until ctx ends. A chunk cut short is taken again, the same, by the next run.
func (w *writer) run(ctx context.Context) {
	failures := 0
	for ctx.Err() == nil {
		if !w.due(ctx) {
			continue
		}
		if err := w.writeChunk(ctx); err != nil && ctx.Err() == nil {
			// The store's passing errors are waited out further down; this is the spool's own.
			w.Logger.ErrorContext(ctx, "chunk not written", slog.Any("error", err))
			_ = wait.For(ctx, w.pauseAfter(failures)) // ends early with ctx, which the loop sees
			failures++
			continue
		}
		failures = 0
	}
}

// due waits until a chunk is worth writing: big enough, old enough, or asked for.
func (w *writer) due(ctx context.Context) bool {
	depth := w.Spool.Depth()
	wait := time.Duration(-1)
	switch age := w.Now().Sub(depth.Oldest); {
	case depth.Rows == 0:
	case depth.Rows >= int64(w.configuration.ChunkRows), age >= w.configuration.ChunkAge, age < 0:
		return true
	default:
		wait = w.configuration.ChunkAge - age
	}
	var timer <-chan time.Time
	if wait >= 0 {
		timer = time.After(wait)
	}
	select {
	case <-ctx.Done():
		return false
	case <-timer:
		return true
	case <-w.flushNow:
		return w.Spool.Depth().Rows > 0
	case <-w.Spool.Wake():
		return false // look at the depth again
	}
}

// flush asks for what waits to be written now.
func (w *writer) flush() { poke(w.flushNow) }

func (w *writer) writeChunk(ctx context.Context) error {
	began, oldest := w.Now(), w.Spool.Depth().Oldest
	r, err := w.Spool.Take(w.configuration.ChunkRows)
	if err != nil || r.Empty() {
		return err
	}
	if err := w.Spool.SetChunk(r); err != nil {
		return err
	}
	c, err := w.chunks.read(w.Spool, r)
	if err != nil {
		return err
	}
	touched := c.slices()
	if err := w.store(ctx, r, c, touched); err != nil {
		return err
	}
	if len(touched) > 0 {
		w.rollup.mark(oldest)
	}
	if err := w.Spool.Delete(r); err != nil {
		return err
	}
	w.pending.forget(r.To)
	w.metrics.chunkRows.Observe(float64(r.To - r.From))
	w.metrics.chunkSeconds.Observe(w.Now().Sub(began).Seconds())
	return nil
}

// store writes the chunk's blocks in the order in which a reader may trust them: what was answered first, the slices
// to recompute last.
func (w *writer) store(ctx context.Context, r spool.Range, c *chunk, touched []programme.Slice) error {
	tokens := fmt.Sprintf("%s/%d-%d/", w.Spool.ID(), r.From, r.To)
	if err := insert(ctx, w, tokens+"receipts", c.receipts, w.Store.InsertReceipts, nil); err != nil {
		return err
	}
	if err := insert(ctx, w, tokens+"refusals", c.refusals, w.Store.InsertRefusals, nil); err != nil {
		return err
	}
	var rejected []programme.Refusal
	for _, b := range c.blocks {
		some, err := b.write(ctx, w, tokens, c)
		if err != nil {
			return err
		}
		rejected = append(rejected, some...)
	}
	if err := insert(ctx, w, tokens+"rejected", rejected, w.Store.InsertRefusals, nil); err != nil {
		return err
	}
	return insert(ctx, w, tokens+"dirty", touched, w.Store.MarkDirty, nil)
}

// insert writes one block, trying again for as long as the error may pass. A block
// that the store will never take is halved, each half under a token of its own, until
// the rows at fault are alone and are refused; the others are stored.
func insert[T any](
	ctx context.Context, w *writer, token string, rows []T,
	put func(context.Context, string, []T) error, refuse func(*T),
) error {
	if len(rows) == 0 {
		return nil
	}
	err := w.withRetry(ctx, token, func(ctx context.Context) error { return put(ctx, token, rows) })
	if err == nil || !errors.Is(err, programme.ErrInvalid) || refuse == nil {
		return err
	}
	if len(rows) == 1 {
		w.Logger.ErrorContext(ctx, "row rejected by the store", slog.String("token", token), slog.Any("error", err))
		w.metrics.refused.WithLabelValues(string(programme.RefusedByStore)).Inc()
		refuse(&rows[0])
		return nil
	}
	half := len(rows) / 2
	if err := insert(ctx, w, token+"a", rows[:half], put, refuse); err != nil {
		return err
	}
	return insert(ctx, w, token+"b", rows[half:], put, refuse)
}

// withRetry calls act until it succeeds, says that it never will, or ctx ends.
func (w *writer) withRetry(ctx context.Context, token string, act func(context.Context) error) error {
	limit := w.configuration.AttemptFirst
	for failures := 0; ; failures++ {
		err := attempt(ctx, &limit, act)
		w.metrics.operatorNeeded(doingWrite, err)
		if err == nil || errors.Is(err, programme.ErrInvalid) {
			return err
		}
		if ctx.Err() != nil {
			return fmt.Errorf("write %s: %w", token, err)
		}
		w.metrics.retries.Inc()
		level := slog.LevelWarn
		if errors.Is(err, programme.ErrOperator) {
			level = slog.LevelError
		}
		w.Logger.Log(ctx, level, "store did not take a block, will try again",
			slog.String("token", token), slog.Int("failures", failures+1), slog.Any("error", err))
		if wait.For(ctx, w.pauseAfter(failures)) != nil {
			return fmt.Errorf("write %s: %w", token, err)
		}
	}
}

// longestAttempt is how long the store may take for one thing at last, when it was too slow for less.
const longestAttempt = 5 * time.Minute

// attempt gives the store a limited time for one thing, and twice as much the next time when that was too little: a
// store that never answers must not hold the writer for ever, and one that is only slow must come to its end.
func attempt(ctx context.Context, limit *time.Duration, act func(context.Context) error) error {
	limited, stop := context.WithTimeout(ctx, *limit)
	defer stop()
	err := act(limited)
	if err == nil || limited.Err() == nil {
		return err
	}
	// Whatever the driver makes of a request that was cut short, it says nothing of the rows.
	err = fmt.Errorf("%w: no answer within %s: %v", programme.ErrUnavailable, *limit, err) //nolint:errorlint // as above
	*limit = min(2**limit, longestAttempt)
	return err
}

// pauseAfter doubles from RetryFirst to RetryLast, less up to a half by chance, so that many writers don't come back at
// once.
func (w *writer) pauseAfter(failures int) time.Duration {
	pause := w.configuration.RetryLast
	if failures < 30 {
		pause = min(pause, w.configuration.RetryFirst<<failures)
	}
	return pause - time.Duration(rand.Int64N(int64(pause)/2+1)) //nolint:gosec // no secret hangs on it
}
