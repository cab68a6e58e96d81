package web

import (
	"encoding/csv"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"mirsad/internal/csvfile"
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
	plot := regexp.MustCompile(`(?s)<figure class="chart" id="chart-([a-z-]+)">.*?</figure>`)
	for path, want := range map[string]int{"/": 4, "/usage": 4, "/plans": 2, "/plans?shift=level:4:30": 3, "/entities/e01": 2, "/services/s0001": 1} {
		_, body := get(t, server, "/en"+path)
		found := plot.FindAllStringSubmatch(body, -1)
		if len(found) != want {
			t.Errorf("%s has %d charts, want %d", path, len(found), want)
		}
		for _, each := range found {
			for _, part := range []string{`role="img" aria-label="`, `dir="ltr"`, "<details", "<table", "/charts/" + each[1] + ".csv", "<figcaption>"} {
				if !strings.Contains(each[0], part) {
					t.Errorf("%s: chart %s lacks %s", path, each[1], part)
				}
			}
		}
	}
}
