// Package queue shares what there is little of, such as the processor, between callers: each has a place of its own, so
// that one who asks for a thousand things waits behind itself and nobody else does.
package queue

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"mirsad/internal/programme"
)

// Configuration says how much there is. All of it must be given but Waiting, OwnWaiting and Patience: without them
// nobody waits.
type Configuration struct {
	// Room is how much is given out at once to all, Own how much of it to one caller.
	Room, Own int
	// Waiting is how many may wait at once of all callers, OwnWaiting of one.
	Waiting, OwnWaiting int
	// Patience is how long one waits at most.
	Patience time.Duration
}

// Queue gives turns; it is safe for use by many goroutines.
type Queue struct {
	Configuration

	mu      sync.Mutex
	taken   int
	waiting int
	callers map[string]*caller
	// next are the callers who wait, the one whose turn is next first.
	next []*caller
}

// caller is who has turns or waits for some.
type caller struct {
	name    string
	taken   int
	waiting []*waiter // the longest first
}

type waiter struct {
	weight int
	given  chan struct{} // closed when the turn is given
}

// New returns a queue in which nobody waits.
func New(cfg Configuration) *Queue {
	return &Queue{Configuration: cfg, callers: map[string]*caller{}}
}

// Enter waits for a turn that takes so much of the room, and returns how to give it back. It ends with the context, and
// with programme.ErrBusy when too many wait already or the turn does not come in time.
func (q *Queue) Enter(ctx context.Context, name string, weight int) (leave func(), err error) {
	weight = max(1, min(weight, q.Own, q.Room))
	q.mu.Lock()
	who := q.callers[name]
	if who == nil {
		who = &caller{name: name}
		q.callers[name] = who
	}
	w := &waiter{weight: weight, given: make(chan struct{})}
	q.enqueue(who, w)
	q.give()
	if busy := q.refuse(who, w); busy != nil {
		q.mu.Unlock()
		return nil, busy
	}
	q.mu.Unlock()
	if err := q.wait(ctx, who, w); err != nil {
		return nil, err
	}
	if ctx.Err() != nil { // who has left takes nobody's turn
		q.leave(who, weight)
		return nil, fmt.Errorf("wait for a turn: %w", context.Cause(ctx))
	}
	return sync.OnceFunc(func() { q.leave(who, weight) }), nil
}

func (q *Queue) enqueue(who *caller, w *waiter) {
	if len(who.waiting) == 0 {
		q.next = append(q.next, who)
	}
	who.waiting = append(who.waiting, w)
	q.waiting++
}

// refuse takes out a waiter who may not wait; the lock is held.
func (q *Queue) refuse(who *caller, w *waiter) error {
	if isClosed(w.given) || (len(who.waiting) <= q.OwnWaiting && q.waiting <= q.Waiting) {
		return nil
	}
	q.remove(who, w)
	return fmt.Errorf("%w: %d wait, %d of them for %s", programme.ErrBusy, q.waiting, len(who.waiting), who.name)
}

// wait waits for a turn that is not given yet.
func (q *Queue) wait(ctx context.Context, who *caller, w *waiter) error {
	if isClosed(w.given) {
		return nil
	}
	patience := time.NewTimer(q.Patience)
	defer patience.Stop()
	var err error
	select {
	case <-w.given:
		return nil
	case <-ctx.Done():
		err = fmt.Errorf("wait for a turn: %w", context.Cause(ctx))
	case <-patience.C:
		err = fmt.Errorf("%w: no turn within %s", programme.ErrBusy, q.Patience)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if isClosed(w.given) { // it came at the same moment
		q.giveBack(who, w.weight)
		return err
	}
	q.remove(who, w)
	q.give() // it may have stood in the way of others
	return err
}

// give gives turns to those who wait, one caller after the other, while there is room; the lock is held.
func (q *Queue) give() {
	for at := 0; at < len(q.next); {
		who := q.next[at]
		weight := who.waiting[0].weight
		if who.taken+weight > q.Own {
			at++ // it waits for itself
			continue
		}
		if q.taken+weight > q.Room {
			return // nobody overtakes it, or it would wait for ever
		}
		w := who.waiting[0]
		who.taken, q.taken = who.taken+weight, q.taken+weight
		q.remove(who, w)
		if len(who.waiting) > 0 { // to the end of the row
			here := slices.Index(q.next, who)
			q.next = append(slices.Delete(q.next, here, here+1), who)
		}
		close(w.given)
		at = 0
	}
}

// remove takes a waiter out of the row; the lock is held.
func (q *Queue) remove(who *caller, w *waiter) {
	at := slices.Index(who.waiting, w)
	who.waiting = slices.Delete(who.waiting, at, at+1)
	q.waiting--
	if len(who.waiting) == 0 {
		here := slices.Index(q.next, who)
		q.next = slices.Delete(q.next, here, here+1)
	}
	q.forget(who)
}

// forget drops a caller who has nothing and waits for nothing; the lock is held.
func (q *Queue) forget(who *caller) {
	if who.taken == 0 && len(who.waiting) == 0 && q.callers[who.name] == who {
		delete(q.callers, who.name)
	}
}

func (q *Queue) leave(who *caller, weight int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.giveBack(who, weight)
}

// giveBack ends a turn; the lock is held.
func (q *Queue) giveBack(who *caller, weight int) {
	who.taken, q.taken = who.taken-weight, q.taken-weight
	q.forget(who)
	q.give()
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
