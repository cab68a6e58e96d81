package token

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/reading"
	"mirsad/internal/secret"
)

// Store keeps tokens as streams of facts.
type Store interface {
	reading.Store

	// Stream returns one subject's facts in the order of their sequence; none when there is no such subject.
	Stream(ctx context.Context, family programme.Family, subject string) ([]programme.Fact, error)
	// Append adds the fact after the given sequence; programme.ErrAlreadyDecided when another fact has that place.
	Append(ctx context.Context, draft programme.Draft, after uint32) (programme.Fact, error)
}

// Dependencies are what tokens need.
type Dependencies struct {
	Store Store
	// Uses keeps when tokens were used and refused; nil: that is not kept.
	Uses UseStore
	// Audit records changes; nil: nothing is recorded.
	Audit  *audit.Recorder
	Logger *slog.Logger
	Now    func() time.Time
}

// Tokens are those of all programs; it is safe for use by many goroutines.
type Tokens struct {
	dependencies Dependencies

	reading    *reading.Reading[Token]
	endReading context.CancelFunc // nil: not started
	uses       *uses

	mu        sync.Mutex
	operators map[string]Token // those of this machine's operators, which are in no store
}

// New returns the tokens of a store.
func New(deps Dependencies) (*Tokens, error) {
	if deps.Store == nil || deps.Logger == nil || deps.Now == nil {
		return nil, fmt.Errorf("%w: tokens need a store, a logger and a clock", programme.ErrInvalid)
	}
	return &Tokens{
		dependencies: deps,
		reading: reading.New(
			reading.Configuration{Family: programme.FamilyToken},
			reading.Dependencies{Store: deps.Store, Logger: deps.Logger, Now: deps.Now}, fold,
		),
		uses:      newUses(deps.Uses, deps.Logger, deps.Now),
		operators: map[string]Token{},
	}, nil
}

// Start begins to read tokens in the background and to record their use, until Stop; without it each is read when it is
// asked for and nothing is recorded. Starting twice is ErrInvalid.
func (t *Tokens) Start(ctx context.Context) error {
	if err := t.uses.start(ctx); err != nil {
		return err
	}
	ctx, t.endReading = context.WithCancel(ctx)
	go t.reading.Run(ctx)
	return nil
}

// Stop records what is not recorded yet; call it when no request runs any more. Without Start it does nothing.
func (t *Tokens) Stop(ctx context.Context) error {
	if t.endReading != nil {
		t.endReading()
	}
	return t.uses.stop(ctx)
}

// Age returns how long ago the tokens were read that requests are decided by.
func (t *Tokens) Age() time.Duration { return t.reading.Age() }

// Known reports whether bearers can be told apart now, be the store there or not.
func (t *Tokens) Known() bool { return t.reading.Known() }

// Create makes a token and returns its bearer, which is shown this once. No expiry means 90 days; a
// token for events or plans needs its entity, one for administration has none: anything else is ErrInvalid.
func (t *Tokens) Create(
	ctx context.Context, scopes []access.Scope, entity string, expires time.Time,
) (string, Token, error) {
	now := t.dependencies.Now()
	if expires.IsZero() {
		expires = now.Add(defaultExpiry)
	}
	if err := check(scopes, entity, expires, now); err != nil {
		return "", Token{}, err
	}
	bearer, token := fresh(scopes, entity, expires)
	token, err := t.record(ctx, audit.TokenCreate, Token{}, token)
	if err != nil {
		return "", Token{}, err
	}
	return bearer, token, nil
}

// fresh returns a token that is not recorded yet, and its bearer.
func fresh(scopes []access.Scope, entity string, expires time.Time) (string, Token) {
	bearer := secret.NewBearer()
	id, hash, _ := secret.Split(bearer)
	return bearer, Token{
		ID:        id,
		Hash:      hash,
		Scopes:    normalScopes(scopes),
		Entity:    entity,
		ExpiresAt: secret.Expiry(expires),
	}
}

// List returns all tokens, the newest first, those revoked or expired included.
func (t *Tokens) List(ctx context.Context) ([]Token, error) {
	read, err := t.reading.Read(ctx)
	if err != nil {
		return nil, err
	}
	tokens := slices.Collect(maps.Values(read))
	slices.SortFunc(tokens, func(x, y Token) int {
		return cmp.Or(y.CreatedAt.Compare(x.CreatedAt), cmp.Compare(x.ID, y.ID))
	})
	return tokens, nil
}

// Revoke ends a token; unknown is ErrNotFound, done already is no error.
func (t *Tokens) Revoke(ctx context.Context, id string) (Token, error) {
	token, err := t.read(ctx, id)
	if err != nil || token.Revoked {
		return token, err
	}
	before := token
	token.Revoked = true
	return t.record(ctx, audit.TokenRevoke, before, token)
}

// read returns a token as the store has it now; unknown is ErrNotFound.
func (t *Tokens) read(ctx context.Context, id string) (Token, error) {
	stream, err := t.dependencies.Store.Stream(ctx, programme.FamilyToken, id)
	if err != nil {
		return Token{}, programme.Unavailable("read token", err)
	}
	token, found, err := fold(stream)
	if err != nil {
		return Token{}, programme.Unavailable("fold token", err)
	}
	if !found {
		return Token{}, fmt.Errorf("%w: no token %q: mirsad token list shows them all", programme.ErrNotFound, id)
	}
	return token, nil
}

// AddOperator lets a bearer administer until the process ends; it is kept in memory only. Facts name
// operator/<name> as their actor. A bearer whose secret is short is ErrInvalid.
func (t *Tokens) AddOperator(name, bearer string) error {
	id, hash, err := secret.Split(bearer)
	if err != nil || len(bearer)-len(id)-1 < shortestSecret {
		return fmt.Errorf(
			"%w: an operator's bearer is <id>.<secret>, the secret %d characters or more", programme.ErrInvalid,
			shortestSecret,
		)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.operators[id] = Token{ID: id, Hash: hash, Scopes: []access.Scope{access.ScopeAdmin}, actor: "operator/" + name}
	return nil
}

// operator returns the in-memory token of that id.
func (t *Tokens) operator(id string) (Token, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	token, found := t.operators[id]
	return token, found
}

// tokenOf returns the token of a bearer; unknown, wrong, expired and revoked are all httpserver.ErrUnauthenticated.
func (t *Tokens) tokenOf(ctx context.Context, bearer string) (Token, error) {
	id, hash, err := secret.Split(bearer)
	if err != nil {
		return Token{}, err
	}
	token, found := t.operator(id)
	if !found {
		read, err := t.reading.Current(ctx)
		if err != nil {
			return Token{}, err
		}
		if _, found = read[id]; !found && secret.Made(id) { // it may have been made by another process a moment ago
			if read, err = t.reading.Newest(ctx); err != nil {
				return Token{}, err
			}
		}
		token = read[id] // the zero token has no hash, so nothing equals it
	}
	if reason := token.refuses(hash, t.dependencies.Now()); reason != "" {
		t.uses.note(token, reason)
		return Token{}, fmt.Errorf("%w: token", httpserver.ErrUnauthenticated)
	}
	return token, nil
}

// record records a token as it is after a change, and who changed it. For a new token, before is the zero value.
func (t *Tokens) record(ctx context.Context, action audit.Action, before, token Token) (Token, error) {
	entry := audit.Entry{Action: action, Object: "token/" + token.ID, Entity: token.Entity, After: token.shown()}
	if before.seq > 0 {
		entry.Before = before.shown()
	}
	var fact programme.Fact
	err := t.dependencies.Audit.Change(ctx, entry, func() (err error) {
		fact, err = t.dependencies.Store.Append(ctx, programme.Draft{
			Family: programme.FamilyToken, Subject: token.ID, Actor: access.Actor(ctx), Body: token,
		}, token.seq)
		if err != nil {
			err = programme.Unavailable("record token", err)
		}
		return err
	})
	if err != nil {
		return Token{}, err
	}
	t.reading.Forget()
	if token.seq == 0 {
		token.CreatedBy, token.CreatedAt = fact.Actor, fact.RecordedAt
	}
	return token.recorded(fact), nil
}

func check(scopes []access.Scope, entity string, expires, now time.Time) error {
	if len(scopes) == 0 {
		return fmt.Errorf("%w: it needs one or more of %v", ErrScopes, access.Scopes())
	}
	for _, scope := range scopes {
		if _, err := access.ParseScope(string(scope)); err != nil {
			return errors.Join(ErrScopes, err)
		}
	}
	if err := access.CheckEntity(entity); err != nil {
		return errors.Join(ErrEntity, err)
	}
	admin := slices.Contains(scopes, access.ScopeAdmin)
	sends := slices.Contains(scopes, access.ScopeEvents) || slices.Contains(scopes, access.ScopePlan)
	switch {
	case admin && entity != "":
		return fmt.Errorf("%w: scope admin acts for every entity: leave the entity out", ErrWhole)
	case sends && !admin && entity == "":
		return fmt.Errorf("%w: one for events or plans is bound to one entity: name it", ErrEntity)
	case !expires.After(now) || expires.Sub(now) > longestExpiry:
		return fmt.Errorf("%w: it expires later than now and within two years", ErrLife)
	}
	return nil
}

func normalScopes(scopes []access.Scope) []access.Scope {
	sorted := slices.Clone(scopes)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
