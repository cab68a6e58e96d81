package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

func TestEveryPageIsWordedInBothLanguages(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, language := range []string{"en", "ar"} {
		for _, path := range append([]string{"/usage?by=channel&grain=quarter", "/services?status=all&attention=late", "/services/s0020", "/entities/e08"}, browsed...) {
			answer, body := get(t, server, "/"+language+path)
			want := http.StatusOK
			if path == "/entities/none" {
				want = http.StatusNotFound
			}
			if answer.StatusCode != want {
				t.Errorf("%s%s answers %d, want %d", language, path, answer.StatusCode, want)
			}
			if i := strings.Index(body, "⟦"); i >= 0 {
				t.Errorf("%s%s lacks a text: %s", language, path, body[i:min(len(body), i+60)])
			}
			if !strings.Contains(body, fmt.Sprintf("<html lang=%q dir=%q>", language, map[string]string{"en": "ltr", "ar": "rtl"}[language])) {
				t.Errorf("%s%s doesn't say its language and direction", language, path)
			}
			if strings.Contains(body, "&lt;nil&gt;") || strings.Contains(body, "%!") || strings.Contains(body, "{{") != strings.Contains(body, "{{.}}") {
				t.Errorf("%s%s shows a value as Go prints it", language, path)
			}
			if i := strings.IndexAny(body, "٠١٢٣٤٥٦٧٨٩"); i >= 0 {
				t.Errorf("%s%s has digits other than 0 to 9", language, path)
			}
		}
	}
}

// Those of the office have no figures from which to take a label; they carry it all the same.
func TestEveryPageCarriesTheClassification(t *testing.T) {
	admin := access.Principal{ID: "user/admin@example.org", Role: access.RoleAdmin}
	server := site(t, fixed{figures: fixture()}, &admin)
	for _, path := range append([]string{"/people", "/tokens", "/sessions", "/audit"}, browsed...) {
		_, body := get(t, server, "/ar"+path)
		if !strings.Contains(body, `<p class="classification"><bdi>Internal</bdi></p>`) {
			t.Errorf("%s doesn't show the classification", path)
		}
		if !strings.Contains(body, "بيانات تجريبية") || !strings.Contains(body, "البرنامج الوطني للخدمات الإلكترونية") {
			t.Errorf("%s doesn't say whose sample data it shows", path)
		}
	}
}

func TestNoInlineStyleOrScript(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	inline := regexp.MustCompile(`<style|\sstyle=|\son[a-z]+=|<script>|<script type="text`)
	for _, path := range browsed {
		answer, body := get(t, server, "/en"+path)
		clean := strings.NewReplacer("&lt;img src=x onerror=", "", `\u003cimg src=x onerror=`, "").Replace(body)
		if found := inline.FindString(clean); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
		if got := answer.Header.Get("Content-Security-Policy"); got != httpserver.ContentSecurityPolicy {
			t.Errorf("%s has the policy %q", path, got)
		}
		if answer.Header.Get("X-Content-Type-Options") != "nosniff" || answer.Header.Get("Referrer-Policy") == "" {
			t.Errorf("%s lacks a header", path)
		}
	}
}

func TestHostileNamesStayText(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, path := range []string{"/", "/entities", "/entities/e01", "/entities/e03", "/services", "/services/s0001", "/services/s0003", "/usage", "/plans", "/plans?milestones=due", "/quality"} {
		_, body := get(t, server, "/ar"+path)
		for _, bad := range []string{"<script>alert", "</script><script>", "<img src=x"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %s", path, bad)
			}
		}
	}
}

// value returns the raw value of a named figure of a page.
func value(t *testing.T, body, name string) string {
	t.Helper()
	found := regexp.MustCompile(`data-figure="` + regexp.QuoteMeta(name) + `" value="([^"]*)"`).FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("the page has no figure %s", name)
	}
	return found[1]
}

func TestFiguresCarryTheirRawValues(t *testing.T) {
	f := fixture()
	server := site(t, fixed{figures: f}, &executive)
	for _, language := range []string{"/en/", "/ar/"} {
		_, body := get(t, server, language)
		for name, want := range map[string]any{
			"progress.counted": f.Verified.Counted, "progress.end_to_end": f.Verified.EndToEnd, "progress.by_level.1": f.Verified.ByLevel.At(1),
			"progress.plan": f.Verified.Plan.Value, "progress.variance": f.Verified.Variance.Value, "progress.schedule_index": f.Verified.ScheduleIndex.Value,
			"progress.required_rate": f.Verified.RequiredRate.Value, "progress.recent_rate.months_3": f.Verified.RecentRate.Months3.Value,
			"progress.goal": 1000, "progress.counted_all": f.Verified.CountedAll, "progress.counted_new": f.Verified.CountedNew,
			"usage.growth.like_for_like": 0.024, "usage.growth.naive": -0.031, "usage.take_up.value": 0.637, "usage.completed": f.Usage.Completed.Value,
			"rule_version": 3, "on": "2016-09-30",
		} {
			if got := value(t, body, name); got != fmt.Sprint(want) {
				t.Errorf("%s: %s is %q, want %v", language, name, got, want)
			}
		}
	}
}

func TestAnUnknownNumberIsAWordNotAZero(t *testing.T) {
	f := fixture()
	f.Verified.Plan, f.Verified.Variance = programme.Count{}, programme.Count{}
	f.Verified.Forecast = figures.Forecast{Method: figures.MethodTooLittleHistory, Finished: 7}
	server := site(t, fixed{figures: f}, &executive)
	_, body := get(t, server, "/en/")
	if got := value(t, body, "progress.plan"); got != "" {
		t.Errorf("an unknown plan has the value %q", got)
	}
	for _, words := range []string{">not provided</data>", "no plan is approved yet", "There is too little history for a forecast: 7 milestones are finished, and 12 are needed.", "828 of 848 services"} {
		if !strings.Contains(body, words) {
			t.Errorf("the page doesn't say %q", words)
		}
	}
}

func TestAnEmptyProgrammeHasPages(t *testing.T) {
	empty := &figures.Figures{Programme: programme.DefaultSettings()}
	empty.On = fixtureOn
	server := site(t, fixed{figures: empty}, &executive)
	for _, path := range []string{"/", "/entities", "/services", "/usage", "/plans", "/plans?shift=level:4:30", "/quality", "/definitions"} {
		if answer, body := get(t, server, "/ar"+path); answer.StatusCode != http.StatusOK || strings.Contains(body, "⟦") {
			t.Errorf("%s answers %d", path, answer.StatusCode)
		}
	}
	if _, body := get(t, server, "/en/"); !strings.Contains(body, "No data for these dates yet.") {
		t.Error("the empty overview doesn't say that it is empty")
	}
}

func TestAnAgencySeesItsOwnDetailAlone(t *testing.T) {
	agency := access.Principal{ID: "user/a@example.org", Name: "A", Role: access.RoleAgency, Entity: "e02"}
	server := site(t, fixed{figures: fixture()}, &agency)
	for path, want := range map[string]int{
		"/en/": 200, "/en/entities/e02": 200, "/en/entities/e01": 404, "/en/services/s0002": 200, "/en/services/s0001": 404,
		"/charts/entity-use.csv?entity=e01": 404, "/charts/entity-use.csv?entity=e02": 200, "/charts/service-use.csv?service=s0001": 404,
	} {
		if answer, _ := get(t, server, path); answer.StatusCode != want {
			t.Errorf("%s answers %d, want %d", path, answer.StatusCode, want)
		}
	}
	for _, path := range []string{"/en/", "/en/entities", "/en/services?status=all", "/en/usage", "/en/plans", "/en/quality", "/charts/entities.csv"} {
		_, body := get(t, server, path)
		if strings.Contains(body, "/entities/e01") || strings.Contains(body, "/services/s0001") || strings.Contains(body, "Ministry of Interior") {
			t.Errorf("%s shows another entity's detail", path)
		}
	}
	if _, body := get(t, server, "/en/"); value(t, body, "progress.counted") != strconv.Itoa(fixture().Verified.Counted) {
		t.Error("the programme's total is missing")
	}
}

func TestNobodySeesFiguresWithoutASession(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, nil)
	for _, path := range []string{"/en/", "/ar/entities", "/en/services/s0001", "/en/usage", "/en/plans", "/en/quality", "/en/definitions", "/charts/burn-up.csv"} {
		if answer, body := get(t, server, path); answer.StatusCode != http.StatusForbidden || strings.Contains(body, "data-figure") {
			t.Errorf("%s answers %d", path, answer.StatusCode)
		}
	}
}
