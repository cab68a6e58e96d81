package page

import (
	"net/http"

	"mirsad/internal/httpserver"
)

// Secured sets the headers that every answer of the pages carries, also where no server of ours stands before them.
func Secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		httpserver.SetSecurityHeaders(rw.Header())
		next.ServeHTTP(rw, r)
	})
}
