package account

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"mirsad/internal/audit"
	"mirsad/internal/programme"
	"mirsad/internal/reading"
	"mirsad/internal/route"
)

// Store keeps accounts and sessions as streams of facts.
type Store interface {
	reading.Store

	// Stream returns one subject's facts in the order of their sequence; none when there is no such subject.
	Stream(ctx context.Context, family programme.Family, subject string) ([]programme.Fact, error)
	// Recent returns the newest fact of every stream of a family in which one was recorded since a moment.
	Recent(ctx context.Context, family programme.Family, since time.Time) ([]programme.Fact, error)
	// Append adds the fact after the given sequence; programme.ErrAlreadyDecided when another fact has that place.
	Append(ctx context.Context, draft programme.Draft, after uint32) (programme.Fact, error)
}

// Configuration sets how long sessions last and what passwords cost; a zero value takes the default beside it.
type Configuration struct {
	// BaseURL decides the cookie: with https:// it is bound to the host and sent over TLS only.
	BaseURL string
	// Provider is the identity provider; without an issuer people sign in with passwords alone.
	Provider Provider
	// SessionIdle ends a session that is not used, SessionLifetime every session.
	SessionIdle     time.Duration // 2 h
	SessionLifetime time.Duration // 12 h
	// FreshFor is how old what is read from the store may be when a request is decided by it.
	FreshFor time.Duration // 5 s
	// PasswordMemory and PasswordPasses are the cost of argon2id, in KiB and passes.
	PasswordMemory uint32 // 64 MiB
	PasswordPasses uint32 // 1
}

// Dependencies are what accounts need.
type Dependencies struct {
	Store Store
	// Audit records sign-ins, refusals, changes and downloads; nil: nothing is recorded.
	Audit  *audit.Recorder
	Logger *slog.Logger
	Now    func() time.Time
	// Problems answer refusals.
	Problems route.Problems
}

// Accounts are the people who may sign in, and their sessions; it is safe for use by many goroutines.
type Accounts struct {
	configuration Configuration
	dependencies  Dependencies

	people    *reading.Reading[person]
	passwords *passwords
	attempts  *attempts
	sessions  *sessions
	provider  *provider // nil: none
	flows     *flows
}

const (
	defaultIdle     = 2 * time.Hour
	defaultLifetime = 12 * time.Hour
	defaultFresh    = 5 * time.Second
)

// New returns accounts over a store.
func New(cfg Configuration, deps Dependencies) (*Accounts, error) {
	if deps.Store == nil || deps.Logger == nil || deps.Now == nil {
		return nil, fmt.Errorf("%w: accounts need a store, a logger and a clock", programme.ErrInvalid)
	}
	if cfg.SessionIdle == 0 {
		cfg.SessionIdle = defaultIdle
	}
	if cfg.SessionLifetime == 0 {
		cfg.SessionLifetime = defaultLifetime
	}
	if cfg.FreshFor == 0 {
		cfg.FreshFor = defaultFresh
	}
	a := &Accounts{
		configuration: cfg, dependencies: deps,
		people: reading.New(
			reading.Configuration{Family: programme.FamilyAccount, FreshFor: cfg.FreshFor},
			reading.Dependencies{Store: deps.Store, Logger: deps.Logger, Now: deps.Now}, foldPerson,
		),
		passwords: newPasswords(cfg.PasswordMemory, cfg.PasswordPasses),
		attempts:  newAttempts(deps.Now),
	}
	a.sessions = newSessions(cfg, newSessionStore(deps.Store, deps.Now, cfg.FreshFor), deps.Now, a.refuse)
	if cfg.Provider.Issuer != "" {
		var err error
		a.provider = newProvider(cfg.Provider, cfg.BaseURL, deps.Now)
		if a.flows, err = newFlows(cfg.Provider.ClientSecret, cfg.secure(), deps.Now); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// secure reports whether people reach the program over TLS.
func (c Configuration) secure() bool { return strings.HasPrefix(c.BaseURL, "https://") }

func randomBytes(n int) []byte {
	random := make([]byte, n)
	_, _ = rand.Read(random) // never fails
	return random
}
