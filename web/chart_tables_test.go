package web

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"mirsad/internal/csvfile"

	"github.com/PuerkitoBio/goquery"
)

func TestTablesAsCSV(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, name := range []string{
		"burn-up", "maturity", "use", "growth", "take-up", "channels", "usage", "entities", "entity-progress", "entity-use",
		"service-use", "plan-timeline", "plan-months", "what-if",
	} {
		path := "/charts/" + name + ".csv?lang=ar&entity=e01&service=s0001&shift=entity:e01:30"
		answer, body := get(t, server, path)
		if answer.StatusCode != http.StatusOK || !strings.HasPrefix(body, csvfile.ByteOrderMark) {
			t.Errorf("%s answers %d", path, answer.StatusCode)
			continue
		}
		records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, csvfile.ByteOrderMark))).ReadAll()
		if err != nil || len(records) < 2 {
			t.Errorf("%s: %d records, %v", path, len(records), err)
		}
	}
	if answer, _ := get(t, server, "/charts/none.csv"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a table that isn't there answers %d", answer.StatusCode)
	}
}

func TestEveryChartHasASentenceAndATable(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for path, want := range map[string]int{"/": 4, "/usage": 4, "/plans": 2, "/plans?shift=level:4:30": 3, "/entities/e01": 2, "/services/s0001": 1} {
		page := opened(t, server, "/en"+path)
		page.holds("figure.chart", want)
		page.Find("figure.chart").Each(func(_ int, chart *goquery.Selection) {
			name := strings.TrimPrefix(chart.AttrOr("id", ""), "chart-")
			for _, part := range []string{
				`.plot[role=img][dir=ltr][aria-label]`, "details.data table tbody tr", "figcaption h3", `a[download][href^="/charts/` + name + `.csv"]`,
				`script[type="application/json"]#options-` + name,
			} {
				if chart.Find(part).Length() == 0 {
					t.Errorf("%s: chart %s lacks %s", path, name, part)
				}
			}
		})
	}
}
