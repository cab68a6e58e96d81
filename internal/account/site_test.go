package account

import (
	"io"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/guard"
	"mirsad/internal/route"
)

// guardedWith serves routes as a site does: behind the accounts and the guard.
func (f *fixture) guardedWith(cfg guard.Configuration, routes ...[]route.Route) http.Handler {
	f.t.Helper()
	registry, err := route.NewRegistry(route.Problems{}, routes...)
	if err != nil {
		f.t.Fatal(err)
	}
	guarded, err := guard.New(cfg, guard.Dependencies{Routes: registry, Audit: f.audit, Now: f.clock.now})
	if err != nil {
		f.t.Fatal(err)
	}
	return f.accounts.Middleware(guarded.Handler())
}

// answeredBy is the site with one handler for all routes.
func (f *fixture) answeredBy(handler http.HandlerFunc) http.Handler {
	f.t.Helper()
	routes := f.routes()
	for i := range routes {
		routes[i].Handler = route.Serve(handler)
	}
	return f.guardedWith(guard.Configuration{}, routes)
}

// routes are those of the accounts and the audit record, and some of the other components' with their rules: these answer
// who asks. The whole table is held by the tests of cmd/mirsad.
func (f *fixture) routes() []route.Route {
	routes := append(f.accounts.Routes(), f.audit.Routes()...)
	return append(append(routes, f.signInRoutes()...), otherRoutes()...)
}

// signInRoutes are the pages by which people come and go.
func (f *fixture) signInRoutes() []route.Route {
	links := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkPlan)
	plain := func(handler http.HandlerFunc) route.Handler { return route.Serve(handler) }
	return []route.Route{
		route.Form("/sign-in", plain(f.signInAnswer), access.Open()),
		route.Form("/sign-out", plain(func(w http.ResponseWriter, r *http.Request) {
			if err := f.accounts.SignOut(r.Context()); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		}), access.Open()),
		route.Page("/sign-in/provider", plain(func(w http.ResponseWriter, r *http.Request) {
			to, err := f.accounts.BeginProviderSignIn(w, r, "en", r.URL.Query().Get("next"))
			if err != nil {
				http.Error(w, err.Error(), http.StatusForbidden)
				return
			}
			http.Redirect(w, r, to, http.StatusSeeOther)
		}), access.Open()),
		route.Get(CallbackPath, plain(func(w http.ResponseWriter, r *http.Request) {
			arrival, err := f.accounts.FinishProviderSignIn(w, r)
			if err != nil {
				http.Error(w, SignInText(err)+": "+err.Error(), http.StatusForbidden)
				return
			}
			http.Redirect(w, r, arrival.Next, http.StatusSeeOther)
		}), access.Open()),
		route.Page("/link/{link}", plain(f.lookAtLink), access.Open()),
		route.Form("/link/{link}", plain(f.openLink), access.Open(), route.Records(audit.LinkOpen)),
		route.Form("/submit", plain(f.submit), links, route.Records(audit.Submit)),
	}
}

func (f *fixture) signInAnswer(w http.ResponseWriter, r *http.Request) {
	who, err := f.accounts.SignIn(r.Context(), r.FormValue("email"), r.FormValue("password"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	_, _ = io.WriteString(w, who.ID)
}

// otherRoutes are in place of those of the pages, the figures API and the ingestion.
func otherRoutes() []route.Route {
	everyone, readers := access.Everyone(), access.Readers()
	submits := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin)
	desk := access.For(access.RoleAgency, access.RoleAdmin).Tokens(access.ScopeEvents)
	receipts := access.For(access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin).
		Tokens(access.ScopeEvents)
	reports := access.For(access.RoleExecutive, access.RolePlanner, access.RoleAuditor, access.RoleAdmin).
		Tokens(access.ScopeRead).WholeProgramme()
	return []route.Route{
		route.Get("/{$}", echo, access.Open()), route.Get("/static/{path...}", echo, access.Open()),
		route.Get("/favicon.ico", echo, access.Open()), route.Get("/robots.txt", echo, access.Open()),
		route.Get("/healthz", echo, access.Open()), route.Page("/sign-in", echo, access.Open()),
		route.Page("", echo, everyone), route.Page("/{$}", echo, everyone), route.Page("/usage", echo, everyone),
		route.Page("/entities", echo, everyone), route.Page("/entities/{entity}", echo, everyone),
		route.Page("/services", echo, everyone), route.Page("/account", echo, everyone.FirstPassword()),
		route.Form("/account/password", echo, everyone.FirstPassword(), route.Records(audit.PasswordChange)),
		route.Page("/submit", echo, submits.Links(access.LinkPlan)),
		route.Page("/claims", echo, submits.Links(access.LinkClaims)),
		route.Page("/statements", echo, submits.Links(access.LinkStatements)),
		route.Page("/audit", echo, submits), route.Page("/people", echo, access.For(access.RoleAuditor, access.RoleAdmin)),
		route.Form("/people", echo, access.For(access.RoleAdmin), route.Records(audit.UserCreate)),
		route.Form("/admin", echo, access.For(access.RoleAdmin), route.Records(audit.Administer)),
		route.Page("/admin", echo, access.For(access.RoleAuditor, access.RoleAdmin)),
		route.Get("/v1/progress", echo, readers), route.Get("/v1/services", echo, readers),
		route.Get("/v1/services.csv", echo, readers), route.Get("/v1/entities/{entity}", echo, readers),
		route.Get("/v1/reports", echo, reports), route.Get("/v1/reports/{month}/highlights.xlsx", echo, reports),
		route.Get("/v1/receipts/{receipt}", echo, receipts), route.Get("/v1/quarantine", echo, receipts),
		route.Post("/v1/quarantine/replay", echo, desk, route.Records(audit.QuarantineReplay)),
		route.Post("/v1/quarantine/close", echo, desk, route.Records(audit.QuarantineClose)),
		route.Post("/v1/events", echo, access.For().Tokens(access.ScopeEvents), route.Unpaced()),
		route.Get("/v1/ingest/{path...}", echo, access.Office().Tokens(access.ScopeEvents)),
	}
}

// echo answers who asks.
func echo(w http.ResponseWriter, r *http.Request) error {
	who, _ := access.PrincipalFrom(r.Context())
	_, _ = io.WriteString(w, who.ID)
	return nil
}
