package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
	"mirsad/internal/guard"
	"mirsad/internal/i18n"
	"mirsad/internal/route"
	"mirsad/web/page"
)

// agencyPerson is of an entity of the fixture, newcomer an administrator whose password somebody else chose.
var (
	agencyPerson = access.Principal{ID: "user/noor@example.org", Name: "Noor", Role: access.RoleAgency, Entity: "e08"}
	newcomer     = access.Principal{ID: "user/new@example.org", Name: "New", Role: access.RoleAdmin, MustChange: true}
)

// guardedPages is the pages behind the guard, which lets in as the routes say, as a person sees them; nobody when nil.
func guardedPages(t *testing.T, deps Dependencies, person *access.Principal) *httptest.Server {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	deps.Settings, deps.Words, deps.Logger = settingsOfFixture, words, slog.New(slog.DiscardHandler)
	w, err := New(Configuration{Zone: qatar}, complete(t, deps))
	if errors.Is(err, page.ErrNotBuilt) {
		t.Skip(skipReason(t, err.Error()))
	}
	if err != nil {
		t.Fatal(err)
	}
	routes, err := route.NewRegistry(route.Problems{Page: w.Problem}, w.Routes())
	if err != nil {
		t.Fatal(err)
	}
	guarded, err := guard.New(guard.Configuration{}, guard.Dependencies{
		Routes: routes, Problems: route.Problems{Page: w.Problem}, Now: clocktest.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if person != nil {
			r = r.WithContext(access.WithPrincipal(r.Context(), *person))
		}
		guarded.Handler().ServeHTTP(rw, r)
	}))
	t.Cleanup(server.Close)
	return server
}
