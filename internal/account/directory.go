package account

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"mirsad/internal/programme"
)

// directory holds all accounts and tokens as read from the store a moment ago: one query for everyone, so
// that no request costs one, an unknown token least of all.
type directory struct {
	store  Store
	logger *slog.Logger
	now    func() time.Time
	fresh  time.Duration

	flight singleflight.Group
	last   atomic.Pointer[known]
	// dropped counts forget, so that a reading begun before a change is not taken for fresh after it.
	dropped atomic.Int64

	mu       sync.Mutex
	triedAt  time.Time
	operator map[string]Token
}

// known is one reading of the store.
type known struct {
	people map[string]person
	tokens map[string]Token
	readAt time.Time
	stale  bool // dropped by a change made here
}

const (
	// readWait bounds one reading, retryAfter the time to the next after one that failed.
	readWait   = 3 * time.Second
	retryAfter = time.Second
	// patience is how long a request waits for a slow store when there is an earlier reading.
	patience = 500 * time.Millisecond
	// staleFor is how long requests are still decided by the last reading while the store is away: what agencies
	// send is then taken into the spool, which must not depend on the database.
	staleFor = time.Hour
)

func newDirectory(store Store, logger *slog.Logger, now func() time.Time, fresh time.Duration) *directory {
	return &directory{store: store, logger: logger, now: now, fresh: fresh, operator: map[string]Token{}}
}

// forget makes the next request read again: something was changed in this process.
func (d *directory) forget() { d.dropped.Add(1); d.markStale() }

func (d *directory) markStale() {
	for {
		last := d.last.Load()
		if last == nil || last.stale {
			return
		}
		stale := *last
		stale.stale = true
		if d.last.CompareAndSwap(last, &stale) {
			return
		}
	}
}

// current returns a reading no older than fresh; while the store is away, the last one for up to staleFor.
func (d *directory) current(ctx context.Context) (*known, error) {
	now := d.now()
	last := d.last.Load()
	if last != nil && !last.stale && now.Sub(last.readAt) < d.fresh {
		return last, nil
	}
	if last == nil || now.Sub(last.readAt) >= staleFor {
		return d.read(ctx)
	}
	if d.triedJustNow(now) {
		return last, nil
	}
	patient, stop := context.WithTimeout(ctx, patience)
	defer stop()
	read, err := d.read(patient)
	if err == nil {
		return read, nil
	}
	d.logger.WarnContext(ctx, "accounts and tokens are decided by an old reading",
		slog.Time("read_at", last.readAt), slog.String("error", err.Error()))
	return last, nil
}

// triedJustNow reports whether a reading failed a moment ago.
func (d *directory) triedJustNow(now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return !d.triedAt.IsZero() && now.Sub(d.triedAt) < retryAfter
}

func (d *directory) tried(at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.triedAt = at
}

// read asks the store; those who ask meanwhile wait for the same answer.
func (d *directory) read(ctx context.Context) (*known, error) {
	dropped := d.dropped.Load()
	answer := d.flight.DoChan(strconv.FormatInt(dropped, 10), func() (any, error) {
		limited, stop := context.WithTimeout(context.WithoutCancel(ctx), readWait)
		defer stop()
		return d.load(limited, dropped)
	})
	select {
	case <-ctx.Done():
		d.tried(d.now())
		return nil, fmt.Errorf("%w: read accounts: %w", programme.ErrUnavailable, ctx.Err())
	case result := <-answer:
		if result.Err != nil {
			d.tried(d.now())
			return nil, result.Err
		}
		d.tried(time.Time{})
		return result.Val.(*known), nil
	}
}

func (d *directory) load(ctx context.Context, dropped int64) (*known, error) {
	began := d.now()
	facts, err := d.store.Facts(ctx, []programme.Family{programme.FamilyAccount, programme.FamilyToken}, time.Time{})
	if err != nil {
		return nil, programme.Unavailable("read accounts", err)
	}
	streams := map[programme.Family]map[string][]programme.Fact{programme.FamilyAccount: {}, programme.FamilyToken: {}}
	for _, fact := range facts {
		if subjects, wanted := streams[fact.Family]; wanted {
			subjects[fact.Subject] = append(subjects[fact.Subject], fact)
		}
	}
	read := &known{people: map[string]person{}, tokens: map[string]Token{}, readAt: began}
	for address, stream := range streams[programme.FamilyAccount] {
		if read.people[address], _, err = foldPerson(stream); err != nil {
			return nil, programme.Unavailable("fold accounts", err)
		}
	}
	for id, stream := range streams[programme.FamilyToken] {
		if read.tokens[id], _, err = foldToken(stream); err != nil {
			return nil, programme.Unavailable("fold tokens", err)
		}
	}
	if d.dropped.Load() == dropped {
		d.last.Store(read)
	}
	return read, nil
}

// operatorToken returns the in-memory token of that id.
func (d *directory) operatorToken(id string) (Token, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	token, found := d.operator[id]
	return token, found
}

func (d *directory) addOperator(token Token) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.operator[token.ID] = token
}
