package web

import (
	"net/http"
	"testing"

	"mirsad/web/page"
)

func TestAPageIsNotSentAgainWhileItHolds(t *testing.T) {
	figures := fixture()
	person := executive
	server := site(t, fixed{figures: figures}, &person)
	for _, path := range []string{"/en/", "/ar/services", "/charts/burn-up.csv"} {
		first, _ := get(t, server, path)
		tag := first.Header.Get("ETag")
		again, body := get(t, server, path, "If-None-Match", `"other", `+tag)
		if tag == "" || again.StatusCode != http.StatusNotModified || body != "" || again.Header.Get("Cache-Control") != page.Kept ||
			again.Header.Get("Content-Type") != "" {
			t.Errorf("%s: %q, then %d with %d bytes and %v", path, tag, again.StatusCode, len(body), again.Header)
		}
	}
	before, _ := get(t, server, "/en/")
	figures.Verified.Counted++
	if after, body := get(
		t,
		server,
		"/en/",
		"If-None-Match",
		before.Header.Get("ETag"),
	); after.StatusCode != http.StatusOK ||
		body == "" {
		t.Errorf("changed figures: %d", after.StatusCode)
	}
	if missing, _ := get(t, server, "/en/none"); missing.Header.Get("ETag") != "" {
		t.Error("an error has a name to be kept by")
	}
}
