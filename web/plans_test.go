package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/web/page"
	"mirsad/web/plan"
)

func TestThePlanIsToldInWordsAndFigures(t *testing.T) {
	f := fixture()
	server := site(t, fixed{figures: f}, &executive)
	for _, language := range []string{"/en", "/ar"} {
		_, body := get(t, server, language+"/plans")
		for name, want := range map[string]string{
			"progress.forecast.p50": strconv.FormatInt(f.Verified.Forecast.P50.Value, 10), "progress.forecast.probability": "0.42", "progress.forecast.coverage": "0.79",
			"progress.plan": strconv.FormatInt(f.Verified.Plan.Value, 10), "milestones.last_quarter": "0.28", "platforms.e01.days_passed_on": "400",
			"forecast.horizons.3.points": "22", "forecast.horizons.12.within_80": "", "plans.e01.milestones": strconv.Itoa(milestonesOf(f, "e01")),
		} {
			if got := value(t, body, name); got != want {
				t.Errorf("%s: %s is %q, want %q", language, name, got, want)
			}
		}
	}
	_, body := get(t, server, "/en/plans")
	for _, words := range []string{"47 behind plan", "The probability of reaching 1,000 by then is 42", "41 forecasts made at past month ends", "status--late", "of all go-lives were planned for the last quarter"} {
		if !strings.Contains(body, words) {
			t.Errorf("the page doesn't say %q", words)
		}
	}
}

func milestonesOf(f *figures.Figures, entity string) int {
	return len(page.Filter(f.Plans.Milestones, func(m figures.MilestoneFigures) bool { return m.Entity == entity }))
}

func TestMilestonesAreListedByKindAndEntity(t *testing.T) {
	f := fixture()
	server := site(t, fixed{figures: f}, &executive)
	for kind, wanted := range map[string]func(m figures.MilestoneFigures) bool{
		"late": func(m figures.MilestoneFigures) bool { return m.Status == figures.MilestoneLate },
		"due":  func(m figures.MilestoneFigures) bool { return m.DueWithin(fixtureOn, 90) },
		"done": func(m figures.MilestoneFigures) bool { return m.DoneWithin(fixtureOn, 90) },
	} {
		want := len(page.Filter(f.Plans.Milestones, func(m figures.MilestoneFigures) bool { return m.Entity == "e14" && wanted(m) }))
		_, body := get(t, server, "/en/plans?entity=e14&milestones="+kind)
		if got := document(t, body).Find(`[aria-labelledby=milestones] [data-figure$=".slip"]`).Length(); got != min(want, plan.MilestonesOnPage) {
			t.Errorf("%s: %d milestones, want %d", kind, got, want)
		}
		if want > 0 && !strings.Contains(body, "Build finished on 3 May 2016") {
			t.Errorf("%s: the finished phase is not said", kind)
		}
		if address := "/v1/milestones.csv?entity=e14&amp;lang=en&amp;status=" + kind; !strings.Contains(body, address) {
			t.Errorf("%s: no link to %s", kind, address)
		}
	}
	for path, want := range map[string]int{
		"/en/plans?milestones=soon": http.StatusBadRequest, "/en/plans?entity=none": http.StatusNotFound, "/en/plans?milestones=late&page=2": http.StatusOK, "/ar/plans?page=x": http.StatusOK,
	} {
		if answer, _ := get(t, server, path); answer.StatusCode != want {
			t.Errorf("%s answers %d, want %d", path, answer.StatusCode, want)
		}
	}
}

func TestAScenarioIsAnAddress(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	answer, _ := get(t, server, "/en/plans?on=2016-09-30&shift=entity:e02:30&what=level:4&days=%D9%A1%D9%A5") // Arabic-Indic 15
	to, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || answer.StatusCode != http.StatusSeeOther || to.Query().Get("shift") != "entity:e02:30,level:4:15" || to.Query().Get("on") != "2016-09-30" || to.Query().Has("days") {
		t.Fatalf("the form leads to %d %s", answer.StatusCode, to)
	}
	f := fixture()
	_, body := get(t, server, to.String())
	if got, want := value(t, body, "what_if.after.p50"), f.Verified.Series[36].Forecast.P50.Value-45; got != strconv.FormatInt(want, 10) {
		t.Errorf("the median is %s, want %d", got, want)
	}
	for _, words := range []string{"17 open milestones move.", "45 services fewer", "15 days later", `id="chart-what-if"`} {
		if !strings.Contains(body, words) {
			t.Errorf("the page doesn't say %q", words)
		}
	}
	for path, words := range map[string]string{
		"/en/plans?what=level:4&days=soon":     "It is not a whole number from −730 to 730. Write a whole number from −730 to 730.",
		"/en/plans?what=level:4&days=":         "It is not a whole number from −730 to 730.",
		"/en/plans?shift=nonsense":             "“nonsense” is not a shift. Write entity:CODE:DAYS",
		"/en/plans?shift=entity:nobody:30":     "“nobody” is not in the catalogue.",
		"/ar/plans?what=entity:e01&days=99999": "aria-invalid",
	} {
		answer, body := get(t, server, path)
		if answer.StatusCode != http.StatusBadRequest || !strings.Contains(body, words) || strings.Contains(body, `id="chart-what-if"`) {
			t.Errorf("%s answers %d and doesn't say %q", path, answer.StatusCode, words)
		}
	}
}

// An agency sees its own entity's detail, and the programme's totals.
func TestAnAgencySeesItsOwnPlan(t *testing.T) {
	f := fixture()
	agency := access.Principal{ID: "user/agency@example.org", Role: access.RoleAgency, Entity: "e02"}
	server := site(t, fixed{figures: f}, &agency)
	_, body := get(t, server, "/en/plans?shift=entity:e02:30,level:4:5")
	for _, another := range []string{"plans.e03.", "platforms.e01.", "entities/e04", "entity:e05", "e01"} {
		if strings.Contains(body, another) {
			t.Errorf("the page of e02 holds %s", another)
		}
	}
	if got := value(t, body, "progress.counted"); got != strconv.Itoa(f.Verified.Counted) {
		t.Errorf("the programme's total is %s", got)
	}
	for i := range f.Plans.Milestones {
		if m := &f.Plans.Milestones[i]; m.Entity != "e02" && strings.Contains(body, "milestones."+m.Service+".") {
			t.Errorf("the page of e02 has the milestone %s of %s", m.Service, m.Entity)
		}
	}
	for _, path := range []string{"/en/plans?shift=entity:e03:30", "/en/plans?shift=platform:e03:30", "/en/plans?entity=e03", "/charts/what-if.csv?shift=entity:e03:30"} {
		if answer, _ := get(t, server, path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, answer.StatusCode)
		}
	}
	if _, table := get(t, server, "/charts/plan-timeline.csv"); strings.Count(table, "\n") != 2 {
		t.Errorf("the timeline's table is\n%s", table)
	}
}
