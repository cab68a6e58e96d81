package account

import (
	"context"
	"sync"

	"mirsad/internal/programme"
)

type verdictKey struct{}

// verdict is how a request of somebody who is known ends: accepted, unless somebody notes a refusal.
type verdict struct {
	mu      sync.Mutex // a handler may answer from another goroutine
	refused programme.TokenRefusal
	act     act
	// written is whether the act has its row: what an office writes down for itself is not written again for its request.
	written bool
}

// act is what a handler tells of what it did.
type act struct {
	object, entity string
	before, after  any
}

func (v *verdict) reason() programme.TokenRefusal {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.refused
}

func withVerdict(ctx context.Context, v *verdict) context.Context {
	return context.WithValue(ctx, verdictKey{}, v)
}

// NoteAct says what a handler changed, for the audit row of its request: the object and whose it is (empty: what the
// address says, and the actor's), and what it was before and after, without secrets.
func NoteAct(ctx context.Context, object, entity string, before, after any) {
	if v, found := verdictOf(ctx); found {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.act = act{object: object, entity: entity, before: before, after: after}
	}
}

func (v *verdict) noted() act {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.act
}

// NoteRefusal says that the request is refused, for what the guard could not know: a handler that finds another entity's
// object calls it beside its answer. It is told of the token, and written down.
func NoteRefusal(ctx context.Context, reason programme.TokenRefusal) {
	if v, found := verdictOf(ctx); found {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.refused = reason
	}
}

// noteWritten says that what the request does has its row in the audit record.
func noteWritten(ctx context.Context) {
	if v, found := verdictOf(ctx); found {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.written = true
	}
}

func (v *verdict) hasRow() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.written
}

// verdictOf returns the verdict of a request of somebody who is known.
func verdictOf(ctx context.Context) (*verdict, bool) {
	v, found := ctx.Value(verdictKey{}).(*verdict)
	return v, found
}
