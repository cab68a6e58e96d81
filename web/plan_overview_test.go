package web

import (
	"strconv"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// overviewOf is the page of all plans over figures that a test has changed.
func overviewOf(t *testing.T, change func(f *figures.Figures)) *agencySite {
	t.Helper()
	f := fixture()
	if change != nil {
		change(f)
	}
	return agencySiteOf(t, Dependencies{Figures: fixed{figures: f}})
}

// moiPlans sees the plan of e02 alone.
var moiPlans = access.Principal{ID: "user/agency@example.org", Name: "A", Role: access.RoleAgency, Entity: "e02"}

func TestThePlanIsToldInWordsAndFigures(t *testing.T) {
	t.Parallel()
	figures := agencyParts(
		agencyValueOf("progress.counted", "840"), agencyValueOf("progress.plan", "887"),
		agencyValueOf("progress.variance", "-47"), agencyValueOf("progress.last_month", "823"),
		agencyValueOf("progress.last_year", "609"), agencyValueOf("progress.required_rate", "53.3"),
		agencyValueOf("progress.recent_rate.months_3", "19.3"), agencyValueOf("progress.recent_rate.months_6", "22.2"),
		agencyValueOf("progress.schedule_index", "0.947"), agencyValueOf("progress.forecast.p50", "897"),
		agencyValueOf("progress.forecast.probability", "0.42"), agencyValueOf("progress.forecast.coverage", "0.79"),
		agencyValueOf("milestones.last_quarter", "0.28"),
		agencyValueOf("forecast.horizons.3.points", "22"),
		agencyTimes(3, ".tile"), agencyThere("aside.stamp"), agencyTimes(2, "main figure.chart"),
	)
	overviewOf(t, nil).are(t, []agencyCase{
		{shows: "in English", who: executive, path: "/en/plans", parts: []agencyPart{
			figures, agencyValueOf("platforms.e01.days_passed_on", "400"), agencyValueOf("plans.e01.milestones", "35"),
			agencySays("h1", "840 of 1,000 services are online, 47 behind plan"),
			agencyTells(
				".lead", "Schedule index 0.947.", "To reach the goal by 31 December 2016, 53.3 new services a month are "+
					"needed",
				"Forecast: 867 to 939 services by 31 December 2016.",
				"Likelihood of reaching 1,000 by then: Uncertain (42%).",
				"79.0% of the actual counts fell inside its 80% band.",
			),
			agencyLists(".tile__label", "Services counted", "Required rate", "Forecast"),
			agencyLists(".tile .status", "At risk", "Late"), agencySays("title",
				"Plans · National e-services programme"),
			agencySays(".menu [aria-current=page]", "Plans"),
		}},
		{shows: "in Arabic", who: executive, path: "/ar/plans", parts: []agencyPart{
			figures, agencySays("h1", "الخدمات المتاحة إلكترونيًا: 840 من أصل 1,000، بتأخر 47 خدمة عن الخطة"),
			agencyTells(".lead", "مؤشر الجدول الزمني 0.947.", "من 867 إلى 939.",
				"احتمال بلوغ الهدف (1,000)"),
			agencyLists(".tile__label", "الخدمات المحتسبة", "المعدل المطلوب", "التوقعات"),
			agencyLists(".tile .status", "معرّض للتأخر", "متأخر"),
		}},
		{shows: "to an agency too", who: moiPlans, path: "/en/plans", parts: []agencyPart{figures}},
	})
}

func TestPlanOverviewWarnsOfForecastsThatDidNotHold(t *testing.T) {
	t.Parallel()
	site := agencySiteOf(t, Dependencies{Figures: narrow{fixed{figures: fixture()}, programme.RatioOf(61, 100)}})
	site.are(t, []agencyCase{
		{shows: "a band that was too narrow", who: executive, path: "/en/plans", parts: []agencyPart{
			agencyTells(".lead", "Read the forecast with care: when the method was tested on past months, only 61.0% of the actual counts"+
				" fell inside the 80% band"),
		}},
	})
	site = agencySiteOf(t, Dependencies{Figures: narrow{fixed{figures: fixture()}, programme.Ratio{}}})
	site.are(t, []agencyCase{
		{shows: "a forecast that was never tested", who: executive, path: "/en/plans", parts: []agencyPart{
			agencySays(
				"[aria-labelledby=backtest] > p",
				"Too little history: at no past month end were there 12 finished milestones and a "+
					"later count to compare with.",
			),
			agencyGone("[aria-labelledby=backtest] table"),
		}},
	})
}

func TestPlanOverviewWithoutPlansSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	site := overviewOf(t, func(f *figures.Figures) {
		f.Verified.Forecast = figures.Forecast{Method: figures.MethodTooLittleHistory, Finished: 7}
		f.Verified.Plan, f.Verified.Variance = programme.Count{}, programme.Count{}
		f.Plans = figures.PlanFigures{}
	})
	unknown := agencyParts(
		agencyValueOf("progress.plan", ""), agencyValueOf("progress.forecast.p50", ""),
		agencyValueOf("milestones.last_quarter", ""), agencyValueOf("milestones.on_time", ""),
		agencyGone("#chart-plan-timeline .plot", "nav.pager", "table.milestones", "[aria-labelledby=platforms] table"),
		agencyGone("optgroup:nth-of-type(3)"), agencyTimes(2, "optgroup"),
	)
	site.are(t, []agencyCase{
		{shows: "in English", who: executive, path: "/en/plans", parts: []agencyPart{
			unknown, agencySays("h1", "840 of 1,000 services are online; no plan is approved yet"),
			agencyTells(".lead", "There is too little history for a forecast: 7 milestones are finished, and 12 are needed."),
			agencySays(".tile [data-figure='progress.forecast.p50']", "not provided"),
			agencyLists(
				".nothing", "No plan is approved yet.", "No milestone of this kind.", "No data for these dates yet.",
				"No open milestone is waiting for another entity.",
			),
			agencyLists(
				".sorts a", "Late (0)", "Awaiting verification (0)", "Due in the next 90 days (0)",
				"Done in the last 90 days (0)",
			),
			agencySays("#chart-plan-months h3", "No go-lives are planned"),
		}},
		{shows: "in Arabic", who: executive, path: "/ar/plans", parts: []agencyPart{
			unknown, agencySays(".tile [data-figure='progress.forecast.p50']", "غير مقدَّم"),
			agencyTimes(4, ".nothing"),
		}},
		{shows: "a scenario too", who: executive, path: "/en/plans?shift=level:4:30", parts: []agencyPart{
			agencyTells("[aria-labelledby=what-if] .remark", "17 open milestones move."), agencyTimes(1, ".shifts li"),
		}},
	})
}

func TestPlanOverviewTimelineHasARowForEachEntity(t *testing.T) {
	t.Parallel()
	of := func(n int) func(f *figures.Figures) {
		return func(f *figures.Figures) { f.Plans.Entities = f.Plans.Entities[:n] }
	}
	few := func(f *figures.Figures) {
		f.Plans.Entities = page.Filter(f.Plans.Entities, func(p figures.EntityPlan) bool { return !p.SlipsLong() })
	}
	rows := "#chart-plan-timeline tbody tr"
	for _, each := range []struct {
		shows, headline string
		change          func(f *figures.Figures)
		who             access.Principal
		rows            int
	}{
		{"the longest slip of all", "16 of 40 entities have a median slip of over 30 days; the longest is that of " +
			"Ministry of Interior " + hostile[0] + ", 53 days", nil, executive, 40},
		{"the longest slip of one that is too long", "1 of 2 entities has a median slip of over 30 days; the longest " +
			"is that of Ministry of Interior " + hostile[0] + ", 53 days", func(f *figures.Figures) {
			f.Plans.Entities = []figures.EntityPlan{f.Plans.Entities[0], f.Plans.Entities[39]}
		}, executive, 2},
		{"that none is too long", "No entity's median slip is over 30 days; the longest is ", few, executive, 24},
		{
			"the one entity that there is", "Ministry of Interior " + hostile[0] + ": a median slip of 53 days",
			of(1), executive, 1,
		},
		{
			"an agency its own", "Ministry of Public Health " + hostile[1] + ": a median slip of 35 days", nil,
			moiPlans,
			1,
		},
	} {
		overviewOf(t, each.change).are(t, []agencyCase{{
			shows: each.shows, who: each.who, path: "/en/plans",
			parts: []agencyPart{agencyTells("#chart-plan-timeline h3", each.headline), agencyTimes(each.rows, rows)},
		}})
	}
}

func TestPlanOverviewTimelineTellsWhatItDraws(t *testing.T) {
	t.Parallel()
	first := "#chart-plan-timeline tbody tr:first-child "
	overviewOf(t, nil).are(t, []agencyCase{
		{shows: "in a table", who: executive, path: "/en/plans?on=2016-09-30", parts: []agencyPart{
			agencyLists(
				"#chart-plan-timeline th[scope=col]", "Entity", "Status", "Median slip, days", "Milestones", "Done",
				"Share done",
				"Late", "Awaiting verification", "First go-live, original plan", "Last go-live, original plan",
				"First go-live, current dates", "Last go-live, current dates",
			),
			agencyLists(
				first+"td", "Late", "53", "35", "35", "100.0%", "0", "0", "15 February 2014", "15 September 2016",
				"24 February 2014", "15 September 2016",
			),
			agencyHas(
				first+".status", "title",
				"17 of 28 milestones done. Due by this date: 20; late: 3, of which 2 by more than 30 days.",
			),
			agencyLeads(first+"th a", "/en/entities/e01?on=2016-09-30"),
			agencySays(first+"th a", "Ministry of Interior "+hostile[0]),
			agencyLeads("#chart-plan-timeline details a[download]", "/charts/plan-timeline.csv?lang=en&on=2016-09-30"),
			agencyHas("#chart-plan-timeline .plot", "data-unit", "months"),
			agencyThere("#chart-plan-timeline .plot--rows-40"),
			agencyThere("#chart-plan-timeline .plot[aria-label*='40 rows from']"),
		}},
		{shows: "in Arabic", who: executive, path: "/ar/plans", parts: []agencyPart{
			agencyTells("#chart-plan-timeline h3", "وسيط تأخر 16 جهة من 40 يتجاوز 30 يومًا"),
			agencySays(first+"td", "متأخر"), agencyLeads("#chart-plan-timeline details a[download]",
				"/charts/plan-timeline.csv?lang=ar"),
		}},
	})
}

func TestPlanOverviewMonthsAndTheirBunching(t *testing.T) {
	t.Parallel()
	notes := "[aria-labelledby=months] .notes "
	overviewOf(t, nil).are(t, []agencyCase{
		{shows: "in English", who: executive, path: "/en/plans", parts: []agencyPart{
			agencySays("#chart-plan-months h3", "28.0% of all go-lives were planned for the last quarter, "+
				"October 2016 to December 2016"),
			agencyLists("#chart-plan-months th[scope=col]", "Period", "Original plan", "Current plan", "Gone live",
				"Days of Ramadan"),
			agencyTimes(36, "#chart-plan-months tbody tr"), agencyLists("#chart-plan-months tbody tr:first-child td",
				"12", "28", "11", "0"),
			agencyLists("#chart-plan-months tbody tr:last-child td:nth-child(-n+4)", "30", "28", "–"),
			agencyLists(
				notes+"dt", "Planned for the last quarter",
				"Planned for the last month of a quarter (evenly spread: 33%)",
				"Share of finished milestones done on time",
			),
			agencyLists(notes+"dd", "28.0%", "47.0%", "61.0%"), agencyValueOf("milestones.quarter_end", "0.47"),
		}},
		{shows: "in Arabic", who: executive, path: "/ar/plans", parts: []agencyPart{
			agencyLists(notes+"dd", "28.0%", "47.0%", "61.0%"), agencyTimes(36, "#chart-plan-months tbody tr"),
		}},
	})
}

func TestPlanOverviewPlatformsThatOthersWaitFor(t *testing.T) {
	t.Parallel()
	row := "[aria-labelledby=platforms] tbody tr"
	overviewOf(t, nil).are(t, []agencyCase{
		{shows: "what each delays", who: executive, path: "/en/plans", parts: []agencyPart{
			agencyTimes(7, row), agencySays(row+" th a", "Ministry of Interior "+hostile[0]),
			agencyLists(row+":first-child td:nth-child(-n+8)", "3", "71", "9 November 2016", "12", "7", "5", "400"),
			agencyValueOf("platforms.e07.waiting", "6"), agencyValueOf("platforms.e07.days_passed_on", "220"),
			agencyLeads(row+":first-child th a", "/en/entities/e01"),
			agencyLeads(row+":first-child td a", "/en/plans?shift=platform%3Ae01%3A30#what-if"),
		}},
		{
			shows: "the question beside the list that is looked at", who: executive,
			path: "/ar/plans?milestones=due&entity=e14",
			parts: []agencyPart{agencyLeads(
				row+":first-child td a", "/ar/plans?entity=e14&milestones=due&shift=platform%3Ae01%3A30#what-if",
			)},
		},
		{shows: "an agency its own alone", who: moiPlans, path: "/en/plans", parts: []agencyPart{
			agencyTimes(1, row), agencyLeads(row+" th a", "/en/entities/e02"),
		}},
	})
}

func TestPlanOverviewBacktestByHorizon(t *testing.T) {
	t.Parallel()
	cells := "[aria-labelledby=backtest] tbody tr "
	overviewOf(t, nil).are(t, []agencyCase{
		{shows: "in English", who: executive, path: "/en/plans", parts: []agencyPart{
			agencyLists(cells+"th", "3 months", "6 months", "12 months"),
			agencyLists(cells+"td", "22", "54.5%", "81.8%", "19", "47.4%", "78.9%", "0", "not provided",
				"not provided"),
			agencyValueOf("forecast.horizons.12.within_80", ""), agencyValueOf("forecast.horizons.6.points", "19"),
			agencySays(
				"[aria-labelledby=backtest] > p", "41 forecasts made at past month ends were compared with the actual counts. "+
					"Inside the 50% band: 52.0%; inside the 80% band: 79.0%.",
			),
			agencyTells("[aria-labelledby=backtest] .muted", "Simulated 2,000 times. In each run the 118 open milestones slip",
				"640 finished milestones"),
		}},
		{shows: "in Arabic", who: executive, path: "/ar/plans", parts: []agencyPart{
			agencyLists(cells+"th", "3 أشهر", "6 أشهر", "12 شهرًا"),
			agencyTells("[aria-labelledby=backtest] > p", "قورن 41 توقعًا من نهايات أشهر سابقة"),
		}},
	})
}

func TestAnAgencySeesItsOwnPlan(t *testing.T) {
	t.Parallel()
	f := fixture()
	var others []string
	for i := range f.Entities {
		if code := f.Entities[i].Code; code != "e02" {
			others = append(
				others, `main [href*="/entities/`+code+`"]`, `main option[value="`+code+`"]`,
				`main option[value*=":`+code+`"]`,
				`main [data-figure^="plans.`+code+`."]`, `main [data-figure^="platforms.`+code+`."]`,
			)
		}
	}
	for i := range f.Plans.Milestones {
		if m := &f.Plans.Milestones[i]; m.Entity != "e02" {
			others = append(others, `main [data-figure="milestones.`+m.Service+`.slip"]`)
		}
	}
	overviewOf(t, nil).are(t, []agencyCase{
		{shows: "on the page", who: moiPlans, path: "/en/plans?shift=entity:e02:30,level:4:5", parts: []agencyPart{
			agencyGone(others...), agencyValueOf("progress.counted", strconv.Itoa(f.Verified.Counted)),
		}},
		{shows: "as a list", who: moiPlans, path: "/en/plans?entity=e03", status: 404, parts: agencyNotFound},
		{shows: "as a chart's table", who: moiPlans, path: "/charts/what-if.csv?shift=entity:e03:30", status: 404},
		{
			shows: "as a scenario", who: moiPlans, path: "/en/plans?shift=entity:e03:30", status: 404,
			parts: agencyNotFound,
		},
		{
			shows: "as what waits for it", who: moiPlans, path: "/en/plans?shift=platform:e03:30", status: 404,
			parts: agencyNotFound,
		},
	})
}
