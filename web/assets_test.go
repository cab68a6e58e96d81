package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestAssetsAreKeptForEver(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, nil)
	_, body := get(t, server, "/en/sign-in")
	for _, path := range regexp.MustCompile(`/static/[^"]+`).FindAllString(body, -1) {
		answer, _ := get(t, server, path, "Accept-Encoding", "gzip")
		if answer.StatusCode != http.StatusOK || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") || answer.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s answers %d, %v", path, answer.StatusCode, answer.Header)
		}
	}
}
