package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/guard"
	"mirsad/internal/i18n"
	"mirsad/internal/route"
	"mirsad/internal/token"
	"mirsad/web/page"
)

const chosenPassword = "a long passphrase of mine"

// guardedSite is the pages behind the guard over a real store, with its audit record.
type guardedSite struct {
	t        *testing.T
	db       *clickhouse.DB
	accounts *account.Accounts
	tokens   *token.Tokens
	audit    *audit.Recorder
	server   *httptest.Server
	cookie   *http.Cookie
}

// guardedSiteOf is a site with an administrator, who has signed in.
func guardedSiteOf(t *testing.T) *guardedSite {
	t.Helper()
	db := adminStore(t)
	quiet := slog.New(slog.DiscardHandler)
	s := &guardedSite{t: t, db: db}
	var err error
	if s.audit, err = audit.New(audit.Configuration{}, audit.Dependencies{Store: db, Logger: quiet, Now: clocktest.Now}); err != nil {
		t.Fatal(err)
	}
	s.accounts, err = account.New(account.Configuration{PasswordMemory: 64, PasswordPasses: 1},
		account.Dependencies{Store: db, Audit: s.audit, Logger: quiet, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	s.tokens, err = token.New(token.Dependencies{Store: db, Uses: db, Audit: s.audit, Logger: quiet, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := gather.New(gather.Configuration{Zone: qatar}, gather.Dependencies{Store: db, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := New(Configuration{Zone: qatar}, complete(t, Dependencies{
		Figures:  kept,
		Accounts: s.accounts,
		Settings: settingsOfFixture,
		Audit:    s.audit,
		Office:   s.accounts,
		Tokens:   s.tokens,
		Register: db,
		Weigher:  kept,
		Words:    words,
		Logger:   quiet,
	}))
	if errors.Is(err, page.ErrNotBuilt) {
		t.Skip(skipReason(t, err.Error()))
	}
	if err != nil {
		t.Fatal(err)
	}
	routes, err := route.NewRegistry(route.Problems{Page: pages.Problem}, pages.Routes())
	if err != nil {
		t.Fatal(err)
	}
	guarded, err := guard.New(guard.Configuration{}, guard.Dependencies{Routes: routes, Audit: s.audit, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(s.tokens.Middleware(s.accounts.Middleware(guarded.Handler())))
	t.Cleanup(s.server.Close)
	_, err = s.accounts.CreateUser(
		t.Context(),
		"admin@example.org",
		"The Administrator",
		access.RoleAdmin,
		"",
		chosenPassword,
		account.KeepsPassword(),
	)
	if err != nil {
		t.Fatal(err)
	}
	s.cookie = s.signIn("admin@example.org")
	return s
}

func (s *guardedSite) signIn(email string) *http.Cookie {
	s.t.Helper()
	answer, _ := post(s.t, s.server, "/en/sign-in", url.Values{"email": {email}, "password": {chosenPassword}})
	cookies := (&http.Response{Header: answer.Header}).Cookies()
	if len(cookies) != 2 { // the session, and the sign that the browser is known
		s.t.Fatalf("%s: %d, %d cookies", email, answer.StatusCode, len(cookies))
	}
	return cookies[0]
}

// send posts a form as the administrator and returns the rows that this added to the audit record.
func (s *guardedSite) send(path string, form url.Values) (answer, []audit.Row) {
	s.t.Helper()
	before := len(s.rows())
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.AddCookie(s.cookie)
	got, _ := do(s.t, request)
	rows := s.rows()
	return got, rows[:len(rows)-before]
}

// rows are the audit record, the newest first.
func (s *guardedSite) rows() []audit.Row {
	s.t.Helper()
	s.audit.Settle(s.t.Context())
	rows, err := s.db.AuditRows(s.t.Context(), audit.Filter{}, audit.Cursor{}, 1000)
	if err != nil {
		s.t.Fatal(err)
	}
	return rows
}

func TestOneActOfAnAdministratorIsOneRowWithItsObject(t *testing.T) {
	t.Parallel()
	s := guardedSiteOf(t)
	_, made, err := s.tokens.Create(t.Context(), []access.Scope{access.ScopeRead}, "moi", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.accounts.CreateUser(
		t.Context(),
		"planner@example.org",
		"Planner",
		access.RolePlanner,
		"",
		chosenPassword,
		account.KeepsPassword(),
	)
	if err != nil {
		t.Fatal(err)
	}
	s.signIn("planner@example.org")
	for _, act := range []struct {
		path          string
		form          url.Values
		status        int
		object        string
		before, after string // parts of them
	}{
		{"/en/admin", settingsForm("goal", "1200", "act", "try"), 200, "programme/programme", "", `"dry_run":true`},
		{"/en/admin", settingsForm("goal", "1200"), 303, "programme/programme", `"goal":1000`, `"goal":1200`},
		{"/en/admin", settingsForm("goal", "900"), 409, "programme/programme", "", `"unchanged":true`},
		{"/en/admin/calendars/holidays", url.Values{"version": {"0"}, "reason": {"announced"}, "days": {"2016-09-12 | Eid | العيد"}}, 303, "programme/calendar/holidays", "", "Eid"},
		{"/en/admin/campaigns/autumn", url.Values{
			"version": {"0"}, "reason": {"agreed"}, "name": {"Autumn"}, "name_ar": {"الخريف"}, "starts_on": {"2016-09-01"}, "ends_on": {"2016-09-30"}, "services": {"visa"},
		}, 303, "campaign/autumn", "", "Autumn"},
		{"/en/people", url.Values{"email": {"new@example.org"}, "name": {"New"}, "role": {"auditor"}}, 201, "user/new@example.org", "", `"role":"auditor"`},
		{"/en/people", url.Values{"email": {"new@example.org"}, "name": {""}, "role": {"auditor"}}, 422, "/en/people", "", ""},
		{"/en/people/change", url.Values{"person": {"planner@example.org"}, "role": {"executive"}}, 303, "user/planner@example.org", `"role":"planner"`, `"role":"executive"`},
		{"/en/sessions/end-all", url.Values{"account": {"planner@example.org"}}, 303, "user/planner@example.org", `"sessions":`, `"sessions":0`},
		{"/en/people/disable", url.Values{"person": {"planner@example.org"}}, 303, "user/planner@example.org", `"role":"executive"`, `"disabled":true`},
		{"/en/people/enable", url.Values{"person": {"planner@example.org"}}, 201, "user/planner@example.org", `"disabled":true`, `"must_change":true`},
		{"/en/tokens", url.Values{"scopes": {"read"}, "entity": {""}, "days": {"30"}}, 201, "token/", "", `"scopes":["read"]`},
		{"/en/tokens/revoke", url.Values{"token": {made.ID}}, 303, "token/" + made.ID, `"entity":"moi"`, `"revoked":true`},
	} {
		got, rows := s.send(act.path, act.form)
		if got.StatusCode != act.status || len(rows) != 1 {
			t.Errorf("%s: %d, %d rows: %+v", act.path, got.StatusCode, len(rows), rows)
			continue
		}
		row := rows[0]
		refused := act.status >= http.StatusBadRequest
		if !strings.HasPrefix(row.Object, act.object) || !strings.Contains(row.Before, act.before) || !strings.Contains(row.After, act.after) ||
			(act.before == "") != (row.Before == "") || row.Actor != "user/admin@example.org" ||
			(row.Outcome == audit.Refused) != refused {
			t.Errorf("%s: %+v", act.path, row)
		}
	}
}

func TestWhoGuessesIsToldWhenToTryAgain(t *testing.T) {
	t.Parallel()
	s := guardedSiteOf(t)
	wrong := url.Values{"email": {"admin@example.org"}, "password": {"a guess"}}
	var got answer
	for n := range 10 {
		var body string
		got, body = post(t, s.server, "/ar/sign-in", wrong)
		if got.StatusCode == http.StatusTooManyRequests {
			if got.Header.Get("Retry-After") == "" || strings.Contains(body, "⟦") {
				t.Errorf("attempt %d: Retry-After %q", n+1, got.Header.Get("Retry-After"))
			}
			return
		}
		if got.StatusCode != http.StatusUnauthorized {
			t.Fatalf("attempt %d: %d", n+1, got.StatusCode)
		}
	}
	t.Errorf("nobody is slowed down: %d", got.StatusCode)
}
