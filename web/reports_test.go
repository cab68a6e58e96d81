package web

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/net/html"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports"
	"mirsad/web/page"
)

// reportsOver are the true reports over a test's figures, a few days after the reporting date.
func reportsOver(t *testing.T, figures page.Figures) *reports.Reports {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	made, err := reports.New(reports.Configuration{}, reports.Dependencies{
		Figures: figures, Words: words, Zone: qatar, Logger: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(),
		Now: func() time.Time { return time.Date(2016, 10, 5, 12, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// linksTo returns the attributes of the links of a page that lead to an address beginning so, in their order.
func linksTo(t *testing.T, page, begin string) []map[string]string {
	t.Helper()
	parsed, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found []map[string]string
	for node := range parsed.Descendants() {
		if node.Type != html.ElementNode || node.Data != "a" {
			continue
		}
		attributes := map[string]string{}
		for _, each := range node.Attr {
			attributes[each.Key] = each.Val
		}
		if strings.HasPrefix(attributes["href"], begin) {
			found = append(found, attributes)
		}
	}
	return found
}

// TestEachMonthHasItsWorkbookInBothLanguages looks at the page of reports as those who see the whole programme.
func TestEachMonthHasItsWorkbookInBothLanguages(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, language := range []string{"en", "ar"} {
		answer, body := get(t, server, "/"+language+"/reports?as_at=2016-10-05")
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", language, answer.StatusCode)
		}
		links := linksTo(t, body, "/v1/reports/")
		if len(links) != 2*33 { // January 2014 to September 2016
			t.Errorf("%s: %d workbooks", language, len(links))
			continue
		}
		newest := []string{
			"/v1/reports/2016-09/highlights.xlsx?as_at=2016-10-05&lang=en", "/v1/reports/2016-09/highlights.xlsx?as_at=2016-10-05&lang=ar",
		}
		if got := []string{links[0]["href"], links[1]["href"]}; !slices.Equal(got, newest) {
			t.Errorf("%s: the newest are %v", language, got)
		}
		if links[0]["hreflang"] != "en" || links[1]["hreflang"] != "ar" {
			t.Errorf("%s: the languages of the files are not said: %v", language, links[:2])
		}
		if oldest := links[len(links)-1]["href"]; !strings.HasPrefix(oldest, "/v1/reports/2014-01/") {
			t.Errorf("%s: the oldest is %s", language, oldest)
		}
	}
}

// TestWhoIsLedToTheReports looks for the page in the menu and on the overview.
func TestWhoIsLedToTheReports(t *testing.T) {
	for role, want := range map[access.Role]int{
		access.RoleExecutive: 2, access.RolePlanner: 2, access.RoleAuditor: 2, access.RoleAdmin: 2, access.RoleAgency: 0,
	} {
		who := access.Principal{ID: "user/" + string(role) + "@example.org", Role: role}
		if role == access.RoleAgency {
			who.Entity = "e01"
		}
		_, body := get(t, site(t, fixed{figures: fixture()}, &who), "/en/")
		if links := linksTo(t, body, "/en/reports"); len(links) != want {
			t.Errorf("%s: %d links lead to the reports, want %d", role, len(links), want)
		}
	}
}

func TestAnEmptyProgrammeSaysThatItHasNoReports(t *testing.T) {
	empty := &figures.Figures{Programme: programme.DefaultSettings()}
	empty.On = fixtureOn
	server := site(t, fixed{figures: empty}, &executive)
	for language, words := range map[string]string{"en": "There is no month to report yet.", "ar": "لا يوجد شهر للتقرير بعد."} {
		answer, body := get(t, server, "/"+language+"/reports")
		if answer.StatusCode != http.StatusOK || !strings.Contains(body, words) || len(linksTo(t, body, "/v1/reports/")) != 0 {
			t.Errorf("%s: %d, it does not say so", language, answer.StatusCode)
		}
	}
}
