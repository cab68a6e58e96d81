package page

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"mirsad/internal/httpserver"
)

// Kept lets a browser keep a page for its person alone, and makes it ask each time whether it still holds.
const Kept = "private, no-cache"

// NotModified names an answer by its content and, when the browser has it already, answers that alone. What nobody keeps
// has no name.
func NotModified(rw http.ResponseWriter, r *http.Request, body []byte) bool {
	h := rw.Header()
	if h.Get("Cache-Control") != Kept || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
		return false
	}
	sum := sha256.Sum256(body)
	tag := `W/"` + hex.EncodeToString(sum[:12]) + `"` // weak: what is packed on the way has other bytes
	h.Set("ETag", tag)
	if !httpserver.Holds(r, tag) {
		return false
	}
	for _, of := range []string{"Content-Type", "Content-Language", "Content-Disposition"} {
		h.Del(of)
	}
	rw.WriteHeader(http.StatusNotModified)
	return true
}

// Secured sets the headers that every answer of the pages carries, also where no server of ours stands before them.
func Secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		httpserver.SetSecurityHeaders(rw.Header())
		next.ServeHTTP(rw, r)
	})
}
