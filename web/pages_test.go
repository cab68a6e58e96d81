package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"

	"github.com/PuerkitoBio/goquery"
)

func TestEveryPageIsWordedInBothLanguages(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, language := range []string{"en", "ar"} {
		for _, path := range append([]string{"/usage?by=channel&grain=quarter", "/services?status=all&attention=late", "/services/s0020", "/entities/e08"}, browsed...) {
			page := opened(t, server, "/"+language+path)
			if path == "/entities/none" {
				page.answers(http.StatusNotFound)
			} else {
				page.answers(http.StatusOK)
			}
			page.holds(fmt.Sprintf("html[lang=%s][dir=%s]", language, map[string]string{"en": "ltr", "ar": "rtl"}[language]), 1)
			for _, text := range page.texts("main, header, footer") {
				if strings.Contains(text, "<nil>") || strings.Contains(text, "%!") ||
					strings.Contains(text, "{{") != strings.Contains(text, "{{.}}") {
					t.Errorf("%s%s shows a value as Go prints it", language, path)
				}
				if strings.ContainsAny(text, "٠١٢٣٤٥٦٧٨٩") {
					t.Errorf("%s%s has digits other than 0 to 9", language, path)
				}
			}
		}
	}
}

// Those of the office have no figures from which to take a label; they carry it all the same.
func TestEveryPageCarriesTheClassification(t *testing.T) {
	admin := access.Principal{ID: "user/admin@example.org", Role: access.RoleAdmin}
	server := site(t, fixed{figures: fixture()}, &admin)
	for _, path := range append([]string{"/people", "/tokens", "/sessions", "/audit"}, browsed...) {
		page := opened(t, server, "/ar"+path)
		page.says("header .classification bdi", "Internal")
		page.says("footer p:last-child bdi", "Internal")
		page.says(".brand__programme", "البرنامج الوطني للخدمات الإلكترونية")
		if samples := page.texts(
			"footer p",
		); !slices.ContainsFunc(
			samples,
			func(text string) bool { return strings.HasPrefix(text, "بيانات تجريبية") },
		) {
			t.Errorf("%s doesn't say that its data are a sample: %q", path, samples)
		}
	}
}

func TestNoInlineStyleOrScript(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, path := range browsed {
		page := opened(t, server, "/en"+path)
		page.holds("style, [style], script:not([src]):not([type='application/json'])", 0)
		page.Find("*").Each(func(_ int, part *goquery.Selection) {
			for _, each := range part.Nodes[0].Attr {
				if strings.HasPrefix(each.Key, "on") {
					t.Errorf("%s has the script %s=%q", path, each.Key, each.Val)
				}
			}
		})
		if got := page.Header.Get("Content-Security-Policy"); got != httpserver.ContentSecurityPolicy {
			t.Errorf("%s has the policy %q", path, got)
		}
		if page.Header.Get("X-Content-Type-Options") != "nosniff" || page.Header.Get("Referrer-Policy") == "" {
			t.Errorf("%s lacks a header", path)
		}
	}
}

func TestHostileNamesStayText(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, path := range []string{"/", "/entities", "/entities/e01", "/entities/e03", "/services", "/services/s0001", "/services/s0003", "/usage", "/plans", "/plans?milestones=due", "/quality"} {
		page := opened(t, server, "/ar"+path) // which looks for markup in the page
		page.holds("script:not([src]):not([type='application/json']), img", 0)
	}
}

// value returns the raw value of a named figure of a page.
func value(t *testing.T, body, name string) string {
	t.Helper()
	found := document(t, body).Find(`data[data-figure="` + name + `"]`)
	if found.Length() == 0 {
		t.Fatalf("the page has no figure %s", name)
	}
	return attribute(found, "value")
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
	page := opened(t, server, "/en/")
	page.gives("progress.plan", "not provided", "")
	page.says("h1", fmt.Sprintf("%d of 1,000 services are online; no plan is approved yet", f.Verified.Counted))
	page.says(
		`section[aria-labelledby="progress"] .remark`,
		"There is too little history for a forecast: 7 milestones are finished, and 12 are needed.",
	)
	page.says(".tile__unit .tag", "828 of 848 services")
}

func TestAnEmptyProgrammeHasPages(t *testing.T) {
	empty := &figures.Figures{Programme: programme.DefaultSettings()}
	empty.On = fixtureOn
	server := site(t, fixed{figures: empty}, &executive)
	for _, path := range []string{"/", "/entities", "/services", "/usage", "/plans", "/plans?shift=level:4:30", "/quality", "/definitions"} {
		opened(t, server, "/ar"+path).answers(http.StatusOK)
	}
	opened(t, server, "/en/").says("figure.chart .nothing", "No data for these dates yet.")
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
		page := opened(t, server, path)
		page.holds(`a[href*="/entities/e01"], a[href*="/services/s0001"]`, 0)
		if strings.Contains(page.Text(), "Ministry of Interior") {
			t.Errorf("%s names another entity", path)
		}
	}
	if _, body := get(t, server, "/en/"); value(t, body, "progress.counted") != strconv.Itoa(fixture().Verified.Counted) {
		t.Error("the programme's total is missing")
	}
}

func TestNobodySeesFiguresWithoutASession(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, nil)
	for _, path := range []string{"/en/", "/ar/entities", "/en/services/s0001", "/en/usage", "/en/plans", "/en/quality", "/en/definitions", "/charts/burn-up.csv"} {
		page := opened(t, server, path)
		page.answers(http.StatusForbidden)
		page.holds("data[data-figure]", 0)
	}
}
