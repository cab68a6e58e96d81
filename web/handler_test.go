package web

import (
	"net/http"
	"testing"

	"mirsad/internal/programme"
	"mirsad/internal/route"
	"mirsad/web/page"
)

// handlerOf serves the pages without a guard; an address without a route is the page that says so.
func handlerOf(t *testing.T, w *Web) http.Handler {
	t.Helper()
	registry, err := route.NewRegistry(route.Problems{Page: w.Problem}, w.Routes())
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if _, _, found := registry.Find(r); !found {
			page.Secured(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				w.Problem(rw, r, programme.ErrNotFound)
			})).ServeHTTP(rw, r)
			return
		}
		registry.ServeHTTP(rw, r)
	})
}
