package web

import (
	"encoding/csv"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"mirsad/internal/csvfile"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// textAt is what a page says in the first element of a selection.
func textAt(t *testing.T, body, selection string) string {
	t.Helper()
	document, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(document.Find(selection).First().Text()), " ")
}

// missingReport are figures of which a service's month is missing: the total fell, and what is compared rose.
func missingReport() *figures.Figures {
	f := fixture()
	u := &f.Usage
	u.Completed = figures.UsageTotal{Count: programme.CountOf(1100), Parts: programme.Parts{Reported: 1, Expected: 2}}
	u.Growth.Total, u.Growth.Naive = u.Completed, programme.RatioOf(-45, 100)
	u.Growth.Comparison = figures.Comparison{
		LikeForLike: programme.RatioOf(1, 10), Direction: figures.DirectionUp, ServicesInBoth: 1, LeftOut: 1,
		Step: figures.StepOfSilentReporters,
	}
	u.Growth.Streak = 1
	u.Growth.LastYear = figures.YearOnYear{
		Period: (u.Month - 12).Period(), Total: figures.UsageTotal{Count: programme.CountOf(2000)},
		Naive: programme.RatioOf(-45, 100), Comparison: u.Growth.Comparison,
	}
	return f
}

// A fall that is a missing report is no fall of use: headings and tiles say what is compared, and over how much.
func TestHeadingsOfUseAreBuiltFromWhatIsCompared(t *testing.T) {
	server := site(t, fixed{figures: missingReport()}, &executive)
	_, usage := get(t, server, "/en/usage")
	const compared = "like for like, over 1 service, 1 service channel left out"
	for selection, want := range map[string]string{
		"main h1": "1,100 digital completions in September 2016 (1 of 2 services). Use is rising: +10.0% on September 2015 " + compared,
		"main .lead": "Use is rising: +10.0% on August 2016 " + compared +
			". The total fell because services did not report, not because use fell.",
	} {
		if got := textAt(t, usage, selection); got != want {
			t.Errorf("%s: %q, want %q", selection, got, want)
		}
	}
	_, overview := get(t, server, "/en/")
	tiles := ".tile:has([data-figure='usage.growth.last_year.like_for_like'])"
	if got := textAt(t, overview, tiles+" .notes > div:nth-child(3)"); got != "Like for like on that month+10.0% (over 1 service, 1 service channel left out)" {
		t.Errorf("tile: %q", got)
	}
	if got := textAt(t, overview, ".tile:has([data-figure='usage.growth.naive']) .notes > div:nth-child(2) .tone"); got != "" {
		t.Errorf("naive growth is marked: %q", got)
	}
}

// A month of which days are missing says so beside its number: in the chart's table, its sentence and its CSV.
func TestAMonthThatLacksDaysSaysSo(t *testing.T) {
	f := fixture()
	last := &f.Usage.Total.Points[len(f.Usage.Total.Points)-1]
	last.Total.Days, last.Total.Partial = figures.Days{Covered: 15, Expected: 30}, 1
	f.Usage.Completed = last.Total
	server := site(t, fixed{figures: f}, &executive)
	_, overview := get(t, server, "/en/")
	if got := textAt(t, overview, "#chart-use tbody tr:last-child td:nth-last-child(2)"); got != "15 of 30 days" {
		t.Errorf("table: %q", got)
	}
	if got := textAt(t, overview, ".tile:has([data-figure='usage.completed']) .tag"); !strings.HasSuffix(got, "15 of 30 days") {
		t.Errorf("tile: %q", got)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(overview))
	if err != nil {
		t.Fatal(err)
	}
	if said, _ := document.Find("#chart-use .plot").Attr("aria-label"); !strings.Contains(said, " September 2016: 15 of 30 days. Shaded: Ramadan (29 June 2014") {
		t.Errorf("sentence: %q", said)
	}
	records := tableOf(t, server, "/charts/use.csv")
	if got := records[len(records)-1]; got[len(got)-2] != "15 of 30 days" {
		t.Errorf("CSV: %q", got)
	}
}

// tableOf reads a chart's CSV.
func tableOf(t *testing.T, server *httptest.Server, path string) [][]string {
	t.Helper()
	_, body := get(t, server, path)
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, csvfile.ByteOrderMark))).ReadAll()
	if err != nil || len(records) == 0 {
		t.Fatalf("%s: %d records, %v", path, len(records), err)
	}
	return records
}

func TestATableWithoutDataHasAHeading(t *testing.T) {
	server := site(t, fixed{figures: &figures.Figures{}}, &executive)
	for _, name := range []string{"burn-up", "maturity", "use", "growth", "take-up", "channels", "usage"} {
		if got := tableOf(t, server, "/charts/"+name+".csv")[0]; got[0] != "Period" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Services that answer without numbers are listed beside the silent ones, on the overview and in the list.
func TestServicesWithoutNumbersAreListed(t *testing.T) {
	f := fixture()
	f.Services[1].WithoutNumbers = true
	f.Attention.WithoutNumbers = []string{f.Services[1].Code}
	server := site(t, fixed{figures: f}, &executive)
	_, overview := get(t, server, "/en/")
	if got := textAt(t, overview, ".decision:has([data-figure='attention.without_numbers']) .items a"); got != f.Services[1].Name {
		t.Errorf("overview: %q", got)
	}
	_, list := get(t, server, "/en/services?status=all&attention=without_numbers")
	document, err := goquery.NewDocumentFromReader(strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	codes := document.Find("main table .code").Map(func(_ int, each *goquery.Selection) string { return each.Text() })
	if !slices.Equal(codes, f.Attention.WithoutNumbers) {
		t.Errorf("list: %q", codes)
	}
	_, service := get(t, server, "/en/services/"+f.Services[1].Code)
	if got := textAt(t, service, ".flag:contains('numbers')"); got == "" {
		t.Error("the service doesn't say it")
	}
}
