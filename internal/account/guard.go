package account

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Guard lets a request pass only when the table of routes allows who makes it; it runs under Middleware.
// An anonymous person is sent to sign in and an anonymous program told to (401); a route that is not theirs is
// 403, one that is not in the table 404, and so is another entity's object.
func (a *Accounts) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !httpserver.PlainPath(r.URL) {
			httpserver.WriteProblem(w, r, fmt.Errorf("%w: the path", programme.ErrInvalid))
			return
		}
		route, pattern, found := a.route(r)
		if found {
			httpserver.NameRoute(r.Context(), route.name)
		}
		if found && !a.capped(w, r, route) {
			return
		}
		if found && route.open {
			next.ServeHTTP(w, r)
			return
		}
		who, signedIn := access.PrincipalFrom(r.Context())
		if signedIn && !route.unpaced && !a.paced(w, r, who) {
			return
		}
		switch {
		case !signedIn:
			a.askToSignIn(w, r)
		case !found:
			a.refuse(w, r, a.missing(w, r))
		case who.MustChange && !route.unsettled:
			a.askToChangePassword(w, r)
		case !route.allows(who):
			access.NoteRefusal(r.Context(), programme.TokenForbidden)
			a.auditRefusal(r)
			if who.Role == "" {
				w.Header().Set("WWW-Authenticate", `Bearer realm="mirsad", error="insufficient_scope"`)
			}
			a.refuse(w, r, fmt.Errorf("%w: %s", programme.ErrForbidden, route.name))
		case anothers(who, pattern, r.URL.Path):
			access.NoteRefusal(r.Context(), programme.TokenOtherEntity)
			a.auditRefusal(r)
			a.refuse(w, r, fmt.Errorf("%w: another entity's object", programme.ErrNotFound))
		default:
			a.serve(w, r, route, next)
		}
	})
}

// route finds the request's row in the table.
func (a *Accounts) route(r *http.Request) (guarded, string, bool) {
	handler, pattern := a.routes.Handler(r)
	route, found := handler.(guarded)
	return route, pattern, found
}

// missing tells a wrong method from a path that nobody serves.
func (a *Accounts) missing(w http.ResponseWriter, r *http.Request) error {
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, _, found := a.route(other); found {
			w.Header().Add("Allow", method)
		}
	}
	if w.Header().Get("Allow") != "" {
		return fmt.Errorf("%w: %s", httpserver.ErrMethodNotAllowed, r.Method)
	}
	return fmt.Errorf("%w: %s", programme.ErrNotFound, "no such route")
}

// anothers reports whether the path names an entity that the principal does not see.
func anothers(who access.Principal, pattern, path string) bool {
	if who.SeesAll() {
		return false
	}
	_, form := splitPattern(pattern)
	elements := strings.Split(path, "/")
	for i, element := range strings.Split(form, "/") {
		if element == "{entity}" && i < len(elements) {
			return !who.Sees(elements[i])
		}
	}
	return false
}

// askToSignIn sends a person to the sign-in page and back, and tells a program that it needs a token.
func (a *Accounts) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if !isPage(r.URL.Path) {
		httpserver.WriteProblem(w, r, httpserver.ErrUnauthenticated)
		return
	}
	next := r.URL.EscapedPath()
	if r.Method == http.MethodGet && r.URL.RawQuery != "" {
		next += "?" + r.URL.RawQuery
	}
	sendTo(w, r, "/sign-in?"+url.Values{"next": {next}}.Encode())
}

// askToChangePassword sends a person whose password somebody else chose to choose one.
func (a *Accounts) askToChangePassword(w http.ResponseWriter, r *http.Request) {
	if !isPage(r.URL.Path) {
		httpserver.WriteProblem(w, r, fmt.Errorf("%w: the first password is to be changed", programme.ErrForbidden))
		return
	}
	sendTo(w, r, "/account")
}

// sendTo leads to another page in the page's language.
func sendTo(w http.ResponseWriter, r *http.Request, page string) {
	to := "/" + string(pageLanguage(r.URL.Path)) + page
	w.Header().Set("Cache-Control", "no-store")
	if r.Header.Get("HX-Request") == "true" { // a part of a page must not be swapped for a form
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// LocalPath returns next when it is a path of this site, and otherwise what stands beside it: no sign-in sends
// a person to another host.
func LocalPath(next, otherwise string) string {
	parsed, err := url.Parse(next)
	if err != nil || parsed.IsAbs() || parsed.Host != "" || parsed.User != nil || parsed.Opaque != "" || !httpserver.PlainPath(parsed) {
		return otherwise
	}
	return parsed.RequestURI()
}

// isPage reports whether the path is a page in one of the languages.
func isPage(path string) bool { return pageLanguage(path) != "" }

// pageLanguage returns the language of a page's path; "" when it is no page.
func pageLanguage(path string) i18n.Language {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	for _, language := range i18n.Languages() {
		if first == string(language) {
			return language
		}
	}
	return ""
}

// isAsset reports whether the path is a file that everybody gets, so that nobody's session need be read.
func isAsset(path string) bool {
	return strings.HasPrefix(path, "/static/") || path == "/favicon.ico" || path == "/robots.txt" || path == "/healthz" || path == "/readyz"
}

func splitPattern(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	return method, path
}

// routeName is a pattern's path without the mark of its end.
func routeName(pattern string) string {
	_, path := splitPattern(pattern)
	return strings.TrimSuffix(path, "{$}")
}
