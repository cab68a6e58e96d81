// Package reading keeps what the streams of a family say, as read from the store a moment ago: one query for everybody,
// so that no request costs one.
package reading

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"mirsad/internal/programme"
)

// Store keeps streams of facts.
type Store interface {
	// Facts returns the facts of the families recorded by asAt; a zero asAt means now.
	Facts(ctx context.Context, families []programme.Family, asAt time.Time) ([]programme.Fact, error)
}

// Configuration says what is read and how old it may be.
type Configuration struct {
	Family programme.Family
	// FreshFor is how old a reading may be when a request is decided by it.
	FreshFor time.Duration // 5 s
}

// Dependencies are what a reading needs.
type Dependencies struct {
	Store  Store
	Logger *slog.Logger
	Now    func() time.Time
}

// Reading is a family's streams, each folded into a T; it is safe for use by many goroutines.
type Reading[T any] struct {
	Configuration
	Dependencies

	fold   func([]programme.Fact) (T, bool, error)
	flight singleflight.Group
	last   atomic.Pointer[read[T]]
	// dropped counts Forget, so that a reading begun before a change is not taken for fresh after it.
	dropped atomic.Int64

	// behind says that Run knows the store to be away or slow, so that no request has to find out by waiting.
	behind atomic.Bool

	mu      sync.Mutex
	triedAt time.Time
}

// read is the family at one moment.
type read[T any] struct {
	bySubject map[string]T
	at        time.Time
	stale     bool // dropped by a change made here
}

const (
	defaultFresh = 5 * time.Second
	// readWait bounds one reading, retryAfter the time to the next after one that failed.
	readWait   = 3 * time.Second
	retryAfter = time.Second
	// patience is how long a request waits for a slow store when there is an earlier reading.
	patience = 500 * time.Millisecond
	// newestEvery is the least time between two readings for what the last one lacks.
	newestEvery = 200 * time.Millisecond
	// staleFor is how long requests are still decided by the last reading while the store is away: what agencies
	// send is then taken into the spool, which must not depend on the database. Beyond it who was shut out could go on
	// for as long as the store is kept away.
	staleFor = time.Hour
)

// New returns a reading that has read nothing yet; fold makes a T of the facts of one stream, which are never none.
func New[T any](
	cfg Configuration, deps Dependencies, fold func([]programme.Fact) (T, bool, error),
) *Reading[T] {
	if cfg.FreshFor == 0 {
		cfg.FreshFor = defaultFresh
	}
	return &Reading[T]{Configuration: cfg, Dependencies: deps, fold: fold}
}

// Run reads the family at once and then twice in every FreshFor, until ctx ends, so that requests find it fresh; while
// the store is away or hangs they are decided by the last reading and wait for none.
func (r *Reading[T]) Run(ctx context.Context) {
	defer r.behind.Store(false)
	again := time.NewTicker(r.FreshFor / 2)
	defer again.Stop()
	failing := false
	for {
		slow := time.AfterFunc(patience, func() { r.behind.Store(true) })
		_, err := r.Read(ctx)
		slow.Stop()
		r.behind.Store(err != nil)
		if err != nil && !failing && ctx.Err() == nil {
			r.Logger.WarnContext(ctx, "requests are decided by an old reading", slog.String("family", string(r.Family)),
				slog.Duration("age", r.Age()), slog.String("error", err.Error()))
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// Age returns how long ago what requests are decided by was read; since the zero time when nothing was.
func (r *Reading[T]) Age() time.Duration {
	last := r.last.Load()
	if last == nil {
		return r.Now().Sub(time.Time{})
	}
	return r.Now().Sub(last.at)
}

// Known reports whether requests can be decided, be the store there or not.
func (r *Reading[T]) Known() bool { return r.Age() < staleFor }

// Forget makes the next request read again: something was changed in this process.
func (r *Reading[T]) Forget() { r.dropped.Add(1); r.markStale() }

func (r *Reading[T]) markStale() {
	for {
		last := r.last.Load()
		if last == nil || last.stale {
			return
		}
		stale := *last
		stale.stale = true
		if r.last.CompareAndSwap(last, &stale) {
			return
		}
	}
}

// Current returns the family by subject, read no longer ago than FreshFor; while the store is away, the last reading
// for up to an hour. It is not to be changed.
func (r *Reading[T]) Current(ctx context.Context) (map[string]T, error) {
	now := r.Now()
	last := r.last.Load()
	switch {
	case last == nil || now.Sub(last.at) >= staleFor:
		return r.Read(ctx)
	case !last.stale && now.Sub(last.at) < r.FreshFor, r.behind.Load(), r.triedJustNow(now):
		return last.bySubject, nil
	}
	patient, stop := context.WithTimeout(ctx, patience)
	defer stop()
	bySubject, err := r.Read(patient)
	if err == nil {
		return bySubject, nil
	}
	r.Logger.WarnContext(ctx, "requests are decided by an old reading", slog.String("family", string(r.Family)),
		slog.Time("read_at", last.at), slog.String("error", err.Error()))
	return last.bySubject, nil
}

// Newest returns the family as read from now on, for who asks for something that the last reading lacks: it may have been
// made a moment ago. A store that is slow or away is not waited for, and it is read five times a second at most.
func (r *Reading[T]) Newest(ctx context.Context) (map[string]T, error) {
	asked, last := r.Now(), r.last.Load()
	if last == nil {
		return r.Read(ctx)
	}
	if r.behind.Load() || r.triedJustNow(asked) {
		return last.bySubject, nil
	}
	patient, stop := context.WithTimeout(ctx, patience)
	defer stop()
	if rest := min(newestEvery, newestEvery-asked.Sub(last.at)); rest > 0 {
		select {
		case <-time.After(rest):
		case <-patient.Done():
			return last.bySubject, nil
		}
	}
	read, err := r.Read(patient)
	if current := r.last.Load(); err == nil && current.at.Before(asked) { // it was under way already
		read, err = r.Read(patient)
	}
	if err != nil {
		return last.bySubject, nil //nolint:nilerr // as while the store is away
	}
	return read, nil
}

// triedJustNow reports whether a reading failed a moment ago.
func (r *Reading[T]) triedJustNow(now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.triedAt.IsZero() && now.Sub(r.triedAt) < retryAfter
}

func (r *Reading[T]) tried(at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.triedAt = at
}

// Read asks the store; those who ask meanwhile wait for the same answer, which is not to be changed.
func (r *Reading[T]) Read(ctx context.Context) (map[string]T, error) {
	dropped := r.dropped.Load()
	answer := r.flight.DoChan(strconv.FormatInt(dropped, 10), func() (any, error) {
		limited, stop := context.WithTimeout(context.WithoutCancel(ctx), readWait)
		defer stop()
		return r.load(limited, dropped)
	})
	select {
	case <-ctx.Done():
		r.tried(r.Now())
		return nil, fmt.Errorf("%w: read family %s: %w", programme.ErrUnavailable, r.Family, ctx.Err())
	case result := <-answer:
		if result.Err != nil {
			r.tried(r.Now())
			return nil, result.Err
		}
		r.tried(time.Time{})
		return result.Val.(*read[T]).bySubject, nil
	}
}

func (r *Reading[T]) load(ctx context.Context, dropped int64) (*read[T], error) {
	began := r.Now()
	facts, err := r.Store.Facts(ctx, []programme.Family{r.Family}, time.Time{})
	if err != nil {
		return nil, programme.Unavailable("read family "+string(r.Family), err)
	}
	streams := map[string][]programme.Fact{}
	for _, fact := range facts {
		streams[fact.Subject] = append(streams[fact.Subject], fact)
	}
	found := &read[T]{bySubject: make(map[string]T, len(streams)), at: began}
	for subject, stream := range streams {
		if found.bySubject[subject], _, err = r.fold(stream); err != nil {
			return nil, programme.Unavailable("fold family "+string(r.Family), err)
		}
	}
	if r.dropped.Load() == dropped {
		r.last.Store(found)
	}
	return found, nil
}
