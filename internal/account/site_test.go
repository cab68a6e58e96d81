package account

import (
	"io"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/audit"
	"mirsad/internal/guard"
	"mirsad/internal/route"
)

// answeredBy is the site with one handler for all routes.
func (f *fixture) answeredBy(handler http.HandlerFunc) http.Handler {
	f.T.Helper()
	routes := f.routes()
	for i := range routes {
		routes[i].Handler = route.Serve(handler)
	}
	return f.Guarded(guard.Configuration{}, routes)
}

// routes are those of the accounts and the audit record, and some of the other components' with their rules: these answer
// who asks. The whole table is held by the tests of cmd/mirsad.
func (f *fixture) routes() []route.Route {
	routes := append(f.accounts.Routes(), f.Audit.Routes()...)
	return append(append(routes, f.signInRoutes()...), accounttest.OtherRoutes()...)
}

// signInRoutes are the pages by which people come and go.
func (f *fixture) signInRoutes() []route.Route {
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
		route.Form("/submit", plain(func(http.ResponseWriter, *http.Request) {}),
			access.For(access.RoleAgency, access.RoleAdmin), route.Records(audit.Submit)),
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
