package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestDatesGoAlongAndAreCopied(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	_, body := get(t, server, "/en/entities?on=2016-06-30&q=health&sort=name")
	for _, link := range []string{
		`href="/en/usage?on=2016-06-30"`, `href="/ar/entities?on=2016-06-30&amp;q=health&amp;sort=name"`,
		`href="/en/entities?as_at=2016-10-05&amp;on=2016-09-30&amp;q=health&amp;sort=name"`, `>Sample data<`, `>provisional<`,
	} {
		if !strings.Contains(body, link) {
			t.Errorf("the page lacks %s", link)
		}
	}
	if answer, _ := get(t, server, "/en/?on=yesterday"); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("an unreadable date answers %d", answer.StatusCode)
	}
}
