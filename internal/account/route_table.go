package account

import (
	"net/http"

	"mirsad/internal/i18n"
)

// guarded is a row's access as a handler of the mux that finds the row; it never serves.
type guarded struct {
	rule
	// name is the route's in the metrics, the same in both languages.
	name string
}

// ServeHTTP is never called: the mux only finds the row.
func (guarded) ServeHTTP(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }

// Route is a route of the table: its pattern is that of net/http's ServeMux.
type Route struct{ Method, Path string }

// Routes lists every route of the table, a page once in each language.
func Routes() []Route {
	var routes []Route
	for _, each := range table() {
		for _, pattern := range each.routes {
			method, path := splitPattern(pattern)
			routes = append(routes, Route{Method: method, Path: path})
		}
		for _, pattern := range each.pages {
			method, path := splitPattern(pattern)
			for _, language := range i18n.Languages() {
				routes = append(routes, Route{Method: method, Path: "/" + string(language) + path})
			}
		}
	}
	return routes
}

// routeTable puts the table into a mux; two rows for one route are a panic that any test finds.
func routeTable() *http.ServeMux {
	mux := http.NewServeMux()
	for _, each := range table() {
		for _, pattern := range each.routes {
			mux.Handle(pattern, guarded{rule: each.rule, name: routeName(pattern)})
		}
		for _, pattern := range each.pages {
			method, path := splitPattern(pattern)
			for _, language := range i18n.Languages() {
				mux.Handle(method+" /"+string(language)+path, guarded{rule: each.rule, name: "/{lang}" + routeName(pattern)})
			}
		}
	}
	return mux
}
