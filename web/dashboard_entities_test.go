package web

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/csvfile"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// fiveEntities are an entity of each status, none like another in what the list sorts by.
func fiveEntities() *figures.Figures {
	f := fixture()
	f.Entities = f.Entities[10:15]
	for i, c := range []struct {
		code, name, arabic string
		status             figures.Status
		counted            int
		variance           programme.Count
		slip               programme.Ratio
		completed          programme.Count
	}{
		{"cus", "Customs", "الجمارك", figures.StatusLate, 10, programme.CountOf(-5), programme.RatioOf(40, 1), programme.CountOf(900)},
		{"edu", "Education", "التعليم", figures.StatusAtRisk, 30, programme.CountOf(-9), programme.RatioOf(10, 1), programme.Count{State: programme.NotProvided}},
		{"hea", "Health", "الصحة", figures.StatusOnTrack, 20, programme.CountOf(0), programme.RatioOf(-2, 1), programme.CountOf(100)},
		{"jus", "Justice", "العدل", figures.StatusDone, 50, programme.CountOf(3), programme.Ratio{State: programme.NotProvided}, programme.CountOf(5000)},
		{"tra", "Transport", "المواصلات", figures.StatusNoData, 0, programme.Count{}, programme.RatioOf(22, 1), programme.CountOf(0)},
	} {
		e := &f.Entities[i]
		e.Code, e.Name, e.NameAr, e.Status, e.Counted, e.Variance = c.code, c.name, c.arabic, c.status, c.counted, c.variance
		e.SlipMedian, e.Completed = c.slip, figures.UsageTotal{Count: c.completed}
		e.Plan = programme.Count{}
		if e.Variance.Known() {
			e.Plan = programme.CountOf(c.counted - int(c.variance.Value))
		}
	}
	return f
}

func TestEntitiesAreSortedAsAsked(t *testing.T) {
	server := site(t, fixed{figures: fiveEntities()}, &executive)
	for _, c := range []struct {
		name, query string
		current     string
		want        []string
	}{
		{"furthest behind first", "", "variance", []string{"edu", "cus", "hea", "jus", "tra"}},
		{"an unknown order is the default", "?sort=colour", "variance", []string{"edu", "cus", "hea", "jus", "tra"}},
		{"worst status first", "?sort=status", "status", []string{"cus", "edu", "tra", "hea", "jus"}},
		{"most counted first", "?sort=counted", "counted", []string{"jus", "edu", "hea", "cus", "tra"}},
		{"most late first, unknown last", "?sort=slip", "slip", []string{"cus", "tra", "edu", "hea", "jus"}},
		{"most used first, unknown last", "?sort=use", "use", []string{"jus", "cus", "hea", "tra", "edu"}},
		{"by name", "?sort=name", "name", []string{"cus", "edu", "hea", "jus", "tra"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := opened(t, server, "/en/entities"+c.query)
			var codes []string
			for _, address := range page.attributes("table.entities tbody th a", "href") {
				codes = append(codes, strings.TrimPrefix(address, "/en/entities/"))
			}
			if !slices.Equal(codes, c.want) {
				t.Errorf("%q, want %q", codes, c.want)
			}
			page.leads(".sorts a[aria-current=true]", "/en/entities?sort="+c.current)
			page.holds(".sorts a", 6)
		})
	}
}

// In Arabic the order of names is that of the Arabic ones.
func TestEntitiesAreSortedByTheNamesThatAreShown(t *testing.T) {
	page := overFigures(t, fiveEntities(), executive, "/ar/entities?sort=name")
	names := page.texts("table.entities tbody th a")
	if !slices.IsSorted(names) || len(names) != 5 || names[0] != "التعليم" {
		t.Errorf("%q", names)
	}
}

func TestEntitiesAreFilteredAsAsked(t *testing.T) {
	server := site(t, fixed{figures: fiveEntities()}, &executive)
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"all", "", []string{"Education", "Customs", "Health", "Justice", "Transport"}},
		{"of a status", "?status=late", []string{"Customs"}},
		{"of a name in part", "?q=TRANS", []string{"Transport"}},
		{"of the other language's name", "?q=" + "%D8%A7%D9%84%D8%B9%D8%AF%D9%84", []string{"Justice"}},
		{"of a code", "?q=hea", []string{"Health"}},
		{"of both", "?q=e&status=at_risk", []string{"Education"}},
		{"of none", "?q=nobody", nil},
		{"of no such status", "?status=green", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := opened(t, server, "/en/entities"+c.query)
			page.lists("table.entities tbody th a", c.want...)
			if len(c.want) == 0 {
				page.lists(".panel .nothing", "No entity matches.")
			}
			page.says("h1", "5 entities against their plans") // the programme's, whatever is filtered
		})
	}
	page := opened(t, server, "/en/entities?q=hea&status=on_track&sort=use&on=2016-09-30")
	if page.chosen("q") != "hea" || page.chosen("status") != "on_track" {
		t.Errorf("the form forgets %q and %q", page.chosen("q"), page.chosen("status"))
	}
	if hidden := page.attributes("form.filters input[type=hidden]", "name"); !slices.Equal(hidden, []string{"on", "sort"}) {
		t.Errorf("the form takes along %q", hidden)
	}
}

func TestAnEntitysRowShowsItsStanding(t *testing.T) {
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, fiveEntities(), executive, "/"+language+"/entities")
		for _, c := range []struct{ name, want string }{
			{"entities.edu.counted", "30"},
			{"entities.edu.plan", "39"},
			{"entities.edu.variance", "-9"},
			{"entities.edu.completed", ""},
			{"entities.tra.plan", ""},
			{"entities.tra.variance", ""},
			{"entities.hea.variance", "0"},
			{"entities.jus.slip_median", ""},
			{"entities.jus.variance", "3"},
		} {
			text, value := page.figure(c.name)
			if value != c.want || text == "" {
				t.Errorf("%s is %q (%s), want %s", c.name, text, value, c.want)
			}
		}
		for code, status := range map[string]string{"cus": "late", "edu": "at_risk", "hea": "on_track", "jus": "done", "tra": "no_data"} {
			row := page.Find(`table.entities tr:has(a[href="/` + language + `/entities/` + code + `"])`)
			if row.Find(".status--"+status).Length() != 1 {
				t.Errorf("%s is not %s", code, status)
			}
		}
	})
}

// Bars and marks are on one scale: the largest count or plan of all entities fills it.
func TestTheBarsOfEntitiesHaveOneScale(t *testing.T) {
	page := overFigures(t, fiveEntities(), executive, "/en/entities?sort=counted")
	if got := page.attributes(".bar--plan .bar__fill", "width"); !slices.Equal(got, []string{"1000", "600", "400", "200", "0"}) {
		t.Errorf("the bars are %q", got)
	}
	if got := page.attributes(".bar--plan .bar__mark", "x"); !slices.Equal(got, []string{"940", "780", "400", "300"}) {
		t.Errorf("the marks are %q", got)
	}
	filtered := overFigures(t, fiveEntities(), executive, "/en/entities?status=late")
	if got := filtered.attributes(".bar--plan .bar__fill", "width"); !slices.Equal(got, []string{"200"}) {
		t.Errorf("alone, the bar is %q", got)
	}
}

func TestTheTrendOfUseIsALineWithGaps(t *testing.T) {
	at := func(values ...int64) []figures.UsagePoint {
		points := make([]figures.UsagePoint, len(values))
		for i, value := range values {
			points[i] = figures.UsagePoint{Period: fixtureOn.Month().Period(), Total: total(value, 1, 1)}
			if value < 0 {
				points[i].Total = figures.UsageTotal{Count: programme.Count{State: programme.NotProvided}}
			}
		}
		return points
	}
	for _, c := range []struct {
		name  string
		trend []figures.UsagePoint
		moves int
		path  string
	}{
		{"a line", at(10, 20, 20), 1, "M3.0 12.0L48.0 3.0L93.0 3.0"},
		{"a gap", at(10, -1, 20), 2, "M3.0 12.0M93.0 3.0"},
		{"a missing beginning", at(-1, 10, 20), 1, "M48.0 12.0L93.0 3.0"},
		{"a missing end", at(20, 10, -1), 1, "M3.0 3.0L48.0 12.0"},
		{"nothing", nil, 0, ""},
		{"one month", at(10), 0, ""},
		{"no use at all", at(0, 0, 0), 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := fiveEntities()
			f.Entities = f.Entities[:1]
			f.Entities[0].Trend = c.trend
			page := overFigures(t, f, executive, "/en/entities")
			path := page.Find(".spark path").AttrOr("d", "")
			if path != c.path || strings.Count(path, "M") != c.moves {
				t.Errorf("it is %q, want %q", path, c.path)
			}
			if c.path == "" && textOf(page.Find("table.entities td:nth-of-type(10)")) != "–" {
				t.Errorf("without a line it says %q", textOf(page.Find("table.entities td:nth-of-type(10)")))
			}
		})
	}
}

func TestOneEntityAndNoEntityAreListsToo(t *testing.T) {
	one := fiveEntities()
	one.Entities = one.Entities[:1]
	one.Attention.BehindPlan = 1
	page := overFigures(t, one, executive, "/en/entities")
	page.says("h1", "1 entity against its plan")
	page.says(".lead", "1 entity is behind its plan.")
	none := fiveEntities()
	none.Entities, none.Attention.BehindPlan = nil, 0
	page = overFigures(t, none, executive, "/en/entities")
	page.says("h1", "0 entities against their plans")
	page.says(".panel .nothing", "No entity matches.")
	page.holds("a[download]", 0)
}

// readCSV reads a file as a spreadsheet program does.
func readCSV(t *testing.T, body string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, csvfile.ByteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestEntitiesAreTakenAwayAsCSV(t *testing.T) {
	f := fiveEntities()
	server := site(t, fixed{figures: f}, &executive)
	page := opened(t, server, "/en/entities?on=2016-09-30")
	address := page.Find("a[download]").AttrOr("href", "")
	if address != "/charts/entities.csv?lang=en&on=2016-09-30" {
		t.Errorf("the file is at %s", address)
	}
	got, body := get(t, server, address)
	if disposition := got.Header.Get(
		"Content-Disposition",
	); disposition != `attachment; filename="entities_on_2016-09-30_as_at_2016-10-05.csv"` {
		t.Errorf("the file is %s", disposition)
	}
	rows := readCSV(t, body)
	if len(rows) != 6 || len(rows[0]) != 12 || !slices.Equal(rows[1][:3], []string{"edu", "Education", "At risk"}) {
		t.Fatalf("%q", rows)
	}
	if want := []string{"30", strconv.Itoa(f.Entities[1].ClaimedLevels.Total()), "39", "-9"}; !slices.Equal(rows[1][3:7], want) {
		t.Errorf("its numbers are %q, want %q", rows[1][3:7], want)
	}
	if rows[5][0] != "tra" || rows[5][5] != "" || rows[5][6] != "" {
		t.Errorf("what is unknown is %q", rows[5])
	}
	_, arabic := get(t, server, "/charts/entities.csv?lang=ar")
	if rows := readCSV(t, arabic); rows[1][1] != "التعليم" {
		t.Errorf("in Arabic it is %q", rows[1])
	}
}

func TestAnAgencyListsItsOwnEntity(t *testing.T) {
	server := site(t, fixed{figures: fiveEntities()}, new(agencyOf("hea")))
	page := opened(t, server, "/en/entities")
	page.lists("table.entities tbody th a", "Health")
	page.says("h1", "1 entity against its plan")
	_, body := get(t, server, "/charts/entities.csv")
	if rows := readCSV(t, body); len(rows) != 2 || rows[1][0] != "hea" {
		t.Errorf("its file is %q", rows)
	}
	opened(t, server, "/en/entities?q=cus").holds("table.entities", 0)
}

// scorecard is the fixture with an entity that a test changes.
func scorecard(change func(*figures.Figures, *figures.EntityFigures)) *figures.Figures {
	f := fixture()
	change(f, &f.Entities[10])
	return f
}

func TestAnEntitysPageIsItsScorecard(t *testing.T) {
	f := scorecard(func(_ *figures.Figures, e *figures.EntityFigures) {
		e.Counted, e.Plan, e.Variance = 12, programme.CountOf(15), programme.CountOf(-3)
	})
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, f, executive, "/"+language+"/entities/e11?on=2016-09-30")
		page.answers(http.StatusOK)
		want := map[string]string{"en": f.Entities[10].Name, "ar": f.Entities[10].NameAr}[language]
		page.says("h1", want)
		page.leads("p.path a", "/"+language+"/entities?on=2016-09-30")
		page.holds(".tile", 4)
		page.holds("table.levels tbody tr", 4)
		page.holds("figure.chart", 2)
		for _, c := range []struct{ name, value string }{
			{"scorecard.counted", "12"},
			{"scorecard.plan", "15"},
			{"scorecard.variance", "-3"},
			{"scorecard.end_to_end", strconv.Itoa(f.Entities[10].EndToEnd)},
			{"scorecard.completeness.reported", "20"},
			{"scorecard.completeness.expected", "21"},
			{"scorecard.take_up", "0.612"},
			{"scorecard.claimed_levels.3", strconv.Itoa(f.Entities[10].ClaimedLevels.At(3))},
			{"scorecard.by_level.3", strconv.Itoa(f.Entities[10].ByLevel.At(3))},
		} {
			if _, value := page.figure(c.name); value != c.value {
				t.Errorf("%s is %s, want %s", c.name, value, c.value)
			}
		}
		page.leads(`section[aria-labelledby="list"] .acts a`, "/"+language+"/services?entity=e11&on=2016-09-30&status=all")
		page.leads(`section[aria-labelledby="milestones"] a[download]`, "/v1/milestones.csv?entity=e11&lang="+language+"&on=2016-09-30")
	})
}

func TestAnEntitysChartSaysHowFarFromItsPlanItIs(t *testing.T) {
	for _, c := range []struct {
		name           string
		plan, variance programme.Count
		want           string
	}{
		{"behind", programme.CountOf(15), programme.CountOf(-3), "3 services behind plan: 12 counted, 15 planned"},
		{"one ahead", programme.CountOf(11), programme.CountOf(1), "1 service ahead of plan: 12 counted, 11 planned"},
		{"on plan", programme.CountOf(12), programme.CountOf(0), "On plan: 12 counted, 12 planned"},
		{"without a plan", programme.Count{}, programme.Count{}, "12 services counted; no plan is approved yet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := scorecard(func(_ *figures.Figures, e *figures.EntityFigures) {
				e.Counted, e.Plan, e.Variance = 12, c.plan, c.variance
			})
			page := overFigures(t, f, executive, "/en/entities/e11")
			page.says("#chart-entity-progress figcaption h3", c.want)
		})
	}
}

func TestAnEntitysStatusGivesItsReason(t *testing.T) {
	for _, c := range []struct {
		name   string
		status figures.Status
		reason figures.StatusReason
		want   string
	}{
		{
			"with a plan", figures.StatusLate,
			figures.StatusReason{Milestones: 28, Done: 17, Due: 20, Late: 3, LateOver30: 2},
			"17 of 28 milestones done. Due by this date: 20; late: 3, of which 2 by more than 30 days.",
		},
		{"without a plan", figures.StatusNoData, figures.StatusReason{}, "No approved plan."},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := scorecard(func(_ *figures.Figures, e *figures.EntityFigures) { e.Status, e.Reason = c.status, c.reason })
			page := overFigures(t, f, executive, "/en/entities/e11")
			page.says(".lead .muted", c.want)
			if got := attribute(page.Find(".lead .status--"+string(c.status)), "title"); got != c.want {
				t.Errorf("the status explains itself by %q", got)
			}
		})
	}
}

func TestAnEntitysPageListsWhatIsLiveAndLate(t *testing.T) {
	f := fixture()
	live, late := 0, 0
	for i := range f.Services {
		if f.Services[i].Entity == "e11" && f.Services[i].Status == figures.ServiceLive {
			live++
		}
	}
	for _, m := range f.Attention.Late {
		if m.Entity == "e11" {
			late++
		}
	}
	page := overFigures(t, f, executive, "/en/entities/e11")
	page.holds(`section[aria-labelledby="list"] tbody tr`, live)
	if got := page.Find("ol.items li").Length(); got != late {
		t.Errorf("%d are late, want %d", got, late)
	}
	f.Attention.Late = nil
	f.Services = slices.DeleteFunc(f.Services, func(s figures.ServiceFigures) bool { return s.Entity == "e11" })
	f.Plans.Milestones = nil
	page = overFigures(t, f, executive, "/en/entities/e11")
	page.lists(
		".panel > .nothing",
		"Nothing to decide.",
		"No milestone is approved yet.",
		"No service matches. Try another search or fewer filters.",
	)
}

// What is to be done is listed by its original date, then what is done, the newest first.
func TestAnEntitysMilestonesAreListedByWhatIsOpen(t *testing.T) {
	f := fixture()
	day := fixtureOn
	sample := f.Plans.Milestones[0]
	f.Plans.Milestones = nil
	for i, c := range []struct {
		original, actual int
	}{{-10, -5}, {20, 0}, {-40, 0}, {-90, -80}} {
		m := sample
		m.Entity, m.Service, m.Phases, m.Reason = "e11", f.Services[10+40*i].Code, nil, ""
		m.OriginalOn, m.Status, m.ActualOn = day.AddDays(c.original), figures.MilestoneOpen, 0
		if c.actual != 0 {
			m.Status, m.ActualOn = figures.MilestoneDone, day.AddDays(c.actual)
		}
		f.Plans.Milestones = append(f.Plans.Milestones, m)
	}
	code := func(i int) string { return f.Services[10+40*i].Code }
	page := overFigures(t, f, executive, "/en/entities/e11")
	page.lists("table.milestones tbody th .code", code(2), code(1), code(0), code(3))
	page.says(`section[aria-labelledby="milestones"] > p`, "4 milestones, 2 done.")
	if got := textOf(page.Find("table.milestones tbody tr").First().Find("td").Last()); got != "–" {
		t.Errorf("without a reason it says %q", got)
	}
}

func TestAMilestoneTellsItsLastPhase(t *testing.T) {
	f := fixture()
	page := overFigures(t, f, executive, "/en/entities/e11")
	if got := textOf(page.Find("table.milestones tbody td .muted").First()); got != "Build finished on 3 May 2016" {
		t.Errorf("it says %q", got)
	}
}

func TestAnEntityWithoutDataSaysSo(t *testing.T) {
	f := scorecard(func(_ *figures.Figures, e *figures.EntityFigures) {
		*e = figures.EntityFigures{Code: e.Code, Name: e.Name, NameAr: e.NameAr, Status: figures.StatusNoData}
	})
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, f, executive, "/"+language+"/entities/e11")
		page.answers(http.StatusOK)
		page.holds("figure.chart .nothing", 2)
		for _, name := range []string{"scorecard.plan", "scorecard.completed", "scorecard.take_up", "scorecard.slip_median"} {
			if text, value := page.figure(name); value != "" || text == "" || text == "0" {
				t.Errorf("%s is %q (%s)", name, text, value)
			}
		}
		page.gives("scorecard.counted", "0", "0")
	})
}

// Of another entity an agency learns no more than of one that nobody has.
func TestAnotherEntitysPageIsNotFound(t *testing.T) {
	for _, c := range []struct {
		path string
		want int
	}{
		{"/entities/e11", http.StatusOK}, {"/entities/e12", http.StatusNotFound}, {"/entities/none", http.StatusNotFound},
	} {
		bothLanguages(t, func(t *testing.T, language string) {
			t.Helper()
			page := overFigures(t, fixture(), agencyOf("e11"), "/"+language+c.path)
			page.answers(c.want)
			if c.want == http.StatusNotFound {
				page.holds("main data", 0)
				page.leads(".gate a", "/"+language+"/")
			}
		})
	}
}
