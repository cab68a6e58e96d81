package web

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/csvfile"

	"mirsad/internal/figures"
	"mirsad/internal/programme"

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

// Ramadan is shaded with its name in the charts of time, counted in their tables and files, and said in their sentences.
func TestRamadanIsMarkedWhereTimeIsShown(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	_, body := get(t, server, "/charts/use.csv?lang=en")
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, csvfile.ByteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	last := len(records[0]) - 1
	days := map[string]string{}
	for _, record := range records[1:] {
		days[record[0]] = record[last]
	}
	for month, want := range map[string]string{"2015-06": "13", "2015-07": "16", "2016-05": "0", "2016-06": "25", "2016-07": "5"} {
		if days[month] != want {
			t.Errorf("%s: %q days of %s, want %s", month, days[month], records[0][last], want)
		}
	}
	for language, texts := range map[string][2]string{"en": {"Days of Ramadan", "Shaded: Ramadan (29 June 2014 to 27 July 2014, 18 June 2015 to "}, "ar": {"أيام رمضان", "الأيام المظللة: رمضان (من "}} {
		_, body := get(t, server, "/"+language+"/usage")
		chart := document(t, body).Find("#chart-growth")
		if head := textOf(chart.Find("thead th").Last()); head != texts[0] {
			t.Errorf("%s: the last column is %q", language, head)
		}
		if sentence := attribute(chart.Find("[role=img]"), "aria-label"); !strings.Contains(sentence, texts[1]) {
			t.Errorf("%s: the sentence is %q", language, sentence)
		}
		if options := document(t, body).Find("#options-growth").Text(); strings.Count(options, `"insideTop"`) != 3 {
			t.Errorf("%s: the chart's options are %s", language, options)
		}
	}
	without := fixture()
	without.Ramadan = nil
	_, body = get(t, site(t, fixed{figures: without}, &executive), "/en/usage")
	if options := document(t, body).Find("#options-growth").Text(); strings.Contains(options, "markArea") || strings.Contains(body, "Days of Ramadan") {
		t.Error("without a calendar something is marked")
	}
}

// The tile of growth says what the month of Ramadan was beside that of the year before.
func TestTheMonthOfRamadanBesideThatOfTheYearBefore(t *testing.T) {
	f := fixture()
	f.Usage.Growth.LastLunarYear = &figures.YearOnYear{
		Period: civil.NewMonth(2015, 7).Period(), Comparison: figures.Comparison{LikeForLike: programme.RatioOf(1, 10)},
	}
	for language, want := range map[string]string{"en": "July 2015, the month of Ramadan a year before", "ar": "بشهر رمضان من العام السابق، يوليو 2015"} {
		_, body := get(t, site(t, fixed{figures: f}, &executive), "/"+language+"/usage")
		note := document(t, body).Find(`[data-figure="usage.growth.last_lunar_year.like_for_like"]`).Closest("div")
		if !strings.Contains(textOf(note), want) || !strings.Contains(textOf(note), "+10.0%") {
			t.Errorf("%s: %q", language, textOf(note))
		}
	}
}
