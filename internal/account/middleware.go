package account

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
)

type sessionKey struct{}

// hasSession reports whether the request passed the session's middleware.
func hasSession(ctx context.Context) bool { return ctx.Value(sessionKey{}) != nil }

// Middleware finds out who makes a request and puts the Principal in its context: the owner of the token in
// Authorization, or else the person of the session, or else the signed link that was opened. A bad token is answered
// with 401, whatever the cookie says.
func (a *Accounts) Middleware(next http.Handler) http.Handler {
	bySession := a.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, found, err := a.personOf(r.Context())
		if err != nil {
			a.refuse(w, r, err)
			return
		}
		ctx := context.WithValue(r.Context(), sessionKey{}, true)
		principal := who.Principal()
		if !found {
			if principal, found, err = a.linkSession(w, r); err != nil {
				a.refuse(w, r, err)
				return
			}
		}
		if found {
			ctx = access.WithVerdict(asPrincipal(ctx, principal), &access.Verdict{})
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch header := r.Header.Get("Authorization"); {
		case header != "":
			a.byToken(w, r, header, next)
		case isAsset(r.URL.Path):
			next.ServeHTTP(w, r)
		default:
			bySession.ServeHTTP(w, r)
		}
	})
}

func (a *Accounts) byToken(w http.ResponseWriter, r *http.Request, header string, next http.Handler) {
	scheme, bearer, _ := strings.Cut(header, " ")
	err := fmt.Errorf("%w: the scheme is not Bearer", httpserver.ErrUnauthenticated)
	var token Token
	if strings.EqualFold(scheme, "Bearer") {
		token, err = a.tokenOf(r.Context(), strings.TrimSpace(bearer))
	}
	if err != nil {
		w.Header().Set("WWW-Authenticate", `Bearer realm="mirsad", error="invalid_token"`)
		httpserver.WriteProblem(w, r, err)
		return
	}
	outcome := &access.Verdict{}
	// A handler that panics has accepted the token all the same.
	defer func() { a.uses.note(token, outcome.Refused()) }()
	next.ServeHTTP(w, r.WithContext(access.WithVerdict(asPrincipal(r.Context(), token.Principal()), outcome)))
}

func asPrincipal(ctx context.Context, who access.Principal) context.Context {
	httpserver.NameActor(ctx, who.ID)
	return access.WithPrincipal(ctx, who)
}

// refuse shows an error: on a page to a person, as a problem to everyone else.
func (a *Accounts) refuse(w http.ResponseWriter, r *http.Request, err error) {
	a.dependencies.Problems.Answer(w, r, err)
}

// isAsset reports whether the path is a file that everybody gets, so that nobody's session need be read.
func isAsset(path string) bool {
	return strings.HasPrefix(path, "/static/") || path == "/favicon.ico" || path == "/robots.txt" ||
		path == "/healthz" || path == "/readyz"
}
