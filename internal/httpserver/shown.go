package httpserver

import (
	"context"
	"strings"

	"github.com/go-chi/chi/v5/middleware"
)

// ClientAddress returns the address that a request comes from, as far as the proxies in front are trusted; "" outside
// a request.
func ClientAddress(ctx context.Context) string { return middleware.GetClientIP(ctx) }

// linkElement is the element of a path before that of a signed link.
const linkElement = "link"

// ShownPath returns a path as logs may show it: without the secret of a signed link, which comes after the first dot of
// /{en|ar}/link/{id}.{secret}.
func ShownPath(path string) string {
	elements := strings.Split(path, "/")
	for i := 1; i < len(elements)-1; i++ {
		if elements[i] == linkElement {
			id, _, _ := strings.Cut(elements[i+1], ".")
			return strings.Join(append(elements[:i+1:i+1], id+".…"), "/")
		}
	}
	return path
}

// IsAsset reports whether the path is a file that everybody gets, so that nobody's session need be read.
func IsAsset(path string) bool {
	return strings.HasPrefix(path, "/static/") || path == "/favicon.ico" || path == "/robots.txt" ||
		path == "/healthz" || path == "/readyz"
}
