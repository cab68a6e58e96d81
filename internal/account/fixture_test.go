package account

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/guard"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

// clock is a time that tests move. The cookies of scs are by the machine's clock, so it begins ahead of that.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: clocktest.Start().UTC()} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

const password = "correct horse battery"

// fixture is accounts with the pages that a site would have around them.
type fixture struct {
	t        *testing.T
	clock    *clock
	store    *memory
	audit    *audit.Recorder
	metrics  *prometheus.Registry // of the audit record
	accounts *Accounts
	site     http.Handler
	refusal  error // what a submission ends with
	told     int   // audit rows that refusals has told
}

// newFixture is over memory, with the cheapest password hash.
func newFixture(t *testing.T, base string) *fixture {
	t.Helper()
	c := newClock()
	store := &memory{now: c.now}
	f := newFixtureOver(t, store, c, base)
	f.store = store
	return f
}

// wholeStore is what the database offers.
type wholeStore interface {
	Store
	UseStore
	audit.Store
}

func newFixtureOver(t *testing.T, store wholeStore, c *clock, base string) *fixture {
	t.Helper()
	return newFixtureWith(t, store, c, Configuration{BaseURL: base})
}

// newFixtureWith is newFixtureOver with settings.
func newFixtureWith(t *testing.T, store wholeStore, c *clock, cfg Configuration) *fixture {
	t.Helper()
	return newFixtureRecording(t, store, c, cfg, audit.Configuration{})
}

// newFixtureRecording is newFixtureWith with settings of the audit record.
func newFixtureRecording(t *testing.T, store wholeStore, c *clock, cfg Configuration, recording audit.Configuration) *fixture {
	t.Helper()
	metrics := prometheus.NewRegistry()
	audit := auditOver(t, store, c, recording, metrics)
	cfg.PasswordMemory, cfg.PasswordPasses = 64, 1
	accounts, err := New(cfg, Dependencies{Store: store, Uses: store, Audit: audit, Logger: slog.New(slog.DiscardHandler), Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, clock: c, audit: audit, metrics: metrics, accounts: accounts}
	f.site = f.guardedWith(guard.Configuration{}, f.routes())
	return f
}

// auditOver is an audit that is not started: it writes when it settles.
func auditOver(t *testing.T, store audit.Store, c *clock, cfg audit.Configuration, metrics prometheus.Registerer) *audit.Recorder {
	t.Helper()
	cfg.Operator = "operator/test"
	audit, err := audit.New(cfg, audit.Dependencies{Store: store, Logger: slog.New(slog.DiscardHandler), Now: c.now, Registerer: metrics})
	if err != nil {
		t.Fatal(err)
	}
	return audit
}

// user adds a person with the common password.
func (f *fixture) user(email string, role access.Role, entity string) {
	f.t.Helper()
	if _, err := f.accounts.CreateUser(f.t.Context(), email, "Somebody Else", role, entity, password, KeepsPassword()); err != nil {
		f.t.Fatal(err)
	}
}

// token makes a token and returns its bearer.
func (f *fixture) token(entity string, scopes ...access.Scope) (bearer, id string) {
	f.t.Helper()
	bearer, token, err := f.accounts.CreateToken(f.t.Context(), scopes, entity, time.Time{})
	if err != nil {
		f.t.Fatal(err)
	}
	return bearer, token.ID
}

// browser keeps a cookie between requests, as a person's does.
type browser struct {
	*fixture
	cookie *http.Cookie
	flow   *http.Cookie // of a sign-in under way at the provider
	bearer string
}

func (b *browser) do(method, target string, form url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, target, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, cookie := range []*http.Cookie{b.cookie, b.flow} {
		if cookie != nil {
			r.AddCookie(cookie)
		}
	}
	if b.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+b.bearer)
	}
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		place := &b.cookie
		if strings.HasSuffix(cookie.Name, plainFlowCookie) {
			place = &b.flow
		}
		*place = cookie
		if cookie.MaxAge < 0 {
			*place = nil
		}
	}
	return w
}

func (b *browser) get(target string) *httptest.ResponseRecorder {
	return b.do(http.MethodGet, target, nil)
}

// signIn tries the form and reports whether it let the person in.
func (b *browser) signIn(email, secret string) bool {
	b.t.Helper()
	return b.do(http.MethodPost, "/en/sign-in", url.Values{"email": {email}, "password": {secret}}).Code == http.StatusOK
}

// knows reports whether the site knows who asks.
func (b *browser) knows() bool {
	b.t.Helper()
	return b.get("/en/").Code == http.StatusOK
}
