package route

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Problems answers errors: on a page to a person by a page, to everyone else as a problem.
type Problems struct {
	// Page shows an error on a page; nil: a problem is answered to everyone.
	Page func(http.ResponseWriter, *http.Request, error)
}

// Answer answers an error.
func (p Problems) Answer(w http.ResponseWriter, r *http.Request, err error) {
	if p.Page != nil && IsPage(r.URL.Path) && r.Header.Get("Authorization") == "" {
		httpserver.NoteError(r.Context(), err)
		p.Page(w, r, err)
		return
	}
	httpserver.WriteProblem(w, r, err)
}

// Registry finds and serves the routes of all components.
type Registry struct {
	mux      *http.ServeMux
	routes   []Route
	problems Problems
}

// NewRegistry registers every component's routes; two for one address are ErrInvalid.
func NewRegistry(problems Problems, routes ...[]Route) (registry *Registry, err error) {
	defer func() {
		if fault := recover(); fault != nil { // ServeMux panics on a conflict, which is a fault of the wiring
			registry, err = nil, fmt.Errorf("%w: route: %v", programme.ErrInvalid, fault)
		}
	}()
	registry = &Registry{mux: http.NewServeMux(), routes: slices.Concat(routes...), problems: problems}
	for _, each := range registry.routes {
		for _, path := range each.Paths() {
			registry.mux.Handle(each.Method+" "+path, served{Route: each, problems: problems})
		}
	}
	return registry, nil
}

// served is a route as a handler of the mux.
type served struct {
	Route

	problems Problems
}

// ServeHTTP answers the request, or the error that the route's handler returns.
func (s served) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := s.Handler(w, r); err != nil {
		s.problems.Answer(w, r, err)
	}
}

// Routes lists every route, in the order of the declarations.
func (g *Registry) Routes() []Route { return slices.Clone(g.routes) }

// Find returns the request's route and the pattern of its address.
func (g *Registry) Find(r *http.Request) (found Route, pattern string, is bool) {
	handler, pattern := g.mux.Handler(r)
	each, is := handler.(served)
	_, path, _ := strings.Cut(pattern, " ")
	return each.Route, path, is
}

// methods are those that a route may have.
var methods = []string{http.MethodOptions, http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete}

// Methods lists the methods that the request's address is served with; none where nothing is served.
func (g *Registry) Methods(r *http.Request) []string {
	var allowed []string
	for _, method := range methods {
		other := r.Clone(r.Context())
		other.Method = method
		if _, _, found := g.Find(other); found {
			allowed = append(allowed, method)
		}
	}
	return allowed
}

// PageOf returns the address of the page that a request was made from, or else of the nearest page above its own
// address: one that opens by GET, which the address of a form need not.
func (g *Registry) PageOf(r *http.Request) string {
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host && IsPage(from.Path) &&
		g.opens(r, from.EscapedPath()) {
		return from.RequestURI()
	}
	for path := r.URL.EscapedPath(); path != ""; path = path[:strings.LastIndex(path, "/")] {
		if g.opens(r, path) {
			return path
		}
	}
	return "/" + string(PageLanguage(r.URL.Path)) + "/"
}

// opens reports whether the path is a page.
func (g *Registry) opens(r *http.Request, path string) bool {
	target, err := url.Parse(path)
	if err != nil || !httpserver.PlainPath(target) {
		return false
	}
	other := r.Clone(r.Context())
	other.Method, other.URL = http.MethodGet, target
	found, _, is := g.Find(other)
	return is && found.Localized && !found.Who.IsOpen()
}

// ServeHTTP serves a request by its route, without asking who makes it: the guard has asked before.
func (g *Registry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, _, found := g.Find(r); !found {
		g.problems.Answer(w, r, fmt.Errorf("%w: no such route", programme.ErrNotFound))
		return
	}
	g.mux.ServeHTTP(w, r)
}

// IsPage reports whether the path is a page in one of the languages.
func IsPage(path string) bool { return PageLanguage(path) != "" }

// PageLanguage returns the language of a page's path; "" when it is no page.
func PageLanguage(path string) i18n.Language {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	for _, language := range i18n.Languages() {
		if first == string(language) {
			return language
		}
	}
	return ""
}
