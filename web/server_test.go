package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/web/page"
	"mirsad/web/signin"
)

// executive sees everything.
var executive = access.Principal{ID: "user/minister@example.org", Name: "The Minister", Role: access.RoleExecutive}

// people knows one person.
type people struct {
	person access.Principal
	err    error
	ways   account.Ways

	first          bool
	entity, issuer string
	ended, changed string
}

func (p *people) SignIn(_ context.Context, email, password string) (access.Principal, error) {
	if p.err != nil {
		return access.Principal{}, p.err
	}
	if email != "minister@example.org" || password != "a long passphrase" {
		return access.Principal{}, programme.ErrForbidden
	}
	return p.person, nil
}

func (p *people) SignOut(context.Context) error { return p.err }

func (p *people) Self(context.Context) (account.User, error) {
	return account.User{
		ID: "minister@example.org", Email: "minister@example.org", Name: p.person.Name, Role: access.RoleExecutive, Entity: p.entity, MustChange: p.first,
		Issuer: p.issuer,
	}, nil
}

func (p *people) OwnSessions(context.Context) ([]account.Session, error) {
	at := time.Date(2016, 10, 5, 11, 5, 0, 0, time.UTC)
	return []account.Session{
		{ID: "here", SignedInAt: at, UsedAt: at, ExpiresAt: at.Add(2 * time.Hour), Current: true},
		{ID: "there", SignedInAt: at, UsedAt: at, ExpiresAt: at.Add(2 * time.Hour)},
	}, nil
}

func (p *people) EndSession(_ context.Context, id string) error { p.ended = id; return p.err }

func (p *people) ChangePassword(_ context.Context, present, next string) error {
	p.changed = present + " to " + next
	return p.err
}

func (p *people) Ways() account.Ways { return p.ways }

func (p *people) BeginProviderSignIn(_ http.ResponseWriter, _ *http.Request, _ i18n.Language, next string) (string, error) {
	return "https://id.example/authorize?next=" + next, p.err
}

func (p *people) FinishProviderSignIn(http.ResponseWriter, *http.Request) (account.Arrival, error) {
	return account.Arrival{Language: i18n.Arabic, Next: "/ar/usage"}, p.err
}

// qatar is the sample programme's zone, without the machine's table of zones.
var qatar = time.FixedZone("Asia/Qatar", 3*60*60)

// site returns the pages over figures, as the given person sees them; nobody when nil.
func site(t *testing.T, figures page.Figures, person *access.Principal) *httptest.Server {
	t.Helper()
	return siteOf(t, figures, person, &people{person: executive})
}

// siteOf is site with accounts of the test's own.
func siteOf(t *testing.T, figures page.Figures, person *access.Principal, accounts signin.Accounts) *httptest.Server {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(Configuration{Zone: qatar}, complete(t, Dependencies{
		Figures: figures, Accounts: accounts, Settings: settingsOfFixture, Words: words, Logger: slog.New(slog.DiscardHandler),
	}))
	if errors.Is(err, page.ErrNotBuilt) {
		t.Skip(skipReason(t, err.Error()))
	}
	if err != nil {
		t.Fatal(err)
	}
	handler := handlerOf(t, w)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if person != nil {
			r = r.WithContext(access.WithPrincipal(r.Context(), *person))
		}
		handler.ServeHTTP(rw, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// get returns a page's status, headers and body; redirects are not followed.
func get(t *testing.T, server *httptest.Server, path string, headers ...string) (answer, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return do(t, request)
}

// answer is what a browser is told beside the body.
type answer struct {
	StatusCode int
	Header     http.Header
}

func do(t *testing.T, request *http.Request) (answer, string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{StatusCode: response.StatusCode, Header: response.Header}, string(body)
}

// settingsOfFixture are the fixture's settings.
func settingsOfFixture() programme.Settings { return fixture().Programme }
