package account

import (
	"log/slog"
	"net/http"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/audit"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/guard"
	"mirsad/internal/token"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

const (
	password = accounttest.Password
	day      = 24 * time.Hour
)

type browser = accounttest.Browser

// fixture is accounts, beside tokens, with the pages that a site would have around them.
type fixture struct {
	*accounttest.Site

	accounts *Accounts
	tokens   *token.Tokens
}

// newFixture is over memory, with the cheapest password hash.
func newFixture(t *testing.T, base string) *fixture {
	t.Helper()
	c := accounttest.NewClock()
	return newFixtureOver(t, &accounttest.Memory{Now: c.Now}, c, base)
}

// wholeStore is what the database offers.
type wholeStore interface {
	Store
	token.UseStore
	audit.Store
}

func newFixtureOver(t *testing.T, store wholeStore, c *accounttest.Clock, base string) *fixture {
	t.Helper()
	return newFixtureWith(t, store, c, Configuration{BaseURL: base})
}

// newFixtureWith is newFixtureOver with settings.
func newFixtureWith(t *testing.T, store wholeStore, c *accounttest.Clock, cfg Configuration) *fixture {
	t.Helper()
	return newFixtureRecording(t, store, c, cfg, audit.Configuration{})
}

// newFixtureRecording is newFixtureWith with settings of the audit record.
func newFixtureRecording(
	t *testing.T, store wholeStore, c *accounttest.Clock, cfg Configuration, recording audit.Configuration,
) *fixture {
	t.Helper()
	f := &fixture{Site: accounttest.New(t, store, c, recording)}
	quiet := slog.New(slog.DiscardHandler)
	cfg.PasswordMemory, cfg.PasswordPasses = 64, 1
	var err error
	if f.accounts, err = New(cfg, Dependencies{Store: store, Audit: f.Audit, Logger: quiet, Now: c.Now}); err != nil {
		t.Fatal(err)
	}
	f.tokens, err = token.New(token.Dependencies{Store: store, Uses: store, Audit: f.Audit, Logger: quiet, Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	f.Who = func(next http.Handler) http.Handler { return f.tokens.Middleware(f.accounts.Middleware(next)) }
	f.Handler = f.Guarded(guard.Configuration{}, f.routes())
	return f
}

// user adds a person with the common password.
func (f *fixture) user(email string, role access.Role, entity string) {
	f.T.Helper()
	_, err := f.accounts.CreateUser(f.T.Context(), email, "Somebody Else", role, entity, password, KeepsPassword())
	if err != nil {
		f.T.Fatal(err)
	}
}

// token makes a token and returns its bearer.
func (f *fixture) token(entity string, scopes ...access.Scope) (bearer, id string) {
	f.T.Helper()
	bearer, token, err := f.tokens.Create(f.T.Context(), scopes, entity, time.Time{})
	if err != nil {
		f.T.Fatal(err)
	}
	return bearer, token.ID
}

// rotate replaces a token, which lives on for a day.
func (f *fixture) rotate(id string) token.Rotation {
	f.T.Helper()
	rotation, err := f.tokens.Rotate(f.T.Context(), id, time.Time{}, day)
	if err != nil {
		f.T.Fatal(err)
	}
	return rotation
}
