package httpserver

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestShownPath(t *testing.T) {
	for path, want := range map[string]string{
		"/en/link/0123.secret": "/en/link/0123.…", "/ar/link/0123.se.cret": "/ar/link/0123.…", "/en/link/0123.secret/x": "/en/link/0123.…",
		"/link/a.b": "/link/a.…", "/en/links": "/en/links", "/v1/links/0123": "/v1/links/0123", "/en/link": "/en/link", "/": "/", "": "",
	} {
		if got := ShownPath(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

// TestASecretOfALinkIsInNoLog reads the request's line.
func TestASecretOfALinkIsInNoLog(t *testing.T) {
	var written bytes.Buffer
	s := &Server{dependencies: Dependencies{Logger: slog.New(slog.NewTextHandler(&written, nil))}}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/en/link/0123.topsecret", http.NoBody)
	s.log(r, &request{}, http.StatusOK, 1, time.Second)
	if got := written.String(); !strings.Contains(got, "/en/link/0123.") || strings.Contains(got, "topsecret") {
		t.Errorf("the log says %s", got)
	}
}
