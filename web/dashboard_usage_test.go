package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

func TestThePageOfUseBeginsWithTheMonth(t *testing.T) {
	words := english(t)
	known := fixture()
	first := fixture()
	first.Usage.Total.Points = first.Usage.Total.Points[len(first.Usage.Total.Points)-3:]
	unknown := fixture()
	unknown.Usage.Completed = figures.UsageTotal{
		Count: programme.Count{State: programme.NotProvided},
		Parts: programme.Parts{Expected: 3},
	}
	for _, c := range []struct {
		name    string
		figures *figures.Figures
		want    string
	}{
		{"against a year before", known, fmt.Sprintf("%s digital completions in %s (828 of 848 services)", words.Int(known.Usage.Completed.Value), words.Month(known.Usage.Month))},
		{"without a year before", first, fmt.Sprintf("%s digital completions in %s", words.Int(first.Usage.Completed.Value), words.Month(first.Usage.Month))},
		{"not provided", unknown, "Digital completions in " + words.Month(unknown.Usage.Month) + ": not provided"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := overFigures(t, c.figures, executive, "/en/usage")
			if got := textOf(page.Find("h1")); !strings.HasPrefix(plainly(got), plainly(c.want)) {
				t.Errorf("it begins %q, want %q", got, c.want)
			}
			overview := overFigures(t, c.figures, executive, "/en/")
			if one, other := textOf(page.Find("h1")), textOf(overview.Find("#chart-use figcaption h3")); one != other {
				t.Errorf("here it is %q, on the overview %q", one, other)
			}
		})
	}
}

// The parts of the change sum to it, and those of a part to the part.
func TestThePartsOfTheChangeSumToIt(t *testing.T) {
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, fixture(), executive, "/"+language+"/usage")
		number := func(name string) int {
			_, value := page.figure("usage.growth.decomposition." + name)
			n, err := strconv.Atoi(value)
			if err != nil {
				t.Errorf("%s is %q", name, value)
			}
			return n
		}
		if sum := number("existing") + number("new") + number("lost"); sum != number("change") {
			t.Errorf("the parts sum to %d, the change is %d", sum, number("change"))
		}
		if number("launched")+number("returned") != number("new") || number("retired")+number("silent") != number("lost") {
			t.Error("a part is not the sum of its own")
		}
		page.holds(`section[aria-labelledby="asked"] ~ .pair tr.inner`, 4)
		page.holds("tr .tone--good", 4)
		page.holds("tr .tone--bad", 3)
	})
}

func TestTheLargestServicesAreListedWithTheirShare(t *testing.T) {
	f := fixture()
	page := overFigures(t, f, executive, "/en/usage?on=2016-09-30")
	rows := page.Find(`section[aria-labelledby="top"] tbody tr`)
	if rows.Length() != len(f.Usage.Top) {
		t.Fatalf("%d rows", rows.Length())
	}
	for i, top := range f.Usage.Top {
		row := rows.Eq(i)
		if got := row.Find("a").AttrOr("href", ""); got != "/en/services/"+top.Service+"?on=2016-09-30" {
			t.Errorf("row %d leads to %s", i, got)
		}
		if got := row.Find("data").First().AttrOr("value", ""); got != strconv.FormatInt(top.Completed, 10) {
			t.Errorf("row %d: %s", i, got)
		}
	}
	if first := attribute(rows.Eq(0).Find(".bar__fill"), "width"); first != "1000" {
		t.Errorf("the largest bar is %s", first)
	}
	page.gives(
		"usage.growth.concentration.largest_share",
		textOf(page.Find(`data[data-figure="usage.growth.concentration.largest_share"]`)),
		"0.181",
	)
	f.Usage.Top = nil
	overFigures(t, f, executive, "/en/usage").says(`section[aria-labelledby="top"] .nothing`, "No data for these dates yet.")
}

func TestAnySeriesCanBeAskedFor(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, c := range []struct {
		query              string
		measure, grain, by string
		headline           string
		series             int // columns of the table beside the period, its missing days and days of Ramadan, and of one series its parts
	}{
		{"", "completed", "month", "all", "Completed by month, digital channels together", 2},
		{"?measure=views&grain=quarter", "views", "quarter", "all", "Views by quarter, digital channels together", 2},
		{"?measure=submitted&grain=year&by=channel", "submitted", "year", "channel", "Submitted by year, channel", 6},
		{"?measure=started&by=level", "started", "month", "level", "Started by month, maturity level", 4},
		{"?by=all", "completed", "month", "all", "Completed by month, digital channels together", 2},
		// What the form does not offer can be in an address: it is offered then.
		{"?grain=day", "completed", "day", "all", "Completed by day, digital channels together", 2},
		{"?measure=rating_count", "rating_count", "month", "all", "Ratings by month, digital channels together", 2},
		{"?measure=rating_sum", "rating_sum", "month", "all", "Sum of ratings by month, digital channels together", 2},
	} {
		t.Run(c.headline, func(t *testing.T) {
			bothLanguages(t, func(t *testing.T, language string) {
				t.Helper()
				page := opened(t, server, "/"+language+"/usage"+c.query)
				page.answers(http.StatusOK)
				if page.chosen("measure") != c.measure || page.chosen("grain") != c.grain || page.chosen("by") != c.by {
					t.Errorf("the form says %q, %q, %q", page.chosen("measure"), page.chosen("grain"), page.chosen("by"))
				}
				if language == "en" {
					page.says("#chart-usage figcaption h3", c.headline)
				}
				page.holds("#chart-usage thead th", c.series+3)
			})
		})
	}
}

// A form offers what an address asks beside its own, so that it says what the page shows.
func TestTheFormOfASeriesOffersWhatIsUsual(t *testing.T) {
	page := overFigures(t, fixture(), executive, "/en/usage?on=2016-09-30&q=x")
	for name, want := range map[string][]string{
		"measure": {"completed", "submitted", "started", "views"}, "grain": {"month", "quarter", "year"}, "by": {"all", "channel", "level"},
	} {
		if got := page.attributes("select[name="+name+"] option", "value"); !slices.Equal(got, want) {
			t.Errorf("%s offers %q", name, got)
		}
	}
	if hidden := page.attributes("form.filters input[type=hidden]", "name"); !slices.Equal(hidden, []string{"on", "q"}) {
		t.Errorf("it takes along %q", hidden)
	}
}

func TestASplitNamesItsSeries(t *testing.T) {
	f := fixture()
	server := site(t, fixed{figures: f}, &executive)
	levels := opened(t, server, "/en/usage?by=level")
	levels.lists("#chart-usage thead th", "Period", "Informative", "Interactive", "Transactional", "Integrated", "Incomplete period", "Days of Ramadan")
	f.Usage.ByLevel = []figures.UsageSeries{{Key: "none", Points: f.Usage.Total.Points}, {Key: "2", Points: f.Usage.Total.Points}}
	opened(t, server, "/en/usage?by=level").lists("#chart-usage thead th", "Period", "No level", "Interactive", "Incomplete period", "Days of Ramadan")
	f.Usage.ByLevel = nil
	opened(t, server, "/en/usage?by=level").says("#chart-usage .nothing", "No data for these dates yet.")
	channels := opened(t, server, "/en/usage?by=channel")
	if got := channels.texts("#chart-channels thead th"); len(got) != len(f.Usage.ByChannel)+3 {
		t.Errorf("%q", got)
	}
}

func TestAChannelWithoutAnyDataIsNotDrawn(t *testing.T) {
	f := fixture()
	missing := slices.Clone(f.Usage.ByChannel[0].Points)
	for i := range missing {
		missing[i].Total = figures.UsageTotal{Count: programme.Count{State: programme.NotProvided}}
	}
	f.Usage.ByChannel = []figures.UsageSeries{{Key: "web", Points: missing}, f.Usage.ByChannel[1]}
	page := overFigures(t, f, executive, "/en/usage")
	page.holds("#chart-channels thead th", 4)
	f.Usage.ByChannel = f.Usage.ByChannel[:1]
	page = overFigures(t, f, executive, "/en/usage")
	page.says("#chart-channels figcaption h3", "Completions by channel: not provided")
	page.holds("#chart-channels .nothing", 1)
}

func TestTakeUpSaysWhatItCovers(t *testing.T) {
	f := fixture()
	page := overFigures(t, f, executive, "/en/usage")
	for name, want := range map[string]string{
		"usage.take_up.value": "0.637", "usage.take_up.covered_share": "0.712", "usage.take_up.services": "690", "usage.take_up.digital_only": "118",
	} {
		if _, value := page.figure(name); value != want {
			t.Errorf("%s is %s, want %s", name, value, want)
		}
	}
	f.Usage.TakeUp.Value = programme.Ratio{State: programme.NotProvided}
	page = overFigures(t, f, executive, "/en/usage")
	page.says("#chart-take-up figcaption h3", "Digital take-up ("+english(t).Period(f.Usage.TakeUp.Period)+"): not provided")
	page.gives("usage.take_up.value", "not provided", "")
}

// A month that nobody reported is a word in the table, a gap in the drawing, and said in the sentence.
func TestAGapInAChartIsNoZero(t *testing.T) {
	f := fixture()
	page := overFigures(t, f, executive, "/en/usage")
	cells := page.texts("#chart-usage tbody td:nth-of-type(1)")
	missing := 0
	for i, point := range f.Usage.Total.Points {
		if !point.Total.Known() {
			missing++
			if cells[i] != "not provided" {
				t.Errorf("the month without data says %q", cells[i])
			}
			row := textOf(page.Find("#chart-usage tbody tr").Eq(i).Find("td").Eq(1))
			if row != fmt.Sprintf("0 of %d", point.Total.Parts.Expected) {
				t.Errorf("of it arrived %q", row)
			}
		}
	}
	if missing != 1 {
		t.Fatalf("the fixture has %d gaps", missing)
	}
	sentence := attribute(page.Find("#chart-usage .plot"), "aria-label")
	if !strings.Contains(sentence, "1 period has no data") {
		t.Errorf("it is read out as %q", sentence)
	}
	if options := page.Find("#options-usage").Text(); !strings.Contains(options, "null") && !strings.Contains(options, `"-"`) {
		t.Error("the drawing has no gap")
	}
}

func TestTablesOfUseAreTakenAwayAsAsked(t *testing.T) {
	f := fixture()
	server := site(t, fixed{figures: f}, &executive)
	page := opened(t, server, "/en/usage?by=channel&grain=month&on=2016-09-30")
	address := attribute(page.Find("#chart-usage a[download]"), "href")
	if address != "/charts/usage.csv?by=channel&grain=month&lang=en&on=2016-09-30" {
		t.Errorf("the file is at %s", address)
	}
	_, body := get(t, server, address)
	rows := readCSV(t, body)
	if len(rows) != len(f.Usage.Total.Points)+1 || len(rows[0]) != len(f.Usage.ByChannel)+3 {
		t.Fatalf("%d rows of %d", len(rows), len(rows[0]))
	}
	if want := strconv.FormatInt(
		f.Usage.ByChannel[0].Points[0].Total.Value,
		10,
	); rows[1][1] != want ||
		rows[1][0] != f.Usage.Total.Points[0].Period.String() {
		t.Errorf("it begins %q, want %s", rows[1], want)
	}
	_, body = get(t, server, "/charts/use.csv")
	for i, row := range readCSV(t, body)[1:] {
		if point := f.Usage.Total.Points[i]; !point.Total.Known() && (row[1] != "" || !strings.HasPrefix(row[2], "0/")) {
			t.Errorf("a month without data is %q", row)
		}
	}
	for _, bad := range []string{"?by=colour", "?measure=x", "?grain=x", "?on=x"} {
		if answer, _ := get(t, server, "/charts/usage.csv"+bad); answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s answers %d", bad, answer.StatusCode)
		}
	}
}

func TestThePageOfUseIsEmptyWithoutUse(t *testing.T) {
	empty := &figures.Figures{Programme: programme.DefaultSettings()}
	empty.On = fixtureOn
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, empty, executive, "/"+language+"/usage")
		page.answers(http.StatusOK)
		page.holds("figure.chart .nothing", 4)
		page.holds(`section[aria-labelledby="top"] .nothing`, 1)
		for _, name := range []string{"usage.completed", "usage.take_up.value", "usage.growth.like_for_like"} {
			if text, value := page.figure(name); value != "" || text == "" {
				t.Errorf("%s is %q (%s)", name, text, value)
			}
		}
	})
}
