package web

import (
	"net/http"
	"testing"
)

func TestDatesGoAlongAndAreCopied(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	page := opened(t, server, "/en/entities?on=2016-06-30&q=health&sort=name")
	page.holds(`.menu a[href="/en/usage?on=2016-06-30"]`, 1)
	page.leads(".top__person a[hreflang]", "/ar/entities?on=2016-06-30&q=health&sort=name")
	page.leads("a.copy", "/en/entities?as_at=2016-10-05&on=2016-09-30&q=health&sort=name")
	page.says(".stamp .sample", "Sample data")
	page.says(".stamp .tag", "provisional")
	if answer, _ := get(t, server, "/en/?on=yesterday"); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("an unreadable date answers %d", answer.StatusCode)
	}
}
