package ingest

import (
	"fmt"
	"math"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
)

// burstSeconds is for how long a token that was quiet may send as fast as it likes.
const burstSeconds = 10

// What a body costs beside its events, in events. An event of a real sender has under 1 KiB, and answering a body costs
// as much as judging some events: only who sends something else is charged by these.
const (
	leastCost    = 10      // of any body, taken or refused
	bytesAnEvent = 1 << 10 // sent or inflated
)

// bill is what one body has been charged: the most that any of its measures comes to.
type bill struct {
	budgets   *budgets
	principal access.Principal
	charged   int
}

// atLeast charges what is missing to so many events.
func (b *bill) atLeast(events int) {
	if events > b.charged {
		b.budgets.charge(b.principal, events-b.charged)
		b.charged = events
	}
}

// bytes charges by what was read or inflated.
func (b *bill) bytes(n int) { b.atLeast(n / bytesAnEvent) }

// bill begins to charge a body.
func (b *budgets) bill(p access.Principal) *bill {
	begun := &bill{budgets: b, principal: p}
	begun.atLeast(leastCost)
	return begun
}

// budgets hold what each token may still send. A body is taken whole as long as anything is left, and what it holds is
// charged afterwards: so nobody's body is too big for its budget, and the check needs no reading.
type budgets struct {
	perSecond int
	now       func() time.Time

	mu     sync.Mutex
	tokens map[string]*rate.Limiter // by principal: only those who signed in have one
}

func newBudgets(perSecond int, now func() time.Time) *budgets {
	return &budgets{perSecond: perSecond, now: now, tokens: map[string]*rate.Limiter{}}
}

// check refuses a principal whose budget is used up. Administrators have no budget: their imports are of any size.
func (b *budgets) check(p access.Principal) error {
	if p.Admin() {
		return nil
	}
	left := b.of(p).TokensAt(b.now())
	if left > 0 {
		return nil
	}
	wait := math.Ceil((1 - left) / float64(b.perSecond))
	return &budgetError{after: time.Duration(max(wait, 1)) * time.Second}
}

// charge takes what a body held from the principal's budget, which may become less than nothing.
func (b *budgets) charge(p access.Principal, events int) {
	if p.Admin() {
		return
	}
	limiter, now := b.of(p), b.now()
	for burst := limiter.Burst(); events > 0; events -= burst {
		limiter.ReserveN(now, min(events, burst))
	}
}

func (b *budgets) of(p access.Principal) *rate.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	limiter, known := b.tokens[p.ID]
	if !known {
		limiter = rate.NewLimiter(rate.Limit(b.perSecond), burstSeconds*b.perSecond)
		b.tokens[p.ID] = limiter
	}
	return limiter
}

// budgetError says that a token has sent more than its budget and when it may send again.
type budgetError struct{ after time.Duration }

// Error says how long the token has to wait.
func (e *budgetError) Error() string {
	return fmt.Sprintf("the token's budget is used up for %s", e.after)
}

// Unwrap makes it a 429.
func (e *budgetError) Unwrap() error { return httpserver.ErrTooManyRequests }

// retryAfter is the header's value.
func (e *budgetError) retryAfter() string { return strconv.Itoa(int(e.after / time.Second)) }
