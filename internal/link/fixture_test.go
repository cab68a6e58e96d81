package link

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/guard"
	"mirsad/internal/i18n"
	"mirsad/internal/route"
	"mirsad/internal/token"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

const (
	password        = accounttest.Password
	septembersMonth = "2016-09"
)

type browser = accounttest.Browser

// fixture is links, beside tokens and accounts, with the pages that a site would have around them.
type fixture struct {
	*accounttest.Site

	links    *Links
	accounts *account.Accounts
	tokens   *token.Tokens
	refusal  error // what a submission ends with
}

// wholeStore is what the database offers.
type wholeStore interface {
	account.Store
	token.UseStore
	audit.Store
}

// newFixture is over memory, with the cheapest password hash.
func newFixture(t *testing.T, base string) *fixture {
	t.Helper()
	c := accounttest.NewClock()
	return newFixtureOver(t, &accounttest.Memory{Now: c.Now}, c, base)
}

func newFixtureOver(t *testing.T, store wholeStore, c *accounttest.Clock, base string) *fixture {
	t.Helper()
	f := &fixture{Site: accounttest.New(t, store, c, audit.Configuration{})}
	quiet := slog.New(slog.DiscardHandler)
	var err error
	f.accounts, err = account.New(
		account.Configuration{BaseURL: base, PasswordMemory: 64, PasswordPasses: 1},
		account.Dependencies{Store: store, Audit: f.Audit, Logger: quiet, Now: c.Now},
	)
	if err != nil {
		t.Fatal(err)
	}
	f.tokens, err = token.New(token.Dependencies{Store: store, Uses: store, Audit: f.Audit, Logger: quiet, Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	f.links, err = New(Configuration{BaseURL: base}, Dependencies{
		Store: store, People: f.accounts, Audit: f.Audit, Logger: quiet, Now: c.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	f.Who = func(next http.Handler) http.Handler {
		return f.tokens.Middleware(f.accounts.Middleware(f.links.Middleware(next)))
	}
	f.Handler = f.Guarded(guard.Configuration{}, slices.Concat(
		f.links.Routes(), f.accounts.Routes(), f.pages(), accounttest.OtherRoutes(),
	))
	return f
}

// pages are those by which people come and go, and a form that uses a link up.
func (f *fixture) pages() []route.Route {
	plain := func(handler http.HandlerFunc) route.Handler { return route.Serve(handler) }
	links := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkPlan)
	return []route.Route{
		route.Form("/sign-in", plain(func(w http.ResponseWriter, r *http.Request) {
			if _, err := f.accounts.SignIn(r.Context(), r.FormValue("email"), r.FormValue("password")); err != nil {
				http.Error(w, err.Error(), http.StatusForbidden)
			}
		}), access.Open()),
		route.Form("/sign-out", plain(func(w http.ResponseWriter, r *http.Request) {
			if err := f.links.SignOut(r.Context()); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		}), access.Open()),
		route.Page("/link/{link}", plain(f.lookAtLink), access.Open()),
		route.Form("/link/{link}", plain(f.openLink), access.Open(), route.Records(audit.LinkOpen)),
		route.Form("/submit", plain(f.submit), links, route.Records(audit.Submit)),
	}
}

// lookAtLink, openLink and submit are in place of the pages.
func (f *fixture) lookAtLink(w http.ResponseWriter, r *http.Request) {
	if _, _, err := f.links.LookAt(r.Context(), r.PathValue("link")); err != nil {
		http.Error(w, Text(err), http.StatusForbidden)
	}
}

func (f *fixture) openLink(w http.ResponseWriter, r *http.Request) {
	var err error
	if r.FormValue("password") != "" {
		err = f.links.Accept(r.Context(), r.PathValue("link"), r.FormValue("name"), r.FormValue("password"))
	} else {
		_, err = f.links.Open(w, r, r.PathValue("link"))
	}
	if err != nil {
		http.Error(w, Text(err)+" "+err.Error(), http.StatusForbidden)
	}
}

func (f *fixture) submit(w http.ResponseWriter, r *http.Request) {
	who, _ := access.PrincipalFrom(r.Context())
	if r.FormValue("purpose") != "" {
		month, _ := civil.ParseMonth(r.FormValue("month"))
		act := Act{Purpose: access.Purpose(r.FormValue("purpose")), Entity: r.FormValue("entity"), Month: month}
		err := f.links.Use(r.Context(), act, func(context.Context) error { return f.refusal })
		if err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
	}
	_, _ = io.WriteString(w, who.ID)
}

// user adds a person with the common password.
func (f *fixture) user(email string, role access.Role, entity string) {
	f.T.Helper()
	_, err := f.accounts.CreateUser(
		f.T.Context(), email, "Somebody Else", role, entity, password, account.KeepsPassword(),
	)
	if err != nil {
		f.T.Fatal(err)
	}
}

func (f *fixture) asAdmin() *browser {
	f.T.Helper()
	bearer, _, err := f.tokens.Create(f.T.Context(), []access.Scope{access.ScopeAdmin}, "", time.Time{})
	if err != nil {
		f.T.Fatal(err)
	}
	return &browser{Site: f.Site, Bearer: bearer}
}

// link makes a link of moi for noor, and returns its last element: <id>.<secret>.
func (f *fixture) link(purpose access.Purpose) string {
	f.T.Helper()
	ask := Ask{
		Purpose: purpose, Entity: "moi", Month: septembersMonth, Email: "noor@example.qa", Language: i18n.English,
		Days: UsualDays,
	}
	if purpose == access.LinkInvitation {
		ask.Month = ""
	}
	issued, err := f.links.Issue(f.T.Context(), ask)
	if err != nil {
		f.T.Fatal(err)
	}
	return issued.Address[strings.LastIndex(issued.Address, "/")+1:]
}

// opened is the browser of a link's reader.
func (f *fixture) opened(bearer string) *browser {
	f.T.Helper()
	b := &browser{Site: f.Site}
	if w := open(b, bearer); w != http.StatusOK {
		f.T.Fatalf("the link does not open: %d", w)
	}
	return b
}

func open(b *browser, bearer string) int {
	return b.Do(http.MethodPost, "/en/link/"+bearer, nil).Code
}

// submits confirms a submission.
func submits(b *browser, purpose access.Purpose, entity, month string) int {
	form := url.Values{"purpose": {string(purpose)}, "entity": {entity}, "month": {month}}
	return b.Do(http.MethodPost, "/en/submit", form).Code
}
