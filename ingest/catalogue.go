package ingest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
)

// owned is a service of the catalogue, by its code there, and its owners.
type owned struct {
	service string
	owners  programme.Owners
}

// catalogue remembers who owns which service. It is read again before a service is
// called unknown, but at most once every so often, however many bodies ask.
type catalogue struct {
	store Store
	every time.Duration
	now   func() time.Time

	services atomic.Pointer[map[string]owned]
	started  atomic.Uint64 // readings ever begun

	reading sync.Mutex
	last    time.Time // when the last reading was begun
	failure error     // of the last reading
}

func newCatalogue(store Store, every time.Duration, now func() time.Time) *catalogue {
	return &catalogue{store: store, every: every, now: now}
}

// readings returns how many readings have begun; refresh compares it to see what is newer.
func (c *catalogue) readings() uint64 { return c.started.Load() }

// find returns the service as it is known now; its code is compared without case and without marks that nobody sees.
func (c *catalogue) find(code []byte) (owned, bool) {
	services := c.services.Load()
	if services == nil {
		return owned{}, false
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

// service returns a service, reading the catalogue again if it is unknown and no
// reading has begun since. An unreadable catalogue is an error only as long as none was ever read.
func (c *catalogue) service(ctx context.Context, code []byte, since uint64) (owned, bool, error) {
	if found, ok := c.find(code); ok {
		return found, true, nil
	}
	return c.newest(ctx, code, since)
}

// newest is service by a reading that has begun since.
func (c *catalogue) newest(ctx context.Context, code []byte, since uint64) (owned, bool, error) {
	if err := c.refresh(ctx, since); err != nil && c.services.Load() == nil {
		return owned{}, false, fmt.Errorf("%w: catalogue: %w", programme.ErrUnavailable, err)
	}
	found, ok := c.find(code)
	return found, ok, nil
}

// run reads the catalogue every two seconds until ctx ends, so that a change of owner is soon known.
func (c *catalogue) run(ctx context.Context) {
	for sleep(ctx, 2*time.Second) == nil {
		_ = c.refresh(ctx, c.readings()) // what can't be read stays as it was; who needs a newer one reports it
	}
}

// refresh reads the catalogue unless a reading has begun after the one numbered since.
func (c *catalogue) refresh(ctx context.Context, since uint64) error {
	c.reading.Lock()
	defer c.reading.Unlock()
	if c.started.Load() > since {
		return c.failure
	}
	if err := c.pause(ctx); err != nil {
		return err
	}
	c.last = c.now()
	c.started.Add(1)
	owners, err := c.store.ServiceOwners(ctx)
	c.failure = err
	if err != nil {
		return err
	}
	services := bySubject(owners)
	c.services.Store(&services)
	return nil
}

// bySubject gathers the owners of each service, by its code and by its code without case.
func bySubject(list []programme.Ownership) map[string]owned {
	services := map[string]owned{}
	for _, each := range list {
		found := services[each.Service]
		found.service, found.owners = each.Service, append(found.owners, each)
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
func (c *catalogue) pause(ctx context.Context) error {
	if c.last.IsZero() {
		return nil
	}
	rest := min(c.every, c.every-c.now().Sub(c.last))
	if rest <= 0 {
		return nil
	}
	return sleep(ctx, rest)
}

// sleep waits for the duration or the end of ctx, whichever comes first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
