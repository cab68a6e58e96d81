package web

import (
	"strconv"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

const (
	whatIf      = "[aria-labelledby=what-if] "
	whatIfTable = whatIf + "> .scroll tbody tr "
)

func TestWhatIfNothingIsAskedYet(t *testing.T) {
	t.Parallel()
	nothing := agencyParts(
		agencyGone(whatIf+".shifts", whatIf+"figure", whatIf+"table", whatIf+"[role=alert]", whatIf+".acts",
			whatIf+"option[selected]"),
		agencyTimes(40, whatIf+"optgroup:nth-child(1) option"), agencyTimes(7, whatIf+"optgroup:nth-child(2) option"),
		agencyTimes(4, whatIf+"optgroup:nth-child(3) option"), agencyKeeps("days", "30"),
		agencyHas(whatIf+"input[name=days]", "aria-describedby", "what-if-hint"),
		agencyThere(whatIf+`option[value="entity:e01"]`, whatIf+`option[value="platform:e07"]`,
			whatIf+`option[value="level:4"]`),
	)
	overviewOf(t, nil).are(t, []agencyCase{
		{shows: "in English", who: executive, path: "/en/plans", parts: []agencyPart{
			nothing, agencySays(whatIf+"button", "Show the effect"), agencyHas(whatIf+"form", "action", "/en/plans#what-if"),
			agencyHas(whatIf+"optgroup:nth-child(1)", "label", "An entity's milestones"),
			agencyHas(whatIf+"optgroup:nth-child(2)", "label", "Milestones waiting for an entity"),
			agencyHas(whatIf+"optgroup:nth-child(3)", "label", "A maturity level"),
			agencySays(whatIf+`option[value="level:4"]`, "All milestones of Level 4: Integrated"),
			agencySays(whatIf+`option[value="entity:e03"]`,
				"Milestones of Ministry of Municipality and Environment "+hostile[2]),
			agencySays("#what-if-hint", "Later: 30. Earlier: -30. If several changes apply to one milestone, their days are added."),
		}},
		{shows: "in Arabic", who: executive, path: "/ar/plans", parts: []agencyPart{
			nothing, agencySays(whatIf+"button", "عرض الأثر"), agencySays(whatIf+`option[value="level:1"]`,
				"جميع المعالم الرئيسية: المستوى 1: معلوماتية"),
		}},
		{shows: "by an agency, of its own and of levels alone", who: moiPlans, path: "/en/plans", parts: []agencyPart{
			agencyTimes(1, whatIf+`option[value^="entity:"]`), agencyTimes(1, whatIf+`option[value^="platform:"]`),
			agencyTimes(4, whatIf+`option[value^="level:"]`),
		}},
	})
}

func TestAScenarioIsAnAddress(t *testing.T) {
	t.Parallel()
	overviewOf(t, nil).are(t, []agencyCase{
		{
			shows: "that the form leads to", who: executive, path: "/en/plans?what=entity:e02&days=30",
			to: "/en/plans?shift=entity%3Ae02%3A30#what-if",
		},
		{
			shows: "with what was asked before", who: executive,
			path: "/en/plans?on=2016-09-30&shift=entity:e02:30&what=level:4&days=%D9%A1%D9%A5", // Arabic-Indic 15
			to:   "/en/plans?on=2016-09-30&shift=entity%3Ae02%3A30%2Clevel%3A4%3A15#what-if",
		},
		{
			shows: "with a sign", who: executive,
			path: "/ar/plans?what=platform:e01&days=%2B7&milestones=due&entity=e14",
			to:   "/ar/plans?entity=e14&milestones=due&shift=platform%3Ae01%3A7#what-if",
		},
		{
			shows: "of earlier days", who: executive, path: "/en/plans?what=level:3&days=-10",
			to: "/en/plans?shift=level%3A3%3A-10#what-if",
		},
		{
			shows: "with spaces around the days", who: executive, path: "/en/plans?what=level:3&days=%2010%20",
			to: "/en/plans?shift=level%3A3%3A10#what-if",
		},
		{
			shows: "whose shifts can be taken away one by one", who: executive,
			path: "/en/plans?on=2016-09-30&shift=entity:e03:30,level:4:-10", parts: []agencyPart{
				agencyLists(
					whatIf+".shifts li > bdi", "Milestones of Ministry of Municipality and Environment "+
						hostile[2]+", 30 days later",
					"All milestones of Level 4: Integrated, 10 days earlier",
				),
				agencyLeads(whatIf+".shifts li:first-child a", "/en/plans?on=2016-09-30&shift=level%3A4%3A-10#what-if"),
				agencyLeads(whatIf+".shifts li:last-child a",
					"/en/plans?on=2016-09-30&shift=entity%3Ae03%3A30#what-if"),
				agencyLeads(whatIf+".acts a", "/en/plans?on=2016-09-30#what-if"),
				agencySays(whatIf+".acts a", "Back to current dates"),
				agencyHiddenIs(whatIf+"form", "on=2016-09-30&shift=entity:e03:30,level:4:-10"),
				agencySays(whatIf+"button", "Add"),
			},
		},
	})
}

func TestWhatIfIsToldBesideTheForecast(t *testing.T) {
	t.Parallel()
	f := fixture()
	median := f.Verified.Series[len(f.Verified.Series)-1].Forecast.P50.Value
	after := strconv.FormatInt(median-45, 10)
	labels := []string{
		"80% band, from", "50% band, from", "Median", "50% band, to", "80% band, to",
		"Probability of reaching the goal",
	}
	overviewOf(t, nil).are(t, []agencyCase{
		{shows: "in English", who: executive, path: "/en/plans?shift=entity:e02:30,level:4:15", parts: []agencyPart{
			agencySays(
				whatIf+"> .remark", "17 open milestones move. On 31 December 2016 the median is 852 instead of "+
					"897 services, the 80% "+
					"band 822 to 939 instead of 867 to 939; the probability of the goal is 42% instead of 42%.",
			),
			agencyLists(whatIfTable+"th", labels...), agencyLists(whatIf+"> .scroll th[scope=col]",
				"At the target date", "Current dates",
				"What if", "Change"),
			agencyLists(whatIfTable+"td:nth-child(2)", "867", "882", "897", "915", "939", "42%"),
			agencyLists(whatIfTable+"td:nth-child(3)", "822", "882", "852", "915", "939", "42%"),
			agencyLists(whatIfTable+"td:nth-child(4)", "−45", "0", "−45", "0", "0", "0.0%"),
			agencyValueOf("what_if.after.p50", after), agencyValueOf("what_if.before.p50",
				strconv.FormatInt(median, 10)),
			agencySays("#chart-what-if h3", "45 services fewer by the target date; probability of the goal 42% "+
				"instead of 42%"),
			agencyTimes(4, "#chart-what-if tbody tr"), agencyTimes(11, "#chart-what-if th[scope=col]"),
			agencyLeads("#chart-what-if a[download]",
				"/charts/what-if.csv?lang=en&shift=entity%3Ae02%3A30%2Clevel%3A4%3A15"),
		}},
		{shows: "in Arabic", who: executive, path: "/ar/plans?shift=entity:e02:1", parts: []agencyPart{
			agencyValueOf("what_if.after.p50", strconv.FormatInt(median-1, 10)), agencyTimes(6, whatIfTable+"th"),
			agencyThere("#chart-what-if .plot"), agencyTimes(1, whatIf+".shifts li"),
		}},
		{shows: "that more come", who: executive, path: "/en/plans?shift=level:4:-1", parts: []agencyPart{
			agencyTells("#chart-what-if h3", "1 service more by the target date"), agencySays(whatIf+".shifts li > bdi",
				"All milestones of Level 4: Integrated, 1 day earlier"),
		}},
		{
			shows: "that nothing changes", who: executive, path: "/en/plans?shift=level:4:5,level:3:-5",
			parts: []agencyPart{
				agencySays("#chart-what-if h3", "The median stays the same; probability of the goal 42%, was 42%"),
			},
		},
		{shows: "to an agency of its own", who: moiPlans, path: "/en/plans?shift=entity:e02:30", parts: []agencyPart{
			agencyValueOf("what_if.after.p50", strconv.FormatInt(median-30, 10)),
		}},
	})
}

func TestWhatIfThereIsNoForecast(t *testing.T) {
	t.Parallel()
	site := overviewOf(t, func(f *figures.Figures) {
		none := programme.Count{State: programme.NotProvided}
		f.Verified.Forecast = figures.Forecast{Method: figures.MethodTooLittleHistory, Finished: 7}
		for i := range f.Verified.Series {
			f.Verified.Series[i].Forecast = forecast.Bands{P10: none, P25: none, P50: none, P75: none, P90: none}
		}
	})
	site.are(t, []agencyCase{
		{shows: "what moves, and why no more", who: executive, path: "/en/plans?shift=level:4:30", parts: []agencyPart{
			agencySays(
				whatIf+"> .remark",
				"17 open milestones move. There is too little history for a forecast: 7 milestones "+
					"are finished, and 12 are needed.",
			),
			agencyGone(whatIf + "> .scroll table"), agencyTimes(1, whatIf+".shifts li"),
			agencySays("#chart-what-if h3", "What if"),
		}},
	})
}

func TestWhatIfIsRefusedBesideTheQuestion(t *testing.T) {
	t.Parallel()
	days := "It is not a whole number from −730 to 730. Write a whole number from −730 to 730."
	unanswered := agencyGone("#chart-what-if", whatIf+"> .scroll table", whatIf+"> .remark")
	field := func(chosen, typed, words string) []agencyPart {
		return []agencyPart{
			unanswered, agencyHas(whatIf+"input[name=days]", "aria-invalid", "true"),
			agencySays("#what-if-fault", words),
			agencyHas(whatIf+"input[name=days]", "aria-describedby", "what-if-fault what-if-hint"),
			agencyKeeps("what", chosen, "days", typed), agencyThere("#what-if-fault[role=alert]"),
		}
	}
	above := func(texts ...string) []agencyPart {
		return []agencyPart{
			unanswered, agencyTells(whatIf+"> .flag[role=alert]", texts...),
			agencyGone("#what-if-fault", whatIf+"[aria-invalid]"),
			agencySays(whatIf+".acts a", "Back to current dates"),
		}
	}
	overviewOf(t, nil).are(t, []agencyCase{
		{
			shows: "days in words", who: executive, path: "/en/plans?what=level:4&days=soon", status: 400,
			parts: field("level:4", "soon", days),
		},
		{
			shows: "no days", who: executive, path: "/en/plans?what=level:4&days=", status: 400,
			parts: field("level:4", "30", days),
		},
		{
			shows: "too many days", who: executive, path: "/en/plans?what=platform:e01&days=99999", status: 400,
			parts: field("platform:e01", "99999", days),
		},
		{
			shows: "days that run", who: executive, status: 400,
			path: "/ar/plans?what=entity:e02&days=%3Cscript%3Ealert(1)%3C/script%3E",
			parts: []agencyPart{
				unanswered, agencyKeeps("days", "<script>alert(1)</script>"),
				agencyThere("#what-if-fault"),
			},
		},
		{
			shows: "what is no shift", who: executive, path: "/en/plans?shift=nonsense", status: 400,
			parts: above("“nonsense” is not a shift. Write entity:CODE:DAYS, platform:CODE:DAYS or level:1..4:DAYS"),
		},
		{
			shows: "nobody", who: executive, path: "/en/plans?shift=entity:nobody:30", status: 400,
			parts: above("“nobody” is not in the catalogue."),
		},
		{
			shows: "a level that is none", who: executive, path: "/en/plans?shift=level:7:30", status: 400,
			parts: above("It is not a whole number from 1 to 4."),
		},
		{
			shows: "a shift that runs", who: executive, path: "/ar/plans?shift=%3Cimg+src=x%3E", status: 400,
			parts: []agencyPart{
				unanswered, agencyTells(whatIf+"> .flag[role=alert]", "<img src=x>"),
			},
		},
	})
}

func TestWhatIfHasATableOfItsOwn(t *testing.T) {
	t.Parallel()
	site := overviewOf(t, nil)
	for _, each := range []struct {
		shows, path string
		who         access.Principal
		status      int
	}{
		{"of a scenario", "/charts/what-if.csv?shift=entity:e03:30", executive, 200},
		{"of no scenario", "/charts/what-if.csv", executive, 400},
		{"of nonsense", "/charts/what-if.csv?shift=nonsense", executive, 400},
		{"of another's milestones", "/charts/what-if.csv?shift=entity:e03:30", moiPlans, 404},
		{"of one's own", "/charts/what-if.csv?shift=entity:e02:30", moiPlans, 200},
		{"of a level", "/charts/what-if.csv?shift=level:4:30", moiPlans, 200},
	} {
		t.Run(each.shows, func(t *testing.T) {
			site.person = each.who
			if got, body := get(t, site.server, each.path); got.StatusCode != each.status {
				t.Errorf("%d, want %d: %s", got.StatusCode, each.status, body)
			}
		})
	}
}
