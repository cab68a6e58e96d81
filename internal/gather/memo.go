package gather

import (
	"context"
	"slices"
	"sync"
)

// memo keeps a few values by what they are computed from; the one that was not asked for the longest makes room. It is
// safe for use by many goroutines.
type memo[K comparable, V any] struct {
	room int

	mu      sync.Mutex
	order   []K // of kept, the one asked for last at the end
	kept    map[K]V
	running map[K]*running[V]
}

// running is a computation under way, and who waits for it.
type running[V any] struct {
	done   chan struct{}   // closed at its end
	ctx    context.Context //nolint:containedctx // of all who wait, not of one of them
	cancel context.CancelFunc

	mu      sync.Mutex
	waiting int // those whose clients are still there
	// abandoned says that all of them had gone before the end.
	abandoned bool

	value    V
	err      error
	panicked any
}

func newMemo[K comparable, V any](room int) *memo[K, V] {
	return &memo[K, V]{room: room, kept: map[K]V{}, running: map[K]*running[V]{}}
}

// get returns the kept value of a key, or computes and keeps it; other goroutines that ask meanwhile wait for the
// same one. An error is returned to all of them and not kept. What is computed takes a turn of the one who asks first,
// and ends when all who wait for it have gone.
func (m *memo[K, V]) get(ctx context.Context, key K, compute func(context.Context) (V, error)) (V, error) {
	var none V
	for ctx.Err() == nil {
		if value, found := m.peek(key); found {
			return value, nil
		}
		run, mine := m.join(ctx, key)
		if run == nil { // and after a wait somebody else may have computed it
			if err := takeTurn(ctx); err != nil {
				return none, err
			}
			continue
		}
		leave := context.AfterFunc(ctx, run.leave)
		if mine {
			m.compute(key, run, compute)
		}
		select {
		case <-run.done:
		case <-ctx.Done():
		}
		leave()
		switch {
		case !isDone(run.done):
			return none, context.Cause(ctx)
		case run.panicked != nil:
			panic(run.panicked)
		case run.err != nil && run.abandoned && ctx.Err() == nil:
			continue // all others had gone: it ended for them
		default:
			return run.value, run.err
		}
	}
	return none, context.Cause(ctx)
}

// peek returns the kept value of a key, which is the one asked for last then.
func (m *memo[K, V]) peek(key K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, found := m.kept[key]
	if at := slices.Index(m.order, key); found && at < len(m.order)-1 {
		m.order = append(slices.Delete(m.order, at, at+1), key)
	}
	return value, found
}

// join returns the computation of a key: one under way or, where the asker has a turn, a new one, which is mine to do;
// otherwise none.
func (m *memo[K, V]) join(ctx context.Context, key K) (run *running[V], mine bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if run = m.running[key]; run == nil {
		if _, kept := m.kept[key]; kept || !hasTurn(ctx) {
			return nil, false // computed a moment ago, or to be waited for
		}
		run, mine = &running[V]{done: make(chan struct{})}, true
		run.ctx, run.cancel = context.WithCancel(context.WithoutCancel(ctx)) //nolint:gosec // compute and leave call it
		m.running[key] = run
	}
	run.mu.Lock()
	defer run.mu.Unlock()
	run.waiting++
	return run, mine
}

// compute works out a value and ends its computation.
func (m *memo[K, V]) compute(key K, run *running[V], compute func(context.Context) (V, error)) {
	computed := false
	defer func() {
		if !computed {
			run.panicked = recover()
		}
		run.cancel()
		m.finish(key, run.value, computed && run.err == nil)
		close(run.done)
	}()
	run.value, run.err = compute(run.ctx)
	computed = true
}

// leave is of one who no longer waits; after the last the computation is to end.
func (r *running[V]) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waiting--; r.waiting == 0 {
		r.abandoned = true
		r.cancel()
	}
}

// finish ends a computation, and keeps its value when it has one.
func (m *memo[K, V]) finish(key K, value V, computed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.running, key)
	if !computed {
		return
	}
	m.kept[key] = value
	m.order = append(m.order, key)
	for len(m.order) > m.room {
		delete(m.kept, m.order[0])
		m.order = m.order[1:]
	}
}

func isDone(done chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}
