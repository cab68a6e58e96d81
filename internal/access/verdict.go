package access

import (
	"context"
	"sync"

	"mirsad/internal/programme"
)

type verdictKey struct{}

// Verdict is how a request of somebody who is known ends: accepted, unless a refusal is noted.
type Verdict struct {
	mu      sync.Mutex // a handler may answer from another goroutine
	refused programme.TokenRefusal
	act     Act
	written bool
}

// Act is what a request changed: the object and its entity (empty: what the address says, and the actor's), and what
// it was before and after, without secrets.
type Act struct {
	Object, Entity string
	Before, After  any
}

// WithVerdict returns a context in which the request's verdict is noted.
func WithVerdict(ctx context.Context, v *Verdict) context.Context {
	return context.WithValue(ctx, verdictKey{}, v)
}

// VerdictOf returns the verdict of a request of somebody who is known.
func VerdictOf(ctx context.Context) (*Verdict, bool) {
	v, found := ctx.Value(verdictKey{}).(*Verdict)
	return v, found
}

// NoteAct says what a handler changed, for the audit row of its request.
func NoteAct(ctx context.Context, object, entity string, before, after any) {
	note(ctx, func(v *Verdict) { v.act = Act{Object: object, Entity: entity, Before: before, After: after} })
}

// NoteRefusal says that the request is refused, for what the guard could not know: a handler that finds another
// entity's object calls it beside its answer. The refusal is counted for the token and written into the audit record.
func NoteRefusal(ctx context.Context, reason programme.TokenRefusal) {
	note(ctx, func(v *Verdict) { v.refused = reason })
}

// NoteWritten says that what the request does has its row in the audit record already, so that none is added for it.
func NoteWritten(ctx context.Context) {
	note(ctx, func(v *Verdict) { v.written = true })
}

func note(ctx context.Context, change func(*Verdict)) {
	if v, found := VerdictOf(ctx); found {
		v.mu.Lock()
		defer v.mu.Unlock()
		change(v)
	}
}

// Refused returns why the request was refused; "" when it was not.
func (v *Verdict) Refused() programme.TokenRefusal {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.refused
}

// Act returns what the request changed, as far as its handler noted it.
func (v *Verdict) Act() Act {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.act
}

// Written reports whether the audit record has a row of the act already.
func (v *Verdict) Written() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.written
}
