package token

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"mirsad/internal/programme"
)

// UseStore keeps when tokens were last used and last refused.
type UseStore interface {
	// RecordTokenUse adds one row a token; the holder is one run of one process, and each of its rows says all that
	// its earlier rows of the token said.
	RecordTokenUse(ctx context.Context, holder string, uses []programme.TokenUse) error
	// TokenUses returns what all holders recorded together, one a token.
	TokenUses(ctx context.Context) ([]programme.TokenUse, error)
}

// uses collects in memory when tokens were used and refused, and records it now and then: a request must not cost
// a write. It holds tokens that have facts only, so that nobody fills memory or the table with ids of their own.
type uses struct {
	store  UseStore
	logger *slog.Logger
	now    func() time.Time
	holder string

	mu    sync.Mutex
	seen  map[string]*seenUse
	end   context.CancelFunc
	ended chan struct{}
}

// seenUse is a token's use as seen by this process.
type seenUse struct {
	use     programme.TokenUse
	changed bool      // since it was last recorded
	triedAt time.Time // when it was last recorded, successfully or not
}

const (
	// recordEvery is the least time between two rows of one token.
	recordEvery = 5 * time.Minute
	// lookEvery is how long a first use waits to be recorded, together with those of other tokens.
	lookEvery = 10 * time.Second
)

func newUses(store UseStore, logger *slog.Logger, now func() time.Time) *uses {
	return &uses{store: store, logger: logger, now: now, holder: rand.Text(), seen: map[string]*seenUse{}}
}

// note remembers that a bearer with the token's id was refused for a reason, or accepted when there is none.
func (u *uses) note(token Token, refused programme.TokenRefusal) {
	if u.store == nil || token.seq == 0 {
		return
	}
	use := programme.TokenUse{Token: token.ID}
	if refused == "" {
		use.LastUsed = u.now()
	} else {
		use.LastRefused, use.Reason = u.now(), refused
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	seen, found := u.seen[token.ID]
	if !found {
		seen = &seenUse{}
		u.seen[token.ID] = seen
	}
	seen.use, seen.changed = use.And(seen.use), true
}

// known returns what this process has seen, by token.
func (u *uses) known() map[string]programme.TokenUse {
	u.mu.Lock()
	defer u.mu.Unlock()
	known := make(map[string]programme.TokenUse, len(u.seen))
	for id, seen := range u.seen {
		known[id] = seen.use
	}
	return known
}

func (u *uses) start(ctx context.Context) error {
	if u.store == nil {
		return nil
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.end != nil {
		return fmt.Errorf("%w: tokens are started already", programme.ErrInvalid)
	}
	ctx, u.end = context.WithCancel(ctx)
	u.ended = make(chan struct{})
	go u.run(ctx, u.ended)
	return nil
}

func (u *uses) run(ctx context.Context, ended chan<- struct{}) {
	defer close(ended)
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := u.record(ctx, recordEvery); err != nil && ctx.Err() == nil {
				u.logger.WarnContext(ctx, "use of tokens not recorded", slog.String("error", err.Error()))
			}
		}
	}
}

func (u *uses) stop(ctx context.Context) error {
	u.mu.Lock()
	end, ended := u.end, u.ended
	u.end = nil
	u.mu.Unlock()
	if end == nil {
		return nil
	}
	end()
	select {
	case <-ended:
		return u.record(ctx, 0)
	case <-ctx.Done():
		return fmt.Errorf("%w: record the use of tokens: %w", programme.ErrUnavailable, ctx.Err())
	}
}

// record writes the tokens whose use has changed and whose last row is at least so old, as one block. After a failure
// they wait their time again: the row may have been written all the same.
func (u *uses) record(ctx context.Context, atLeast time.Duration) error {
	due := u.due(atLeast)
	if len(due) == 0 {
		return nil
	}
	err := u.store.RecordTokenUse(ctx, u.holder, due)
	if err == nil {
		return nil
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, use := range due {
		u.seen[use.Token].changed = true
	}
	return programme.Unavailable("record the use of tokens", err)
}

// due returns the uses to record now, by token, and takes them for recorded.
func (u *uses) due(atLeast time.Duration) []programme.TokenUse {
	u.mu.Lock()
	defer u.mu.Unlock()
	now := u.now()
	var due []programme.TokenUse
	for _, id := range slices.Sorted(maps.Keys(u.seen)) {
		seen := u.seen[id]
		if !seen.changed || (!seen.triedAt.IsZero() && now.Sub(seen.triedAt) < atLeast) {
			continue
		}
		seen.changed, seen.triedAt = false, now
		due = append(due, seen.use)
	}
	return due
}

// Uses returns when each token was last used and refused, by its id: what all processes have recorded, and
// what this one has seen since. A token that is not in it was neither.
func (t *Tokens) Uses(ctx context.Context) (map[string]programme.TokenUse, error) {
	if t.dependencies.Uses == nil {
		return nil, fmt.Errorf("%w: the use of tokens is not kept", programme.ErrUnavailable)
	}
	recorded, err := t.dependencies.Uses.TokenUses(ctx)
	if err != nil {
		return nil, programme.Unavailable("read the use of tokens", err)
	}
	known := t.uses.known()
	for _, use := range recorded {
		known[use.Token] = use.And(known[use.Token])
	}
	return known, nil
}
