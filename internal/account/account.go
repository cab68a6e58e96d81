package account

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// Store keeps accounts, tokens and sessions as streams of facts.
type Store interface {
	// Facts returns the facts of the families recorded by asAt; a zero asAt means now.
	Facts(ctx context.Context, families []programme.Family, asAt time.Time) ([]programme.Fact, error)
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
	// LinkBase is what the addresses of signed links begin with where there is no BaseURL.
	LinkBase string
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
	// Uses keeps when tokens were used and refused; nil: that is not kept.
	Uses UseStore
	// Audit records sign-ins, refusals, changes and downloads; nil: nothing is recorded.
	Audit *audit.Recorder
	// Mail delivers signed links; nil: mail is off, and they are shown to the person who makes them.
	Mail Mail
	// Subject describes the entity of a link, in both languages; nil: only its code is shown.
	Subject func(ctx context.Context, entity string) (LinkSubject, error)
	// Words has the texts of letters; nil: no letters are written.
	Words *i18n.Bundle
	// Zone is the programme's time zone, in which letters write moments; nil: UTC.
	Zone   *time.Location
	Logger *slog.Logger
	Now    func() time.Time
	// Problems answer refusals.
	Problems route.Problems
}

// Accounts knows who makes a request and what they may do; it is safe for use by many goroutines.
type Accounts struct {
	configuration Configuration
	dependencies  Dependencies

	directory *directory
	passwords *passwords
	attempts  *attempts
	sessions  *scs.SessionManager
	kept      *sessionStore
	uses      *uses
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
	if deps.Mail != nil && deps.Words == nil {
		return nil, fmt.Errorf("%w: letters need words", programme.ErrInvalid)
	}
	if deps.Zone == nil {
		deps.Zone = time.UTC
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
		directory: newDirectory(deps.Store, deps.Logger, deps.Now, cfg.FreshFor),
		passwords: newPasswords(cfg.PasswordMemory, cfg.PasswordPasses),
		attempts:  newAttempts(deps.Now),
		uses:      newUses(deps.Uses, deps.Logger, deps.Now),
	}
	a.kept = newSessionStore(deps.Store, deps.Now, cfg.FreshFor)
	a.sessions = a.newSessions()
	if cfg.Provider.Issuer != "" {
		var err error
		a.provider = newProvider(cfg.Provider, cfg.BaseURL, deps.Now)
		if a.flows, err = newFlows(cfg.Provider.ClientSecret, a.secure(), deps.Now); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// Start begins to record the use of tokens, until Stop; without it nothing is recorded. Starting twice is ErrInvalid.
func (a *Accounts) Start(ctx context.Context) error { return a.uses.start(ctx) }

// Stop records what is not recorded yet; call it when no request runs any more. Without Start it does nothing.
func (a *Accounts) Stop(ctx context.Context) error { return a.uses.stop(ctx) }

// actor names who a fact is recorded for: the person or token of the request, or the command at the machine.
func actor(ctx context.Context) string {
	if principal, found := access.PrincipalFrom(ctx); found {
		return principal.ID
	}
	return "operator/command"
}

// secure reports whether people reach the program over TLS.
func (a *Accounts) secure() bool { return strings.HasPrefix(a.configuration.BaseURL, "https://") }

func randomBytes(n int) []byte {
	random := make([]byte, n)
	_, _ = rand.Read(random) // never fails
	return random
}
