package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"

	"mirsad/internal/httpserver"
)

// Render writes a page only once it is whole, so that a fault never leaves half of one.
func (v *Visit) Render(rw http.ResponseWriter, status int, name string, view any) error {
	var body bytes.Buffer
	if err := v.Pages[name].ExecuteTemplate(&body, "layout", view); err != nil {
		return fmt.Errorf("render the page %s: %w", name, err)
	}
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(v.Language))
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", Kept)
	}
	if status == http.StatusOK && NotModified(rw, v.Request, body.Bytes()) {
		return nil
	}
	rw.WriteHeader(status)
	_, _ = body.WriteTo(rw) // the browser went away; nobody is left to answer
	return nil
}

// NoStore answers with a page that nobody keeps, the browser's history neither: one about people, or of what was just
// decided.
func (v *Visit) NoStore(rw http.ResponseWriter, status int, name string, view any) error {
	rw.Header().Set("Cache-Control", "no-store")
	return v.Render(rw, status, name, view)
}

// Kept lets a browser keep a page for its person alone, and makes it ask each time whether it still holds.
const Kept = "private, no-cache"

// NotModified names an answer by its content and, when the browser has it already, answers that alone. What nobody
// keeps has no name.
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
