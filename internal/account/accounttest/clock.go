package accounttest

import (
	"sync"
	"time"

	"mirsad/internal/clocktest"
)

// Clock is a time that tests move. The cookies of scs are by the machine's clock, so it begins ahead of that.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock returns a clock that stands still.
func NewClock() *Clock { return &Clock{at: clocktest.Start().UTC()} }

// Now returns the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Pass moves the clock.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}
