package account

import (
	"context"
	"sync"

	"mirsad/internal/programme"
)

type verdictKey struct{}

// verdict is how a request with a token ends: accepted, unless somebody notes a refusal.
type verdict struct {
	mu      sync.Mutex // a handler may answer from another goroutine
	refused programme.TokenRefusal
}

func (v *verdict) reason() programme.TokenRefusal {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.refused
}

func withVerdict(ctx context.Context, v *verdict) context.Context {
	return context.WithValue(ctx, verdictKey{}, v)
}

// NoteRefusal says that the request is refused to its token, for what the guard could not know: a handler that finds
// another entity's object calls it beside its answer. For a person's request it does nothing.
func NoteRefusal(ctx context.Context, reason programme.TokenRefusal) {
	if v, found := ctx.Value(verdictKey{}).(*verdict); found {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.refused = reason
	}
}
