package token

import (
	"log/slog"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/audit"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/guard"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

const day = 24 * time.Hour

type browser = accounttest.Browser

// fixture is tokens with the addresses that a site would have around them.
type fixture struct {
	*accounttest.Site

	tokens *Tokens
}

// wholeStore is what the database offers.
type wholeStore interface {
	Store
	UseStore
	audit.Store
}

// newFixture is over memory.
func newFixture(t *testing.T) *fixture {
	t.Helper()
	c := accounttest.NewClock()
	return newFixtureOver(t, &accounttest.Memory{Now: c.Now}, c)
}

func newFixtureOver(t *testing.T, store wholeStore, c *accounttest.Clock) *fixture {
	t.Helper()
	f := &fixture{Site: accounttest.New(t, store, c, audit.Configuration{})}
	var err error
	f.tokens, err = New(Dependencies{
		Store: store, Uses: store, Audit: f.Audit, Logger: slog.New(slog.DiscardHandler), Now: c.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	f.Who = f.tokens.Middleware
	f.Handler = f.Guarded(guard.Configuration{}, f.Audit.Routes(), accounttest.OtherRoutes())
	return f
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
