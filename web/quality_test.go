package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// quiet has nothing against the data, and can't tell everything.
type quiet struct{ fixed }

func (quiet) Quality(context.Context, figures.Question) (*figures.Quality, error) {
	return &figures.Quality{Limits: []figures.FindingLimit{{Kind: programme.FindingIDOnTwoDays, Reason: figures.LimitPastAsAt}}}, nil
}

func TestFindingsOnThePage(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	page := opened(t, server, "/en/quality?on=2016-09-30")
	page.says("h1", "60 findings in the data")
	page.says(
		`section[aria-labelledby="findings"] > .muted`,
		"Covers what was reported for the 36 months that end with September 2016; use before a launch or after a "+
			"retirement in all months; statements compared with their events, and sources of events with each other, "+
			"in the last twelve months; event ids in September 2016 and the month before.",
	)
	page.says("nav.pager span", "1–50 of 60")
	page.leads("nav.pager a[rel=next]", "/en/quality?on=2016-09-30&page=2")
	page.leads("a[download]", "/v1/quality.csv?lang=en&on=2016-09-30")
	page.says("caption", "Findings")
	page.says(".menu a[aria-current=page]", "Data quality")
	if kinds := page.texts(
		"tbody .tag",
	); !slices.Contains(kinds, "Statement differs from its events") ||
		!slices.Contains(kinds, "Same event id on several days") {
		t.Errorf("the kinds are %q", kinds)
	}
	page.lists(`section[aria-labelledby="refused"] tbody th`, "Time that cannot be read", "Before the first day accepted")
	page.gives("quality.refused.too_old", "1,234", "1234")
	page.says("#received", "Data received, by entity")
	page.says(`section[aria-labelledby="received"] td.number`, "20 of 21")
	last := opened(t, server, "/en/quality?page=9")
	last.says("nav.pager span", "51–60 of 60")
	last.holds("nav.pager a[rel=prev]", 1)
	arabic := opened(t, server, "/ar/quality?entity=e02")
	arabic.says("h1", "ملاحظتان على البيانات")
	arabic.lists("tbody .tag", "معرّف واحد في أكثر من يوم", "مجموع مُرسَل يختلف عن مجموع أحداثه")
	arabic.says("thead th:last-child", "المعالجة")
	arabic.leads("a[download]", "/v1/quality.csv?entity=e02&lang=ar")
	arabic.holds(`main a[href*="/entities/e01"]`, 0)
	if arabic.chosen("entity") != "e02" {
		t.Errorf("the form says %q", arabic.chosen("entity"))
	}
}

// The list is filtered by kind and by service, and so is its file.
func TestFindingsByKindAndService(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	_, body := get(t, server, "/en/quality?kind=id_on_two_days")
	page := document(t, body)
	kinds := page.Find("section[aria-labelledby=findings] tbody .tag")
	if kinds.Length() != 9 || !strings.HasPrefix(textOf(kinds.First()), "Same event id on several days") {
		t.Errorf("%d findings of a kind: %s", kinds.Length(), textOf(kinds))
	}
	finds(t, "the page", body,
		`option[value=id_on_two_days][selected]`, `a[download][href="/v1/quality.csv?kind=id_on_two_days&lang=en"]`, `input[name=q]`)
	_, one := get(t, server, "/en/quality?q=s0003")
	if rows := document(t, one).Find("section[aria-labelledby=findings] tbody tr"); rows.Length() != 1 {
		t.Errorf("%d findings of a service", rows.Length())
	}
	if answer, _ := get(t, server, "/en/quality?kind=nonsense"); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown kind: %d", answer.StatusCode)
	}
}

// A service's page and an entity's show what was found in their data, the first few, with a way to all of it.
func TestFindingsBesideTheFigures(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	_, body := get(t, server, "/en/services/s0003")
	part := document(t, body).Find("section[aria-labelledby=findings]")
	if part.Find("li").Length() != 1 || !strings.Contains(textOf(part), "its events sum to") {
		t.Errorf("the service's findings: %q", textOf(part))
	}
	finds(t, "the service", body, `section[aria-labelledby=findings] a[href="/en/quality?q=s0003"]`)
	_, body = get(t, server, "/ar/entities/e02")
	finds(t, "the entity", body, `section[aria-labelledby=findings] li`, `section[aria-labelledby=findings] a[href="/ar/quality?entity=e02"]`)
	_, body = get(t, site(t, quiet{fixed{figures: fixture()}}, &executive), "/en/services/s0003")
	finds(t, "a service with nothing found", body, "!section[aria-labelledby=findings]")
}

func TestNothingFound(t *testing.T) {
	server := site(t, quiet{fixed{figures: fixture()}}, &executive)
	for path, texts := range map[string][3]string{
		"/en/quality": {"No findings in the data", "Nothing found for these dates.", "No refused rows are waiting."},
		"/ar/quality": {"لا توجد ملاحظات على البيانات", "لا توجد ملاحظات لهذين التاريخين.", "لا توجد صفوف مرفوضة بانتظار المعالجة."},
	} {
		page := opened(t, server, path)
		page.says("h1", texts[0])
		page.lists(".nothing", texts[1:]...)
		page.holds(`section[aria-labelledby="findings"] .remark`, 1)
	}
}

func TestAnAgencySeesItsOwnFindings(t *testing.T) {
	agency := access.Principal{ID: "user/a@example.org", Name: "A", Role: access.RoleAgency, Entity: "e02"}
	server := site(t, fixed{figures: fixture()}, &agency)
	page := opened(t, server, "/en/quality")
	page.answers(http.StatusOK)
	page.says("h1", "2 findings in the data")
	page.gives("quality.refused.too_old", "34", "34")
	opened(t, server, "/en/quality?entity=e01").answers(http.StatusNotFound)
}
