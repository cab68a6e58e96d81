// Package owners remembers who owns which service, so that no event waits for the database.
package owners

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/internal/wait"
)

// Store returns which entity owns each service from which day on, by service and then as recorded.
type Store interface {
	ServiceOwners(ctx context.Context) ([]programme.Ownership, error)
}

// Owned is a service of the catalogue, by its code there, and its owners.
type Owned struct {
	Service string
	Owners  programme.Owners
}

// What a request may cost that asks for a service which is not known.
const (
	// catalogueWithin bounds one reading.
	catalogueWithin = 10 * time.Second
	// cataloguePatience is how long a body waits for a reading beyond the pause before it.
	cataloguePatience = 500 * time.Millisecond
)

// Catalogue remembers who owns which service. It is read again before a service is
// called unknown, but at most once every so often, however many bodies ask; while the store is away or hangs,
// bodies are decided by what was read last and wait for nothing.
type Catalogue struct {
	store Store
	every time.Duration
	now   func() time.Time

	services atomic.Pointer[map[string]Owned]
	started  atomic.Uint64 // readings ever begun
	behind   atomic.Bool   // the last reading failed or is slow: nobody waits for the next

	mu     sync.Mutex
	newest *catalogueReading // the last that was asked for
	begun  time.Time         // when the last reading was begun
	readAt time.Time         // when the last reading that succeeded was begun
}

// catalogueReading is one reading, of now or of soon.
type catalogueReading struct {
	number uint64        // its place among all readings; 0: it has not begun
	ended  chan struct{} // closed when it has ended
	err    error         // to be read after it has ended
}

// New returns a catalogue that is not read yet, and is read once every so often at most.
func New(store Store, every time.Duration, now func() time.Time) *Catalogue {
	return &Catalogue{store: store, every: every, now: now}
}

// Readings returns how many readings have begun; Refresh compares it to see what is newer.
func (c *Catalogue) Readings() uint64 { return c.started.Load() }

// Age returns how long ago the catalogue was read that bodies are decided by; since the zero time when it never was.
func (c *Catalogue) Age() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now().Sub(c.readAt)
}

// Known reports whether the catalogue was ever read.
func (c *Catalogue) Known() bool { return c.services.Load() != nil }

// Find returns the service as it is known now; its code is compared without case and without marks that nobody sees.
func (c *Catalogue) Find(code []byte) (Owned, bool) {
	services := c.services.Load()
	if services == nil {
		return Owned{}, false
	}
	if found, ok := (*services)[string(code)]; ok {
		return found, true
	}
	if found, ok := (*services)[programme.FoldCode(string(code))]; ok {
		return found, true
	}
	written, _ := intake.Code(string(code)) // what can be no code is none
	found, ok := (*services)[programme.FoldCode(written)]
	return found, ok
}

// Latest returns a service by a reading that has begun since. An unreadable catalogue is an error only as long as none
// was ever read.
func (c *Catalogue) Latest(ctx context.Context, code []byte, since uint64) (Owned, bool, error) {
	if err := c.Refresh(ctx, since); err != nil && c.services.Load() == nil {
		return Owned{}, false, fmt.Errorf("%w: catalogue: %w", programme.ErrUnavailable, err)
	}
	found, ok := c.Find(code)
	return found, ok, nil
}

// Run reads the catalogue every two seconds until ctx ends, so that a change of owner is soon known.
func (c *Catalogue) Run(ctx context.Context) {
	for wait.For(ctx, 2*time.Second) == nil {
		_ = c.Refresh(ctx, c.Readings()) // what can't be read stays as it was; who needs a newer one reports it
	}
}

// errBehind says that the catalogue can't be read now, as was found out a moment ago.
var errBehind = errors.New("the catalogue is not being read")

// Refresh waits for a reading that is begun after the one numbered since, unless the store is known to be away.
func (c *Catalogue) Refresh(ctx context.Context, since uint64) error {
	reading, patience := c.after(ctx, since), cataloguePatience
	switch {
	case !c.Known(): // there is nothing to decide by
		patience = catalogueWithin
	case c.behind.Load():
		select {
		case <-reading.ended:
			return reading.err
		default:
			return errBehind
		}
	}
	late := time.NewTimer(c.every + patience)
	defer late.Stop()
	select {
	case <-reading.ended:
		return reading.err
	case <-late.C:
		c.behind.Store(true)
		return errBehind
	case <-ctx.Done():
		return ctx.Err()
	}
}

// after returns the reading that is begun after the one numbered since.
func (c *Catalogue) after(ctx context.Context, since uint64) *catalogueReading {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.newest
	if before != nil && (before.number == 0 || before.number > since) {
		return before
	}
	c.newest = &catalogueReading{ended: make(chan struct{})}
	go c.read(context.WithoutCancel(ctx), before, c.newest)
	return c.newest
}

// read carries a reading out once the one before it has ended and is old enough.
func (c *Catalogue) read(ctx context.Context, before, reading *catalogueReading) {
	defer close(reading.ended)
	if before != nil {
		<-before.ended
	}
	_ = c.pause(ctx) // this context has no end
	c.mu.Lock()
	began := c.now()
	c.begun, reading.number = began, c.started.Add(1)
	c.mu.Unlock()
	limited, stop := context.WithTimeout(ctx, catalogueWithin)
	defer stop()
	owners, err := c.store.ServiceOwners(limited)
	c.behind.Store(err != nil)
	if reading.err = err; err != nil {
		return
	}
	services := bySubject(owners)
	c.services.Store(&services)
	c.mu.Lock()
	c.readAt = began
	c.mu.Unlock()
}

// bySubject gathers the owners of each service, by its code and by its code without case.
func bySubject(list []programme.Ownership) map[string]Owned {
	services := map[string]Owned{}
	for _, each := range list {
		found := services[each.Service]
		found.Service, found.Owners = each.Service, append(found.Owners, each)
		services[each.Service] = found
	}
	for code, found := range services {
		if folded := programme.FoldCode(code); folded != code {
			if _, taken := services[folded]; !taken {
				services[folded] = found
			}
		}
	}
	return services
}

// pause waits until the last reading is old enough.
func (c *Catalogue) pause(ctx context.Context) error {
	c.mu.Lock()
	begun := c.begun
	c.mu.Unlock()
	if begun.IsZero() {
		return nil
	}
	rest := min(c.every, c.every-c.now().Sub(begun))
	if rest <= 0 {
		return nil
	}
	return wait.For(ctx, rest)
}
