package gather

import (
	"context"
	"sync"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/queue"
)

// computing is what may be worked out at once: little in all, so that it goes fast and the rest of the program has the
// processor too, and less for one account, so that another's question has a place.
var computing = queue.Configuration{Room: 4, Own: 2, Waiting: 200, OwnWaiting: 16, Patience: 20 * time.Second}

// The turns that questions take: a series by day costs many times what others do.
const (
	lightTurn = 1
	heavyTurn = 2
)

// turn is a request's place in the queue for computing. It is taken when something has to be worked out, once, and
// given back when the request has its answer: one whose answer is kept takes none.
type turn struct {
	queue  *queue.Queue
	name   string
	weight int

	mu    sync.Mutex
	leave func() // nil: not taken
}

type turnKey struct{}

// withTurn gives a request its place. Who asks without an account, such as a command or the clock, waits for nobody.
func (f *Figures) withTurn(ctx context.Context, weight int) (inner context.Context, end func()) {
	who, known := access.PrincipalFrom(ctx)
	if !known || ctx.Value(turnKey{}) != nil {
		return ctx, func() {}
	}
	t := &turn{queue: f.turns, name: who.ID, weight: weight}
	return context.WithValue(ctx, turnKey{}, t), t.end
}

// takeTurn waits for the request's turn, unless it has it already.
func takeTurn(ctx context.Context) error {
	t, has := ctx.Value(turnKey{}).(*turn)
	if !has {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.leave != nil {
		return nil
	}
	leave, err := t.queue.Enter(ctx, t.name, t.weight)
	if err == nil {
		t.leave = leave
	}
	return err
}

// hasTurn reports whether the request may work something out now: it has its turn, or needs none.
func hasTurn(ctx context.Context) bool {
	t, needs := ctx.Value(turnKey{}).(*turn)
	if !needs {
		return true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.leave != nil
}

func (t *turn) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.leave != nil {
		t.leave()
	}
}
