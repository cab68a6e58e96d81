package account

import (
	"context"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
)

type (
	sessionKey struct{}
	lateKey    struct{}
)

// hasSession reports whether the request passed the session's middleware.
func hasSession(ctx context.Context) bool { return ctx.Value(sessionKey{}) != nil }

// Middleware puts the person of the request's session in its context as the Principal, where no token makes the
// request: it runs within the middleware of tokens, and that of links within it.
func (a *Accounts) Middleware(next http.Handler) http.Handler {
	bySession := a.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, found, err := a.personOf(r.Context())
		if err != nil {
			a.refuse(w, r, err)
			return
		}
		answer, _ := r.Context().Value(lateKey{}).(*lateCookie)
		ctx := context.WithValue(r.Context(), sessionKey{}, visitor{request: r, answer: answer})
		if found {
			principal := who.Principal()
			httpserver.NameActor(ctx, principal.ID)
			ctx = access.WithVerdict(access.WithPrincipal(ctx, principal), &access.Verdict{})
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, known := access.PrincipalFrom(r.Context()); known || httpserver.IsAsset(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		if r.Method == http.MethodPost { // it may sign somebody in
			late := &lateCookie{ResponseWriter: w}
			w, r = late, r.WithContext(context.WithValue(r.Context(), lateKey{}, late))
		}
		bySession.ServeHTTP(w, r)
	})
}

// refuse shows an error: on a page to a person, as a problem to everyone else.
func (a *Accounts) refuse(w http.ResponseWriter, r *http.Request, err error) {
	a.dependencies.Problems.Answer(w, r, err)
}
