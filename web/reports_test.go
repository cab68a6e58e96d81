package web

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

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

// TestEachMonthHasItsWorkbookInBothLanguages looks at the page of reports as those who see the whole programme.
func TestEachMonthHasItsWorkbookInBothLanguages(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, language := range []string{"en", "ar"} {
		page := opened(t, server, "/"+language+"/reports?as_at=2016-10-05")
		page.answers(http.StatusOK)
		const workbooks = `a[href^="/v1/reports/"]`
		page.holds(workbooks, 2*33) // January 2014 to September 2016
		addresses := page.attributes(workbooks, "href")
		newest := []string{
			"/v1/reports/2016-09/highlights.xlsx?as_at=2016-10-05&lang=en", "/v1/reports/2016-09/highlights.xlsx?as_at=2016-10-05&lang=ar",
		}
		if !slices.Equal(addresses[:2], newest) {
			t.Errorf("%s: the newest are %v", language, addresses[:2])
		}
		if languages := page.attributes(workbooks, "hreflang"); !slices.Equal(languages[:2], []string{"en", "ar"}) {
			t.Errorf("%s: the languages of the files are not said: %v", language, languages[:2])
		}
		if oldest := addresses[len(addresses)-1]; !strings.HasPrefix(oldest, "/v1/reports/2014-01/") {
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
		overFigures(t, fixture(), who, "/en/").holds(`a[href^="/en/reports"]`, want)
	}
}

func TestAnEmptyProgrammeSaysThatItHasNoReports(t *testing.T) {
	empty := &figures.Figures{Programme: programme.DefaultSettings()}
	empty.On = fixtureOn
	server := site(t, fixed{figures: empty}, &executive)
	for language, words := range map[string]string{"en": "There is no month to report yet.", "ar": "لا يوجد شهر للتقرير بعد."} {
		page := opened(t, server, "/"+language+"/reports")
		page.answers(http.StatusOK)
		page.holds(`a[href^="/v1/reports/"]`, 0)
		if got := textOf(page.Find(".nothing")); !strings.HasPrefix(got, words) {
			t.Errorf("%s says %q", language, got)
		}
	}
}
