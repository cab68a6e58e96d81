package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// planned750 are figures with a plan of 750 services and as many counted as given.
func planned750(counted int) *figures.Figures {
	f := fixture()
	p := &f.Verified
	p.Counted, p.Plan = counted, programme.CountOf(750)
	p.Variance = programme.CountOf(counted - 750)
	return f
}

func TestTheOverviewBeginsWithItsVerdict(t *testing.T) {
	noPlan := fixture()
	noPlan.Verified.Counted = 700
	noPlan.Verified.Plan, noPlan.Verified.Variance = programme.Count{}, programme.Count{}
	for _, c := range []struct {
		name    string
		figures *figures.Figures
		heading string
		chart   string
	}{
		{"behind", planned750(700), "700 of 1,000 services are online, 50 behind plan", "50 services behind plan: 700 counted, 750 planned"},
		{"one behind", planned750(749), "749 of 1,000 services are online, 1 behind plan", "1 service behind plan: 749 counted, 750 planned"},
		{"ahead", planned750(800), "800 of 1,000 services are online, 50 ahead of plan", "50 services ahead of plan: 800 counted, 750 planned"},
		{"as planned", planned750(750), "750 of 1,000 services are online, exactly as planned", "On plan: 750 counted, 750 planned"},
		{"without a plan", noPlan, "700 of 1,000 services are online; no plan is approved yet", "700 of 1,000 services counted; no plan is approved yet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := site(t, fixed{figures: c.figures}, &executive)
			page := opened(t, server, "/en/")
			page.says("h1", c.heading)
			page.says("#chart-burn-up figcaption h3", c.chart)
			arabic := opened(t, server, "/ar/")
			if heading := textOf(
				arabic.Find("h1"),
			); heading == c.heading ||
				!strings.Contains(heading, strconv.Itoa(c.figures.Verified.Counted)) {
				t.Errorf("in Arabic it says %q", heading)
			}
		})
	}
}

func TestTheGaugeShowsTheGoalAndThePlan(t *testing.T) {
	withPlan := planned750(700)
	withPlan.Verified.EndToEnd, withPlan.Verified.Share = 350, programme.RatioOf(700, 1000)
	beyond := planned750(1300)
	none := fixture()
	none.Verified.Plan, none.Verified.Counted = programme.Count{}, 0
	none.Verified.EndToEnd = 0
	for _, c := range []struct {
		name                   string
		figures                *figures.Figures
		counted, endToEnd, at  string
		marks                  int
		sentenceBegins, goalAs string
	}{
		{"counted of the goal", withPlan, "700", "350", "750", 1, "700 of 1,000 services counted, 350 of them end-to-end", "1000"},
		{"more than the goal fills it", beyond, "1000", "", "750", 1, "1,300 of 1,000 services counted", "1000"},
		{"nothing is empty and has no mark", none, "0", "0", "", 0, "0 of 1,000 services counted", "1000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := overFigures(t, c.figures, executive, "/en/")
			if got := attribute(page.Find(".gauge__counted"), "width"); got != c.counted {
				t.Errorf("counted reaches %s, want %s", got, c.counted)
			}
			if got := attribute(page.Find(".gauge__end"), "width"); c.endToEnd != "" && got != c.endToEnd {
				t.Errorf("end-to-end reaches %s, want %s", got, c.endToEnd)
			}
			page.holds(".gauge .bar__mark", c.marks)
			if got := attribute(page.Find(".gauge .bar__mark"), "x"); got != c.at {
				t.Errorf("the plan is marked at %q, want %q", got, c.at)
			}
			if got := attribute(page.Find(".gauge svg[role=img]"), "aria-label"); !strings.HasPrefix(got, c.sentenceBegins) {
				t.Errorf("it is read out as %q", got)
			}
			page.gives("progress.goal", "1,000", c.goalAs)
		})
	}
}

// The overview's tiles, each with its note on what it is compared with.
func TestTheOverviewHasATileForEachHeadline(t *testing.T) {
	f := fixture()
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, f, executive, "/"+language+"/")
		page.holds(".tile", 6)
		for _, c := range []struct {
			figure string
			notes  []string
		}{
			{"progress.counted", []string{"", "progress.plan", "progress.variance", "progress.last_month", "progress.last_year"}},
			{"progress.end_to_end", []string{"progress.claimed.end_to_end", "", "", ""}},
			{"progress.required_rate", []string{
				"progress.recent_rate.months_3", "progress.recent_rate.months_6", "progress.schedule_index", "progress.slip_median",
			}},
			{"usage.completed", []string{
				"usage.growth.previous_total", "usage.growth.last_year.total", "usage.growth.last_year.like_for_like",
				"usage.take_up.value", "usage.take_up.covered_share",
			}},
			{"usage.growth.like_for_like", []string{
				"", "usage.growth.naive", "usage.growth.left_out", "usage.growth.services_in_both", "usage.growth.streak", "",
			}},
			{"coverage.share", []string{"coverage.mobile_share", "coverage.both", "coverage.services", "coverage.last_month_services"}},
		} {
			tile := page.tile(c.figure)
			if tile.Length() != 1 || textOf(tile.Find(".tile__label")) == "" || textOf(tile.Find(".tile__unit")) == "" {
				t.Errorf("%s: %d tiles, %q", c.figure, tile.Length(), textOf(tile))
				continue
			}
			notes := tile.Find(".notes dd data")
			for i, want := range c.notes {
				if got := notes.Eq(i).AttrOr("data-figure", ""); got != want {
					t.Errorf("%s: note %d is %q, want %q", c.figure, i, got, want)
				}
			}
			if notes.Length() != len(c.notes) {
				t.Errorf("%s: %d notes, want %d", c.figure, notes.Length(), len(c.notes))
			}
		}
	})
}

func TestATileOfPartialUseSaysHowMuchIsKnown(t *testing.T) {
	for _, c := range []struct {
		name               string
		reported, expected int
		en, ar             string
	}{
		{"all parts", 20, 20, "", ""},
		{"some parts", 19, 20, "19 of 20 services", "19 من 20 خدمة"},
		{"one part", 0, 1, "0 of 1 service", "0 من خدمة واحدة"},
		{"none expected", 0, 0, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := fixture()
			f.Usage.Completed.Parts = programme.Parts{Reported: c.reported, Expected: c.expected}
			server := site(t, fixed{figures: f}, &executive)
			for language, want := range map[string]string{"en": c.en, "ar": c.ar} {
				tag := opened(t, server, "/"+language+"/").tile("usage.completed").Find(".tile__unit .tag")
				if got := textOf(tag); got != want {
					t.Errorf("%s says %q, want %q", language, got, want)
				}
			}
		})
	}
}

func TestTheOverviewWordsItsStreakOfGrowth(t *testing.T) {
	const compared = " on August 2016 like for like, over 761 services"
	const rising = "Use is rising: +2.4%" + compared
	for _, c := range []struct {
		name     string
		streak   int
		end      figures.StreakEnd
		growth   programme.Ratio
		moves    figures.Direction
		headline string
		ended    string
	}{
		{"months in a row", 5, figures.StreakNotGrowing, programme.RatioOf(24, 1000), figures.DirectionUp, rising + ". Use grew 5 months in a row, like for like", "a month without growth"},
		{"one month", 1, "", programme.RatioOf(24, 1000), figures.DirectionUp, rising, "the record begins"},
		{"no growth", 0, figures.StreakNotGrowing, programme.RatioOf(-24, 1000), figures.DirectionDown, "Use is falling: −2.4%" + compared, "a month without growth"},
		{"too little history", 0, "", programme.Ratio{State: programme.NotProvided}, "", "Not comparable with August 2016 like for like: no service reported in full in both periods", "the record begins"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := fixture()
			g := &f.Usage.Growth
			g.Streak, g.StreakEnd, g.LikeForLike, g.Direction = c.streak, c.end, c.growth, c.moves
			page := overFigures(t, f, executive, "/en/")
			heading := textOf(page.Find("#chart-growth figcaption h3"))
			if plainly(heading) != plainly(c.headline) {
				t.Errorf("the chart says %q, want %q", heading, c.headline)
			}
			if notes := page.tile("usage.growth.like_for_like").Find(".notes dd"); textOf(notes.Last()) != c.ended {
				t.Errorf("it ends with %q, want %q", textOf(notes.Last()), c.ended)
			}
		})
	}
}

func TestTheOverviewNamesWhatNeedsADecision(t *testing.T) {
	f := fixture()
	f.Attention.Dormant = f.Attention.Dormant[:1]
	f.Attention.Silent = nil
	server := site(t, fixed{figures: f}, &executive)
	page := opened(t, server, "/en/?on=2016-09-30")
	lists := page.Find(".decision")
	if lists.Length() != 5 {
		t.Fatalf("%d lists", lists.Length())
	}
	for i, c := range []struct {
		title, figure string
		n, named      int
		all           string
	}{
		{"Late milestones", "attention.late", len(f.Attention.Late), 5, "late"},
		{"Dormant services", "attention.dormant", 1, 1, "dormant"},
		{"Services not reporting", "attention.silent", 0, 0, ""},
		{"Services without numbers", "attention.without_numbers", len(f.Attention.WithoutNumbers), min(5, len(f.Attention.WithoutNumbers)), "without_numbers"},
		{"Claims to decide", "attention.claimed_not_verified", len(f.Attention.ClaimedNotVerified), 5, "claimed_not_verified"},
	} {
		list := lists.Eq(i)
		if got := textOf(list.Find("h3")); got != c.title {
			t.Errorf("list %d is %q, want %q", i, got, c.title)
		}
		if got := list.Find(
			"data",
		).AttrOr(
			"value",
			"",
		); got != strconv.Itoa(c.n) ||
			list.Find("data").AttrOr("data-figure", "") != c.figure {
			t.Errorf("%s: %s, want %d", c.title, got, c.n)
		}
		if got := list.Find(".items li").Length(); got != c.named {
			t.Errorf("%s: names %d, want %d", c.title, got, c.named)
		}
		if c.n == 0 {
			if textOf(list.Find(".nothing")) != "Nothing to decide." || list.Find("a").Length() != 0 {
				t.Errorf("%s: %q", c.title, textOf(list))
			}
			continue
		}
		want := "/en/services?attention=" + c.all + "&on=2016-09-30&status=all"
		if got := list.Find("p > a").AttrOr("href", ""); got != want {
			t.Errorf("%s: all are at %s, want %s", c.title, got, want)
		}
	}
	worst := f.Attention.Late[0]
	first := lists.Eq(0).Find(".items li").First()
	if got := first.Find("a").First().AttrOr("href", ""); got != "/en/services/"+worst.Service+"?on=2016-09-30" {
		t.Errorf("the first leads to %s", got)
	}
	if got := textOf(
		first.Find(".muted"),
	); !strings.HasPrefix(
		got,
		fmt.Sprintf("%d days late · Transactional · planned ", worst.Days),
	) {
		t.Errorf("the first says %q", got)
	}
}

// Every link of a list leads to as many services as the list says.
func TestWhatNeedsADecisionIsFoundInTheList(t *testing.T) {
	f := fixture()
	server := site(t, fixed{figures: f}, &executive)
	for kind, codes := range map[string]int{
		"dormant": len(f.Attention.Dormant), "silent": len(f.Attention.Silent),
		"claimed_not_verified": len(f.Attention.ClaimedNotVerified), "late": len(f.Attention.Late),
	} {
		page := opened(t, server, "/en/services?status=all&attention="+kind)
		page.says("#results h2", fmt.Sprintf("%d services found", codes))
		if page.chosen("attention") != kind || page.chosen("status") != "all" {
			t.Errorf("%s: the filters say %q and %q", kind, page.chosen("attention"), page.chosen("status"))
		}
	}
}

func TestTheOverviewSetsClaimedBesideVerified(t *testing.T) {
	f := fixture()
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, f, executive, "/"+language+"/")
		page.holds("table.levels tbody tr", 4)
		for _, level := range programme.Levels() {
			row := page.Find("table.levels tbody tr").Eq(int(level) - 1)
			cells := row.Find("data")
			claimed, verified := strconv.Itoa(f.Claimed.ByLevel.At(level)), strconv.Itoa(f.Verified.ByLevel.At(level))
			if cells.Eq(0).AttrOr("value", "") != claimed || cells.Eq(1).AttrOr("value", "") != verified {
				t.Errorf("level %d: %s, want %s and %s", level, textOf(row), claimed, verified)
			}
		}
		total := page.Find("table.levels tfoot data")
		if total.Eq(0).AttrOr("value", "") != strconv.Itoa(f.Claimed.Counted) ||
			total.Eq(1).AttrOr("value", "") != strconv.Itoa(f.Verified.Counted) {
			t.Errorf("the totals are %q", textOf(total))
		}
		widest := 0
		for _, width := range page.attributes("table.levels .bar__own", "width") {
			n, _ := strconv.Atoi(width)
			widest = max(widest, n)
		}
		if widest != 1000 {
			t.Errorf("the largest level's bar is %d wide", widest)
		}
	})
}

func TestTheOverviewSaysWhyServicesAreNotCounted(t *testing.T) {
	f := fixture()
	page := overFigures(t, f, executive, "/en/")
	rows := page.Find(`section[aria-labelledby="maturity"] table[class="table"] tbody tr`)
	counted := page.Find(`data[data-figure^="progress.not_counted."]`)
	if counted.Length() != len(f.Verified.NotCounted) || rows.Length() < counted.Length() {
		t.Errorf("%d reasons, want %d", counted.Length(), len(f.Verified.NotCounted))
	}
	for _, each := range f.Verified.NotCounted {
		page.gives("progress.not_counted."+string(each.Clause), strconv.Itoa(each.Services), strconv.Itoa(each.Services))
	}
	f.Verified.NotCounted = nil
	page = overFigures(t, f, executive, "/en/")
	page.says(`section[aria-labelledby="maturity"] .nothing`, "Every service is counted.")
}

func TestTheOverviewSaysItsRuleInWords(t *testing.T) {
	for _, c := range []struct {
		name string
		rule func(*programme.Rule)
		want []string
	}{
		{"existing services count", func(r *programme.Rule) { r.CountExisting, r.Audiences = true, nil }, []string{
			"A service counts once", "Its verified maturity level is at least 2 (Interactive)", "Services that existed before the programme are counted too.",
		}},
		{"new services alone", func(r *programme.Rule) { r.CountExisting, r.Audiences, r.NewAtLevel = false, nil, 3 }, []string{
			"A service counts once", "Its verified maturity level is at least 2", "It reached the level Transactional on or after",
		}},
		{"new at the minimum", func(r *programme.Rule) { r.CountExisting, r.Audiences, r.NewAtLevel = false, nil, 0 }, []string{
			"A service counts once", "Its verified maturity level is at least 2", "It reached the level Interactive on or after",
		}},
		{"audiences in scope", func(r *programme.Rule) { r.CountExisting, r.Audiences = true, []string{"citizens", "astronauts"} }, []string{
			"A service counts once", "Its verified maturity level is at least 2", "Services that existed", "Its audience is in scope:",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := fixture()
			f.Programme.Rule.MinimumLevel = 2
			c.rule(&f.Programme.Rule)
			server := site(t, fixed{figures: f}, &executive)
			for _, path := range []string{"/en/", "/en/definitions"} {
				got := opened(t, server, path).texts("ul.rule li")
				if len(got) != len(c.want) {
					t.Fatalf("%s: %q", path, got)
				}
				for i, want := range c.want {
					if !strings.HasPrefix(got[i], want) {
						t.Errorf("%s: sentence %d is %q, want %q", path, i, got[i], want)
					}
				}
			}
		})
	}
}

func TestTheOverviewNamesTheEntitiesFurthestBehind(t *testing.T) {
	f := fixture()
	f.Attention.BehindPlan = 1
	page := overFigures(t, f, executive, "/en/?as_at=2016-10-05")
	page.says(`section[aria-labelledby="entities"] h3`, "1 entity is behind its plan.")
	page.holds("table.entities tbody tr", 12)
	page.says(`section[aria-labelledby="entities"] .acts a`, "All 40 entities")
	page.leads(`section[aria-labelledby="entities"] .acts a`, "/en/entities?as_at=2016-10-05")
	page.leads(`section[aria-labelledby="entities"] .acts a[download]`, "/charts/entities.csv?as_at=2016-10-05&lang=en")
	last := int64(-1 << 40)
	for _, value := range page.attributes(`table.entities data[data-figure$=".variance"]`, "value") {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < last {
			t.Errorf("%q comes after %d", value, last)
		}
		last = n
	}
}

func TestTheForecastIsSaidInWords(t *testing.T) {
	known := fixture()
	untested := fixture()
	untested.Verified.Forecast.Coverage = programme.Ratio{}
	passed := fixture()
	passed.Verified.Forecast = figures.Forecast{Method: figures.MethodTargetPassed}
	little := fixture()
	little.Verified.Forecast = figures.Forecast{Method: figures.MethodTooLittleHistory, Finished: 1}
	unasked := fixture()
	unasked.Verified.Forecast = figures.Forecast{}
	unasked.Verified.Forecast.P50 = programme.Count{State: programme.NotRequested}
	for _, c := range []struct {
		name    string
		figures *figures.Figures
		bands   int
		begins  string
		method  string
	}{
		{"with its bands", known, 2, "Forecast: ", "79.0% of the actual counts fell inside its 80% band."},
		{"not yet tested", untested, 2, "Forecast: ", "There is not enough history yet to test the bands."},
		{"the target has passed", passed, 0, "No forecast: the target date has been reached.", ""},
		{"too little history", little, 0, "There is too little history for a forecast: 1 milestone", ""},
		{"not asked for", unasked, 0, "No forecast is made for this date.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := overFigures(t, c.figures, executive, "/en/")
			remarks := page.texts(`section[aria-labelledby="progress"] .remark`)
			if len(remarks) == 0 || !strings.HasPrefix(remarks[0], c.begins) {
				t.Errorf("it says %q", remarks)
			}
			page.holds(`section[aria-labelledby="progress"] .remark data[data-figure^="progress.forecast."]`, c.bands)
			if c.method != "" && (len(remarks) != 2 || !strings.HasSuffix(plainly(remarks[1]), plainly(c.method))) {
				t.Errorf("the method is %q", remarks)
			}
		})
	}
}

func TestTheLeadOfTheOverviewLeavesOutWhatIsNotKnown(t *testing.T) {
	f := fixture()
	whole := textOf(overFigures(t, f, executive, "/en/").Find(".lead"))
	f.Verified.RequiredRate = programme.Ratio{State: programme.NotApplicable}
	short := textOf(overFigures(t, f, executive, "/en/").Find(".lead"))
	if !strings.Contains(whole, "new services a month") || strings.Contains(short, "new services a month") {
		t.Errorf("with a rate: %q, without: %q", whole, short)
	}
	if !strings.Contains(short, "of them are end-to-end") || !strings.Contains(short, "behind their plan") {
		t.Errorf("without a rate: %q", short)
	}
}

// An agency reads the programme's totals, and of the entities its own.
func TestAnAgencysOverviewHasItsOwnEntityAlone(t *testing.T) {
	f := fixture()
	page := overFigures(t, f, agencyOf("e02"), "/en/")
	page.gives("progress.counted", strconv.Itoa(f.Verified.Counted), strconv.Itoa(f.Verified.Counted))
	page.holds("table.entities tbody tr", 1)
	page.leads("table.entities tbody th a", "/en/entities/e02")
	page.holds(".verdict .acts a", 0)
	for _, address := range page.attributes(".decision .items a", "href") {
		if strings.HasPrefix(address, "/en/entities/") && address != "/en/entities/e02" {
			t.Errorf("it names %s", address)
		}
	}
}

func TestAnEmptyOverviewSaysSo(t *testing.T) {
	empty := &figures.Figures{Programme: programme.DefaultSettings()}
	empty.On = fixtureOn
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, empty, executive, "/"+language+"/")
		page.answers(http.StatusOK)
		page.holds("figure.chart .nothing", 4)
		page.holds("figure.chart .plot", 0)
		page.holds("table.entities", 0)
		page.holds(".decision .nothing", 5)
		page.holds(".tile", 6)
		page.gives("progress.counted", "0", "0")
		page.holds(`main data[value="NaN"], main data[value="+Inf"]`, 0)
	})
}

func TestTheFrameIsTheSameOnEveryPageOfFigures(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for _, c := range []struct{ path, entry string }{
		{"/", "/"},
		{"/entities", "/entities"},
		{"/services", "/services"},
		{"/usage", "/usage"},
		{"/plans", "/plans"},
		{"/quality", "/quality"},
		{"/definitions", "/definitions"},
		{"/reports", "/reports"},
	} {
		bothLanguages(t, func(t *testing.T, language string) {
			t.Helper()
			page := opened(t, server, "/"+language+c.path+"?on=2016-06-30")
			page.answers(http.StatusOK)
			page.holds("h1", 1)
			page.holds("main#main", 1)
			page.leads("a.skip", "#main")
			page.leads(".menu a[aria-current=page]", "/"+language+c.entry+"?on=2016-06-30")
			page.holds(".menu a[aria-current=page]", 1)
			other := map[string]string{"en": "ar", "ar": "en"}[language]
			page.leads(".top__person a[hreflang]", "/"+other+c.path+"?on=2016-06-30")
			page.says(".person", "The Minister")
			if page.Header.Get("Content-Language") != language || page.Header.Get("Cache-Control") != "private, no-cache" {
				t.Errorf("%s: %v", c.path, page.Header)
			}
			if title := page.Find("title").Text(); !strings.Contains(title, " · ") {
				t.Errorf("%s is titled %q", c.path, title)
			}
		})
	}
}

func TestTheStampSaysWhatTheFiguresAre(t *testing.T) {
	closed := fixture()
	closed.Provisional = false
	nothing := fixture()
	nothing.Completeness = figures.Completeness{}
	for _, c := range []struct {
		name         string
		figures      *figures.Figures
		completeness string
		tags         []string
	}{
		{"provisional", fixture(), "811 of 842 monthly service reports (96.3 %)", []string{"provisional", "Grade B"}},
		{"closed", closed, "811 of 842 monthly service reports (96.3 %)", []string{"Grade B"}},
		{"nothing expected", nothing, "no data expected", []string{"provisional"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := overFigures(t, c.figures, executive, "/en/usage?by=channel&on=2016-09-30")
			if got := page.texts(
				".stamp__facts .tag",
			); len(got) != len(c.tags) ||
				!strings.EqualFold(strings.Join(got, "|"), strings.Join(c.tags, "|")) {
				t.Errorf("the tags are %q, want %q", got, c.tags)
			}
			last := page.Find(".stamp__facts dd").Last()
			last.Find(".tag").Remove()
			if got := textOf(last); plainly(got) != plainly(c.completeness) {
				t.Errorf("completeness is %q, want %q", got, c.completeness)
			}
			if page.Find(`.dates input[name=by]`).AttrOr("value", "") != "channel" ||
				page.Find(".dates input[name=on]").AttrOr("value", "") != "2016-09-30" {
				t.Error("the form of dates loses what was asked")
			}
			page.leads(".dates a", "/en/usage?by=channel")
			page.leads("a.copy", "/en/usage?as_at=2016-10-05&by=channel&on=2016-09-30")
		})
	}
}

func TestAReaderWithoutAPurposeHasAMenuOfTheirRole(t *testing.T) {
	for role, want := range map[access.Role][]string{
		access.RoleExecutive: {"/", "/entities", "/services", "/usage", "/plans", "/quality", "/reports", "/definitions"},
		access.RolePlanner: {
			"/", "/entities", "/services", "/usage", "/plans", "/quality", "/reports", "/definitions", "/review", "/review/claims",
			"/submissions", "/links",
		},
		access.RoleAgency: {
			"/", "/entities", "/services", "/usage", "/plans", "/quality", "/definitions", "/submit", "/statements", "/claims",
			"/submissions", "/audit",
		},
	} {
		who := access.Principal{ID: "user/x@example.org", Name: "X", Role: role}
		if role == access.RoleAgency {
			who.Entity = "e02"
		}
		got := overFigures(t, fixture(), who, "/en/").attributes(".menu a", "href")
		for i := range want {
			want[i] = "/en" + want[i]
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s:\n%q, want\n%q", role, got, want)
		}
	}
}
