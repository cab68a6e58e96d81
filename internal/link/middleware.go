package link

import (
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
)

// Middleware puts the Principal of the link that was opened in the request's context, where nobody else makes the
// request: it runs within the middleware of tokens and accounts.
func (l *Links) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, known := access.PrincipalFrom(r.Context()); known || httpserver.IsAsset(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		who, found, err := l.session(w, r)
		if err != nil {
			l.dependencies.Problems.Answer(w, r, err)
			return
		}
		if found {
			httpserver.NameActor(r.Context(), who.ID)
			ctx := access.WithVerdict(access.WithPrincipal(r.Context(), who), &access.Verdict{})
			r = r.WithContext(ctx)
		}
		next.ServeHTTP(w, r)
	})
}
