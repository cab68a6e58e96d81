package guard

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// What one account may take of what is for all; Configuration can say otherwise.
const (
	// defaultPace is how many requests a second an account may make in the long run, paceBurst for how many seconds it
	// may save them up.
	defaultPace = 50
	paceBurst   = 10
	// defaultOwnExports and defaultExports are how many files may be on their way at once: to one account and to all.
	defaultOwnExports = 2
	defaultExports    = 8
	// mostPaced is how many accounts are remembered; one that was quiet for paceBurst seconds may be forgotten.
	mostPaced = 10_000
	// exportWait is when to ask again for a file, in seconds.
	exportWait = 5
)

// caps keep one account from taking what is for all.
type caps struct {
	pace                int // requests a second
	ownExports, exports int
	now                 func() time.Time

	mu      sync.Mutex
	paces   map[string]*rate.Limiter // by account; anonymous requests have none
	running map[string]int           // exports under way, by account
	all     int
}

func newCaps(cfg Configuration, now func() time.Time) *caps {
	c := &caps{
		pace: cfg.RequestsPerSecond, ownExports: defaultOwnExports, exports: defaultExports, now: now,
		paces: map[string]*rate.Limiter{}, running: map[string]int{},
	}
	if c.pace == 0 {
		c.pace = defaultPace
	}
	return c
}

// wait takes one request from an account's budget, or says how long it has to wait for the next; 0: not at all. The
// operator at the machine has no budget.
func (c *caps) wait(who string) time.Duration {
	if strings.HasPrefix(who, "operator/") {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	budget := c.paces[who]
	if budget == nil {
		c.forgetQuiet(now)
		budget = rate.NewLimiter(rate.Limit(c.pace), c.pace*paceBurst)
		c.paces[who] = budget
	}
	if budget.AllowN(now, 1) {
		return 0
	}
	return time.Duration((1 - budget.TokensAt(now)) / float64(c.pace) * float64(time.Second))
}

// forgetQuiet makes room; the lock is held.
func (c *caps) forgetQuiet(now time.Time) {
	if len(c.paces) < mostPaced {
		return
	}
	for who, budget := range c.paces {
		if budget.TokensAt(now) >= float64(budget.Burst()) {
			delete(c.paces, who)
		}
	}
}

// begin takes a place for an export and returns how to give it back; too many of the account's own are
// ErrTooManyRequests, of all ErrUnavailable.
func (c *caps) begin(who string) (end func(), err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.running[who] >= c.ownExports:
		return nil, fmt.Errorf("%w: %d exports of %s are under way", httpserver.ErrTooManyRequests, c.running[who], who)
	case c.all >= c.exports:
		return nil, fmt.Errorf("%w: %d exports are under way", programme.ErrUnavailable, c.all)
	}
	c.running[who]++
	c.all++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.all--
		if c.running[who]--; c.running[who] == 0 {
			delete(c.running, who)
		}
	}, nil
}

// paced reports whether the principal may make the request now, and otherwise answers that it is too early.
func (g *Guard) paced(w http.ResponseWriter, r *http.Request, who access.Principal) bool {
	wait := g.caps.wait(who.ID)
	if wait == 0 {
		return true
	}
	httpserver.SetRetryAfter(w.Header(), wait)
	g.refuse(w, r, fmt.Errorf("%w: %s", httpserver.ErrTooManyRequests, who.ID))
	return false
}

// capped bounds the request's body by its route. One that says that it is larger is answered before anything is read.
func (g *Guard) capped(w http.ResponseWriter, r *http.Request, served route.Route) bool {
	most := served.MostBody()
	if r.ContentLength > most {
		g.refuse(w, r, httpserver.TooManyBytes(most))
		return false
	}
	r.Body = http.MaxBytesReader(w, r.Body, most)
	return true
}

// isExport reports whether an act takes a file away.
func isExport(action audit.Action) bool {
	return action == audit.Export || action == audit.ReportDownload
}
