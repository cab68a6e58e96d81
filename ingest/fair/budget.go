package fair

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
	LeastCost    = 10      // of any body, taken or refused
	bytesAnEvent = 1 << 10 // sent or inflated
)

// Bill is what one body has been charged: the most that any of its measures comes to.
type Bill struct {
	budgets   *Budgets
	principal access.Principal
	charged   int
}

// AtLeast charges what is missing to so many events.
func (b *Bill) AtLeast(events int) {
	if events > b.charged {
		b.budgets.charge(b.principal, events-b.charged)
		b.charged = events
	}
}

// Bytes charges by what was read or inflated.
func (b *Bill) Bytes(n int) { b.AtLeast(n / bytesAnEvent) }

// Bill begins to charge a body.
func (b *Budgets) Bill(p access.Principal) *Bill {
	begun := &Bill{budgets: b, principal: p}
	begun.AtLeast(LeastCost)
	return begun
}

// Budgets hold what each token may still send. A body is taken whole as long as anything is left, and what it holds is
// charged afterwards: so nobody's body is too big for its budget, and the check needs no reading.
type Budgets struct {
	perSecond int
	now       func() time.Time

	mu     sync.Mutex
	tokens map[string]*rate.Limiter // by principal: only those who signed in have one
}

// NewBudgets returns budgets of so many events a second.
func NewBudgets(perSecond int, now func() time.Time) *Budgets {
	return &Budgets{perSecond: perSecond, now: now, tokens: map[string]*rate.Limiter{}}
}

// Check refuses a principal whose budget is used up. Administrators have no budget: their imports are of any size.
func (b *Budgets) Check(p access.Principal) error {
	if p.Admin() {
		return nil
	}
	left := b.Of(p).TokensAt(b.now())
	if left > 0 {
		return nil
	}
	wait := math.Ceil((1 - left) / float64(b.perSecond))
	return &BudgetError{after: time.Duration(max(wait, 1)) * time.Second}
}

// charge takes what a body held from the principal's budget, which may become less than nothing.
func (b *Budgets) charge(p access.Principal, events int) {
	if p.Admin() {
		return
	}
	limiter, now := b.Of(p), b.now()
	for burst := limiter.Burst(); events > 0; events -= burst {
		limiter.ReserveN(now, min(events, burst))
	}
}

// Of returns the limiter of a principal.
func (b *Budgets) Of(p access.Principal) *rate.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	limiter, known := b.tokens[p.ID]
	if !known {
		limiter = rate.NewLimiter(rate.Limit(b.perSecond), burstSeconds*b.perSecond)
		b.tokens[p.ID] = limiter
	}
	return limiter
}

// BudgetError says that a token has sent more than its budget and when it may send again.
type BudgetError struct{ after time.Duration }

// Error says how long the token has to wait.
func (e *BudgetError) Error() string {
	return fmt.Sprintf("the token's budget is used up for %s", e.after)
}

// Unwrap makes it a 429.
func (e *BudgetError) Unwrap() error { return httpserver.ErrTooManyRequests }

// RetryAfter is the header's value.
func (e *BudgetError) RetryAfter() string { return strconv.Itoa(int(e.after / time.Second)) }
