package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestAssetsAreKeptForEver(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, nil)
	page := opened(t, server, "/en/sign-in")
	assets := slices.Concat(page.attributes("link[href^='/static/']", "href"), page.attributes("script[src^='/static/']", "src"))
	if len(assets) < 3 {
		t.Errorf("the page has %q", assets)
	}
	for _, path := range assets {
		answer, _ := get(t, server, path, "Accept-Encoding", "gzip")
		if answer.StatusCode != http.StatusOK || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") || answer.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s answers %d, %v", path, answer.StatusCode, answer.Header)
		}
	}
}
