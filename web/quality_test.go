package web

import (
	"context"
	"net/http"
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

func mustHold(t *testing.T, path, body string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("%s lacks %q", path, text)
		}
	}
}

func TestFindingsOnThePage(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	_, body := get(t, server, "/en/quality?on=2016-09-30")
	mustHold(t, "the page", body,
		"60 findings in the data", "twelve months that end with September 2016", "1–50 of 60", `rel="next" href="/en/quality?on=2016-09-30&amp;page=2"`,
		`href="/v1/quality.csv?lang=en&amp;on=2016-09-30"`, `<caption class="unseen">Findings</caption>`, `aria-current="page">Data quality`,
		"Statement differs from its events", "the statement says 0, its events sum to 7.", "event ids were accepted on more than one day: 29 September 2016, 30 September 2016.",
		"Cancel the wrong days", "Before the first day accepted", "Data received, by entity", "20 of 21")
	if got := value(t, body, "quality.refused.too_old"); got != "1234" {
		t.Errorf("refused as too old: %q", got)
	}
	if _, second := get(t, server, "/en/quality?page=9"); !strings.Contains(second, "51–60 of 60") || !strings.Contains(second, `rel="prev"`) {
		t.Error("the last page of findings is not shown")
	}
	_, arabic := get(t, server, "/ar/quality?entity=e02")
	mustHold(t, "the Arabic page", arabic, "ملاحظتان على البيانات", "مجموع مُرسَل يختلف عن مجموع أحداثه", "المعالجة", `<option value="e02" selected>`, `href="/v1/quality.csv?entity=e02&amp;lang=ar"`)
	if strings.Contains(arabic, "/entities/e01") {
		t.Error("the findings of one entity show another's")
	}
}

func TestNothingFound(t *testing.T) {
	server := site(t, quiet{fixed{figures: fixture()}}, &executive)
	for path, texts := range map[string][]string{
		"/en/quality": {"No findings in the data", "Nothing found for these dates.", "cannot be shown for a past", "No refused rows are waiting."},
		"/ar/quality": {"لا توجد ملاحظات على البيانات", "لا توجد ملاحظات لهذين التاريخين.", "لا توجد صفوف مرفوضة بانتظار المعالجة."},
	} {
		_, body := get(t, server, path)
		mustHold(t, path, body, texts...)
	}
}

func TestAnAgencySeesItsOwnFindings(t *testing.T) {
	agency := access.Principal{ID: "user/a@example.org", Name: "A", Role: access.RoleAgency, Entity: "e02"}
	server := site(t, fixed{figures: fixture()}, &agency)
	answer, body := get(t, server, "/en/quality")
	if answer.StatusCode != http.StatusOK || !strings.Contains(body, "2 findings in the data") || value(t, body, "quality.refused.too_old") != "34" {
		t.Errorf("%d: %s", answer.StatusCode, body[:min(len(body), 3000)])
	}
	if _, other := get(t, server, "/en/quality?entity=e01"); !strings.Contains(other, "No findings in the data") {
		t.Error("another entity's findings are shown")
	}
}
