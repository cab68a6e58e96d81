// Package guard lets a request pass only when its route's rule allows the principal and the account is within its share
// of the common capacity, and writes down what was changed, taken away or refused.
package guard

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// Configuration sets what one account may take; a zero value takes the default beside it.
type Configuration struct {
	// RequestsPerSecond is how many requests an account may make in the long run, ten seconds' worth of them at once.
	// Events have a budget of their own.
	RequestsPerSecond int // 50
}

// Dependencies are what the guard needs.
type Dependencies struct {
	Routes *route.Registry
	// Audit writes down who was refused, and who changed or took away what; nil: nothing is written.
	Audit *audit.Recorder
	// Problems answer refusals.
	Problems route.Problems
	Now      func() time.Time
}

// Guard asks before every route is served; it is safe for use by many goroutines.
type Guard struct {
	dependencies Dependencies
	caps         *caps
	uploads      uploads
}

// New returns a guard of routes.
func New(cfg Configuration, deps Dependencies) (*Guard, error) {
	if deps.Routes == nil || deps.Now == nil {
		return nil, fmt.Errorf("%w: the guard needs routes and a clock", programme.ErrInvalid)
	}
	return &Guard{dependencies: deps, caps: newCaps(cfg, deps.Now), uploads: newUploads()}, nil
}

// Handler serves the routes to those whom their rules allow; who makes a request is in its context. An anonymous person
// is sent to sign in and an anonymous program is answered 401; a route that is not theirs is 403, an address without a
// route 404, and so is another entity's object.
func (g *Guard) Handler() http.Handler { return http.HandlerFunc(g.handle) }

func (g *Guard) handle(w http.ResponseWriter, r *http.Request) {
	if !httpserver.PlainPath(r.URL) {
		httpserver.WriteProblem(w, r, fmt.Errorf("%w: the path", programme.ErrInvalid))
		return
	}
	served, pattern, found := g.dependencies.Routes.Find(r)
	if found {
		httpserver.NameRoute(r.Context(), served.Name())
	}
	if found && !g.capped(w, r, served) {
		return
	}
	if found && served.Who.IsOpen() {
		g.dependencies.Routes.ServeHTTP(w, r)
		return
	}
	who, signedIn := access.PrincipalFrom(r.Context())
	if signedIn && !served.Unpaced && !g.paced(w, r, who) {
		return
	}
	switch {
	case !signedIn:
		g.askToSignIn(w, r)
	case !found:
		g.refuse(w, r, g.missing(w, r))
	case who.MustChange && !served.Who.AllowsFirstPassword():
		g.askToChangePassword(w, r)
	case !served.Who.Allows(who):
		access.NoteRefusal(r.Context(), programme.TokenForbidden)
		g.auditRefusal(r)
		if who.Role == "" {
			w.Header().Set("WWW-Authenticate", `Bearer realm="mirsad", error="insufficient_scope"`)
		}
		g.refuse(w, r, fmt.Errorf("%w: %s", programme.ErrForbidden, served.Name()))
	case anothers(who, pattern, r.URL.Path):
		access.NoteRefusal(r.Context(), programme.TokenOtherEntity)
		g.auditRefusal(r)
		g.refuse(w, r, fmt.Errorf("%w: another entity's object", programme.ErrNotFound))
	default:
		g.serve(w, r, served)
	}
}

func (g *Guard) refuse(w http.ResponseWriter, r *http.Request, err error) {
	g.dependencies.Problems.Answer(w, r, err)
}

// missing distinguishes a wrong method from an address that nobody serves.
func (g *Guard) missing(w http.ResponseWriter, r *http.Request) error {
	allowed := g.dependencies.Routes.Methods(r)
	if len(allowed) == 0 {
		return fmt.Errorf("%w: %s", programme.ErrNotFound, "no such route")
	}
	for _, method := range allowed {
		w.Header().Add("Allow", method)
	}
	return fmt.Errorf("%w: %s", httpserver.ErrMethodNotAllowed, r.Method)
}

// anothers reports whether the path names an entity that the principal does not see.
func anothers(who access.Principal, pattern, path string) bool {
	elements := strings.Split(path, "/")
	for i, element := range strings.Split(pattern, "/") {
		if element == "{entity}" && i < len(elements) {
			return !who.Sees(elements[i])
		}
	}
	return false
}

// askToSignIn sends a person to the sign-in page and back; a program gets the problem that it needs a token.
func (g *Guard) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if !route.IsPage(r.URL.Path) {
		httpserver.WriteProblem(w, r, httpserver.ErrUnauthenticated)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		// What a form sent is not kept without its person: the page of the form opens again, and the reader is told.
		again := url.Values{"next": {g.dependencies.Routes.PageOf(r)}, "unsent": {"1"}}
		sendTo(w, r, "/sign-in?"+again.Encode())
		return
	}
	next := r.URL.EscapedPath()
	if r.URL.RawQuery != "" {
		next += "?" + r.URL.RawQuery
	}
	sendTo(w, r, "/sign-in?"+url.Values{"next": {next}}.Encode())
}

// askToChangePassword sends a person whose password somebody else chose to choose one.
func (g *Guard) askToChangePassword(w http.ResponseWriter, r *http.Request) {
	if !route.IsPage(r.URL.Path) {
		httpserver.WriteProblem(w, r, fmt.Errorf("%w: the first password is to be changed", programme.ErrForbidden))
		return
	}
	sendTo(w, r, "/account")
}

// sendTo leads to another page in the page's language.
func sendTo(w http.ResponseWriter, r *http.Request, page string) {
	to := "/" + string(route.PageLanguage(r.URL.Path)) + page
	w.Header().Set("Cache-Control", "no-store")
	if r.Header.Get("HX-Request") == "true" { // a part of a page must not be swapped for a form
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // it begins with /en or /ar: a page of this site
}
