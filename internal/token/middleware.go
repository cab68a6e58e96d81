package token

import (
	"fmt"
	"net/http"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/intake"
)

// Middleware puts the owner of the token in Authorization in the request's context as its Principal. A bad token is
// answered with 401, whatever a cookie says; a request without the header is passed on as it is.
func (t *Tokens) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if header := r.Header.Get("Authorization"); header != "" {
			t.admit(w, r, header, next)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (t *Tokens) admit(w http.ResponseWriter, r *http.Request, header string, next http.Handler) {
	scheme, bearer, _ := strings.Cut(header, " ")
	err := fmt.Errorf("%w: the scheme is not Bearer", httpserver.ErrUnauthenticated)
	var token Token
	if strings.EqualFold(scheme, "Bearer") {
		token, err = t.tokenOf(r.Context(), intake.Clean(bearer))
	}
	if err != nil {
		w.Header().Set("WWW-Authenticate", `Bearer realm="mirsad", error="invalid_token"`)
		httpserver.WriteProblem(w, r, err)
		return
	}
	outcome := &access.Verdict{}
	// A handler that panics has accepted the token all the same.
	defer func() { t.uses.note(token, outcome.Refused()) }()
	who := token.Principal()
	httpserver.NameActor(r.Context(), who.ID)
	ctx := access.WithVerdict(access.WithPrincipal(r.Context(), who), outcome)
	next.ServeHTTP(w, r.WithContext(ctx))
}
