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
	w, err := New(Configuration{Zone: qatar}, Dependencies{
		Figures: kept, Accounts: &people{}, Settings: settingsOfFixture, Register: db, Weigher: kept, Submissions: kept,
		Planner: kept, PlanBook: trueBook{}, Words: words, Logger: slog.New(slog.DiscardHandler),
	})
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
		"version": {"1"}, "reason": {"because"}, "name": {"National e-services programme"}, "name_ar": {"برنامج الخدمات الإلكترونية"},
		"goal": {"1000"}, "starts_on": {"2014-01-01"}, "target_on": {"2016-12-31"}, "reporting_date": {"2016-09-30"}, "due_day": {"10"},
		"rule.minimum_level": {"1"}, "rule.new_at_level": {"0"},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

func post(t *testing.T, server *httptest.Server, path string, form url.Values) (answer, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return do(t, request)
}

func TestSettingsAreRecordedFromThePage(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	if _, body := get(t, server, "/en/admin"); !strings.Contains(body, `name="goal" value="1000"`) || strings.Contains(body, "<script>alert") {
		t.Errorf("the form as it stands: %s", body)
	}
	answer, body := post(t, server, "/en/admin", settingsForm("goal", "1200", "act", "try"))
	for _, words := range []string{"Goal, in services: <bdi>1000</bdi> → <bdi>1200</bdi>", "rule counts 0 of 1,000 services", "0 of 1,200 would be counted", `value="1200"`} {
		if answer.StatusCode != http.StatusOK || !strings.Contains(body, words) {
			t.Errorf("trying: %d, no %q", answer.StatusCode, words)
		}
	}
	answer, _ = post(t, server, "/ar/admin", settingsForm("goal", "1200", "rule.count_existing", "on", "rule.audiences", "citizens، business", "act", "save"))
	if to := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || to != "/ar/admin?saved=2" {
		t.Fatalf("%d to %q", answer.StatusCode, to)
	}
	_, body = get(t, server, "/ar/admin?saved=2")
	for _, words := range []string{"حُفظت النسخة رقم 2", `name="goal" value="1200"`, "user/admin@example.org", "because", `value="citizens, business"`, " checked"} {
		if !strings.Contains(body, words) {
			t.Errorf("after saving: no %q", words)
		}
	}
	answer, body = post(t, server, "/en/admin", settingsForm("goal", "900"))
	sent := document(t, body)
	alert, goal := sent.Find("[role=alert]"), sent.Find("[name=goal]")
	if answer.StatusCode != http.StatusConflict || attribute(goal, "value") != "900" || attribute(alert.Find("a"), "href") != "/en/admin" ||
		!strings.HasPrefix(textOf(alert), page.Isolated("user/admin@example.org")+" changed this on") {
		t.Errorf("from an older version: %d, %q", answer.StatusCode, textOf(alert))
	}
	form := settingsForm("goal", "1200", "rule.count_existing", "on", "rule.audiences", "citizens, business", "version", "2")
	if answer, body = post(t, server, "/en/admin", form); answer.StatusCode != http.StatusOK || !strings.Contains(body, "no version was added") {
		t.Errorf("nothing changed: %d", answer.StatusCode)
	}
}

func TestFaultsStandBesideTheirFields(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	for _, language := range []string{"en", "ar"} {
		answer, body := post(t, server, "/"+language+"/admin", settingsForm("goal", "many", "starts_on", "soon", "name", "", "reason", ""))
		if answer.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", language, answer.StatusCode)
		}
		for _, name := range []string{"goal", "starts_on", "name", "reason"} {
			finds(t, language, body, faulty(name, "f-"+name), "#f-"+name+"-fault p")
		}
		finds(t, language, body, `[name=starts_on][value=soon]`, `[name=goal][value=many]`, `[role=alert]`, `!#f-target_on-fault`)
		if strings.Contains(body, "⟦") || strings.Contains(body, "{least}") {
			t.Errorf("%s: a text is missing", language)
		}
	}
	if answer, _ := post(t, server, "/en/admin", settingsForm("version", "x")); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("no version: %d", answer.StatusCode)
	}
}

func TestCalendarsAndCampaignsOnPages(t *testing.T) {
	server := storeSite(t, adminStore(t), administrator)
	days := "2016-06-06/2016-07-05 | Ramadan | رمضان\n\n2015-06-18/2015-07-16|Ramadan|رمضان\n"
	answer, _ := post(t, server, "/en/admin/calendars/ramadan", url.Values{"version": {"0"}, "reason": {"the moon"}, "days": {days}})
	if answer.StatusCode != http.StatusSeeOther {
		t.Errorf("%d", answer.StatusCode)
	}
	if _, body := get(t, server, "/en/admin/calendars/ramadan"); !strings.Contains(body, "2015-06-18/2015-07-16 | Ramadan | رمضان\n2016-06-06") {
		t.Errorf("the calendar is not shown in order: %s", body)
	}
	bad := url.Values{"version": {"0"}, "reason": {"x"}, "days": {"2016-01-01 | only one name\n"}}
	if answer, body := post(t, server, "/en/admin/calendars/holidays", bad); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "Line 1 can&#39;t be read.") {
		t.Errorf("a bad line: %d", answer.StatusCode)
	}
	bad.Set("days", "2016-01-01 | a | b\n2016-01-01 | c | d")
	if answer, body := post(t, server, "/ar/admin/calendars/holidays", bad); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "البند 2:") {
		t.Errorf("an overlap: %d", answer.StatusCode)
	}
	if answer, _ := get(t, server, "/en/admin/calendars/birthdays"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown calendar: %d", answer.StatusCode)
	}
	if answer, _ := get(t, server, "/en/admin/campaigns?id=spring"); answer.Header.Get("Location") != "/en/admin/campaigns/spring" {
		t.Errorf("a new campaign: %v", answer.Header)
	}
	campaign := url.Values{
		"version": {"0"}, "reason": {"x"}, "name": {hostile[2]}, "name_ar": {"الربيع"}, "starts_on": {"2016-03-01"}, "ends_on": {"2016-03-31"}, "services": {"visa"},
	}
	if answer, body := post(t, server, "/en/admin/campaigns/spring", campaign); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	if _, body := get(t, server, "/en/admin/campaigns"); !strings.Contains(body, `href="/en/admin/campaigns/spring"`) || strings.Contains(body, "<img src=x") {
		t.Error("the campaign is not listed as text")
	}
}

func TestWhoAdministers(t *testing.T) {
	t.Parallel()
	db := adminStore(t)
	reading := storeSite(t, db, auditor)
	_, body := get(t, reading, "/en/admin")
	if !strings.Contains(body, "readonly") || strings.Contains(body, `name="act"`) {
		t.Error("the auditor's page is no page to read")
	}
	for path, want := range map[string]int{"/en/admin/campaigns/none": http.StatusNotFound, "/en/admin/campaigns": http.StatusOK, "/ar/admin/calendars/holidays": http.StatusOK} {
		if answer, _ := get(t, reading, path); answer.StatusCode != want {
			t.Errorf("the auditor, %s: %d, want %d", path, answer.StatusCode, want)
		}
	}
	if answer, _ := post(t, reading, "/en/admin", settingsForm("goal", "5")); answer.StatusCode != http.StatusForbidden {
		t.Errorf("the auditor writes: %d", answer.StatusCode)
	}
	if answer, _ := get(t, storeSite(t, db, executive), "/en/admin"); answer.StatusCode != http.StatusForbidden {
		t.Errorf("the executive: %d", answer.StatusCode)
	}
	if answer, _ := get(t, site(t, fixed{figures: fixture()}, &administrator), "/en/admin"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("without a register: %d", answer.StatusCode)
	}
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
		for _, path := range []string{"/admin", "/admin/calendars/holidays", "/admin/campaigns", "/admin/campaigns/spring"} {
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
