package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

var administrator = access.Principal{ID: "user/admin@example.org", Name: "The Administrator", Role: access.RoleAdmin}

// storeSite is the pages over a real store, as a person sees them.
func storeSite(t *testing.T, db *clickhouse.DB, person access.Principal) *httptest.Server {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := gather.New(gather.Configuration{Zone: qatar}, gather.Dependencies{Store: db, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(Configuration{Zone: qatar}, complete(t, Dependencies{
		Figures: kept, Accounts: &people{}, Settings: settingsOfFixture, Register: db, Weigher: kept, Submissions: kept,
		Planner: kept, PlanBook: trueBook{}, Words: words, Logger: slog.New(slog.DiscardHandler),
	}))
	if errors.Is(err, page.ErrNotBuilt) {
		t.Skip(skipReason(t, err.Error()))
	}
	if err != nil {
		t.Fatal(err)
	}
	handler := handlerOf(t, w)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(rw, r.WithContext(access.WithPrincipal(r.Context(), person)))
	}))
	t.Cleanup(server.Close)
	return server
}

func adminStore(t *testing.T) *clickhouse.DB {
	t.Helper()
	db := clickhousetest.New(t)
	clickhousetest.Catalogue(t, db, programme.DefaultSettings(), hostile[0], nil, "visa")
	return db
}

// settingsForm is the form as a browser sends it when nothing was changed but for the pairs.
func settingsForm(pairs ...string) url.Values {
	form := url.Values{
		"version": {"1"}, "reason": {"because"}, "name": {"National e-services programme"},
		"name_ar": {"برنامج الخدمات الإلكترونية"}, "goal": {"1000"}, "starts_on": {"2014-01-01"},
		"target_on": {"2016-12-31"}, "reporting_date": {"2016-09-30"}, "due_day": {"10"},
		"rule.minimum_level": {"1"}, "rule.new_at_level": {"0"},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

func post(t *testing.T, server *httptest.Server, path string, form url.Values) (answer, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path,
		strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return do(t, request)
}

// calendarForm is a calendar as a browser sends it: the version it was opened at, and its lines.
func calendarForm(version, days string) url.Values {
	return url.Values{"version": {version}, "reason": {"announced"}, "days": {days}}
}

// campaignForm is a campaign as a browser sends it; pairs change it.
func campaignForm(pairs ...string) url.Values {
	form := url.Values{
		"version": {"0"}, "reason": {"agreed"}, "name": {"Spring"}, "name_ar": {"الربيع"},
		"starts_on": {"2016-03-01"}, "ends_on": {"2016-03-31"}, "services": {"visa"},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// TestAdminPagesInABrowser looks at the pages, one of them with faults, as axe and a narrow screen do.
func TestAdminPagesInABrowser(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	server := storeSite(t, adminStore(t), administrator)
	tab, heard := browser(t, server)
	for _, language := range []string{"en", "ar"} {
		for _, path := range []string{
			"/admin", "/admin/calendars/holidays", "/admin/campaigns", "/admin/campaigns/spring",
		} {
			if err := open(tab, server.URL+"/"+language+path, 1440); err != nil {
				t.Fatal(err)
			}
			if path == "/admin" {
				sendEmptyReason(tab, t)
			}
			for _, finding := range accessible(tab, t, string(axe)) {
				t.Errorf("%s%s: axe: %s", language, path, finding)
			}
			for _, width := range []int64{390, 320} {
				noSidewaysScroll(tab, t, width)
			}
			if folder := os.Getenv("MIRSAD_SCREENSHOTS"); folder != "" {
				name := language + strings.ReplaceAll(path, "/", "_") + ".png"
				picture(tab, t, server.URL+"/"+language+path, filepath.Join(folder, name), 1440)
			}
			for _, complaint := range heard.taken() {
				if !strings.Contains(complaint, "422") {
					t.Errorf("%s%s: %s", language, path, complaint)
				}
			}
		}
	}
}
