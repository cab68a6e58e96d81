package link

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"mirsad/internal/audit"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// Store keeps links as streams of facts.
type Store interface {
	// Facts returns the facts of the families recorded by asAt; a zero asAt means now.
	Facts(ctx context.Context, families []programme.Family, asAt time.Time) ([]programme.Fact, error)
	// Stream returns one subject's facts in the order of their sequence; none when there is no such subject.
	Stream(ctx context.Context, family programme.Family, subject string) ([]programme.Fact, error)
	// Append adds the fact after the given sequence; programme.ErrAlreadyDecided when another fact has that place.
	Append(ctx context.Context, draft programme.Draft, after uint32) (programme.Fact, error)
}

// People are the accounts that invitations make.
type People interface {
	// HasAccount reports whether an e-mail address has an account, a disabled one included.
	HasAccount(ctx context.Context, email string) (bool, error)
	// CheckInvited refuses a name or a password that nobody may have, AddInvited makes the account.
	CheckInvited(email, name, entity, password string) error
	AddInvited(ctx context.Context, email, name, entity, password string) error
}

// Configuration says how people reach the program.
type Configuration struct {
	// BaseURL is what the addresses of links begin with, LinkBase where there is none. With https:// the cookie is
	// bound to the host and sent over TLS only.
	BaseURL  string
	LinkBase string
	// NoInvitations: agencies sign in with the identity provider alone, so that no password opens anything.
	NoInvitations bool
}

// secure reports whether people reach the program over TLS.
func (c Configuration) secure() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// Dependencies are what links need.
type Dependencies struct {
	Store  Store
	People People
	// Audit records what is made, opened, used and refused; nil: nothing is recorded.
	Audit *audit.Recorder
	// Mail delivers links; nil: mail is off, and they are shown to the person who makes them.
	Mail Mail
	// Subject describes the entity of a link, in both languages; nil: only its code is shown.
	Subject func(ctx context.Context, entity string) (Subject, error)
	// Words has the texts of letters; nil: no letters are written.
	Words *i18n.Bundle
	// Zone is the programme's time zone, in which letters write moments; nil: UTC.
	Zone   *time.Location
	Logger *slog.Logger
	Now    func() time.Time
	// Problems answer refusals.
	Problems route.Problems
}

// Links are those of everybody; it is safe for use by many goroutines.
type Links struct {
	configuration Configuration
	dependencies  Dependencies
}

// New returns the links of a store.
func New(cfg Configuration, deps Dependencies) (*Links, error) {
	if deps.Store == nil || deps.People == nil || deps.Logger == nil || deps.Now == nil {
		return nil, fmt.Errorf("%w: links need a store, people, a logger and a clock", programme.ErrInvalid)
	}
	if deps.Mail != nil && deps.Words == nil {
		return nil, fmt.Errorf("%w: letters need words", programme.ErrInvalid)
	}
	if deps.Zone == nil {
		deps.Zone = time.UTC
	}
	return &Links{configuration: cfg, dependencies: deps}, nil
}
