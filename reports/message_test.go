package reports

import (
	"slices"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// said is a workbook of figures that words its messages.
func said(t *testing.T, f *figures.Figures, language i18n.Language) *workbook {
	t.Helper()
	r, _ := newReports(t, f)
	w, err := newWorkbook(f, Edition{Month: september, Language: language}, r.Words.In(language), r.Zone, r.Contact)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// wording changes figures and wants a text of them.
type wording struct {
	name   string
	change func(f *figures.Figures)
	want   string
}

func (c wording) check(t *testing.T, text func(*workbook) string) {
	t.Helper()
	f := sample(small)
	c.change(f)
	if got := text(said(t, f, i18n.English)); got != c.want {
		t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
	}
	if got := text(said(t, f, i18n.Arabic)); strings.ContainsAny(got, "⟦{}") || (got == "") != (c.want == "") {
		t.Errorf("%s in Arabic: %q", c.name, got)
	}
}

func TestTheVerdict(t *testing.T) {
	const counted = "851 of 1,000 services counted, 253 of them end-to-end."
	quiet := func(f *figures.Figures) {
		f.Verified.Forecast, f.Attention.BehindPlan = figures.Forecast{}, 0
		f.Verified.Plan, f.Verified.Variance = programme.Count{}, programme.Count{}
	}
	plan := func(f *figures.Figures, plan int) {
		quiet(f)
		f.Verified.Plan, f.Verified.Variance = programme.CountOf(plan), programme.CountOf(851-plan)
	}
	for _, c := range []wording{
		{"nothing but the count", quiet, counted},
		{
			"behind the plan", func(f *figures.Figures) { plan(f, 921) },
			counted + " The plan for this date is 921: 70 services behind.",
		},
		{
			"one behind", func(f *figures.Figures) { plan(f, 852) },
			counted + " The plan for this date is 852: 1 service behind.",
		},
		{
			"ahead of the plan", func(f *figures.Figures) { plan(f, 800) },
			counted + " The plan for this date is 800: 51 services ahead.",
		},
		{
			"on the plan", func(f *figures.Figures) { plan(f, 851) },
			counted + " That is exactly the plan for this date, 851.",
		},
		{
			"a forecast", func(f *figures.Figures) { quiet(f); f.Verified.Forecast = sampleForecast(3) },
			counted + " Forecast: 884 to 998 services by 31 December 2016.",
		},
		{
			"entities behind", func(f *figures.Figures) { quiet(f); f.Attention.BehindPlan = 1 },
			counted + " 1 entity is behind its plan.",
		},
	} {
		c.check(t, (*workbook).verdict)
	}
}

func TestTheMessageOfThePace(t *testing.T) {
	for _, c := range []wording{
		{
			"the goal is reached", func(f *figures.Figures) { f.Verified.Counted = 1000 },
			"The goal of 1,000 services has been reached.",
		},
		{
			"a rate is required", func(f *figures.Figures) { f.Verified.RecentRate = figures.RecentRate{} },
			"Reaching the goal takes 49.7 services a month in the 3 months left.",
		},
		{
			"and a recent one known", func(*figures.Figures) {},
			"Reaching the goal takes 49.7 services a month in the 3 months left. " +
				"The last three months brought 18.7 a month, the last six 19.2.",
		},
	} {
		c.check(t, (*workbook).paceMessage)
	}
	f := sample(small)
	f.Verified.RequiredRate = programme.Ratio{State: programme.NotApplicable}
	if got := said(t, f, i18n.English).paceMessage(); !strings.Contains(got, "149") ||
		!strings.Contains(got, "31 December 2016") {
		t.Errorf("after the target date: %q", got)
	}
}

func TestTheMessageOfUse(t *testing.T) {
	const grown = "Use is rising: +3.1% on August 2016 like for like, over 812 services."
	quiet := func(f *figures.Figures) {
		f.Usage.Growth.Streak, f.Usage.Growth.Concentration.LargestShare = 0, programme.Ratio{}
	}
	for _, c := range []wording{
		{
			"no growth can be given", func(f *figures.Figures) { f.Usage.Growth.LikeForLike = programme.Ratio{} },
			"No like-for-like growth can be calculated for September 2016: no service reported in both months.",
		},
		{"growth", quiet, grown},
		{
			"a streak", func(f *figures.Figures) { quiet(f); f.Usage.Growth.Streak = 7 },
			grown + " It has grown 7 months in a row.",
		},
		{
			"one month is no streak", func(f *figures.Figures) { quiet(f); f.Usage.Growth.Streak = 1 }, grown,
		},
		{
			"a new reporter", func(f *figures.Figures) {
				quiet(f)
				f.Usage.Growth.Comparison = figures.Comparison{
					LikeForLike: programme.RatioOf(-2, 100), Direction: figures.DirectionDown, ServicesInBoth: 1, LeftOut: 3,
					Step: figures.StepOfNewReporters,
				}
			},
			"Use is falling: −2.0% on August 2016 like for like, over 1 service, 3 service channels left out. " +
				"The total rose because services began to report, not because use grew.",
		},
		{
			"the year before", func(f *figures.Figures) {
				quiet(f)
				f.Usage.Growth.LastYear = figures.YearOnYear{
					Period: civil.NewMonth(2015, 9).Period(),
					Comparison: figures.Comparison{
						LikeForLike: programme.RatioOf(4, 1000), Direction: figures.DirectionFlat, ServicesInBoth: 700, LeftOut: 12,
					},
				}
			},
			grown + " Use is flat: +0.4% on September 2015 like for like, over 700 services, " +
				"12 service channels left out.",
		},
		{
			"a large service", func(f *figures.Figures) { f.Usage.Growth.Streak = 0 },
			grown + " The largest service, Payment of traffic fines 2, accounts for 21.3% of all use.",
		},
	} {
		c.check(t, (*workbook).useMessage)
	}
}

func TestTheMessageOfMaturity(t *testing.T) {
	const share = "253 services are end-to-end, 29.7% of those counted: no visit is needed."
	for _, c := range []wording{
		{"nothing is counted", func(f *figures.Figures) { f.Verified.Counted = 0 }, "No service is counted yet."},
		{"nothing more is claimed", func(f *figures.Figures) { f.Claimed.EndToEnd = 253 }, share},
		{"less is claimed", func(f *figures.Figures) { f.Claimed.EndToEnd = 200 }, share},
		{"more is claimed", func(*figures.Figures) {}, share + " 41 more are claimed but not verified."},
	} {
		c.check(t, (*workbook).maturityMessage)
	}
}

func TestTheMethodOfTheForecast(t *testing.T) {
	for _, c := range []wording{
		{"none", func(f *figures.Figures) { f.Verified.Forecast = figures.Forecast{} }, ""},
		{
			"too little history", func(f *figures.Figures) {
				f.Verified.Forecast = figures.Forecast{Method: figures.MethodTooLittleHistory, Finished: 7}
			},
			"There is too little history for a forecast: 7 milestones are finished, and 12 are needed.",
		},
		{
			"the target date has been reached", func(f *figures.Figures) {
				f.Verified.Forecast = figures.Forecast{Method: figures.MethodTargetPassed}
			},
			"No forecast: the target date has been reached.",
		},
	} {
		c.check(t, (*workbook).forecastMethod)
	}
	f := sample(small)
	with := said(t, f, i18n.English).forecastMethod()
	f.Verified.Forecast.Coverage = programme.Ratio{}
	without := said(t, f, i18n.English).forecastMethod()
	if !strings.Contains(with, "149 open milestones") || !strings.Contains(with, "79.0%") ||
		strings.Contains(without, "79.0%") {
		t.Errorf("with a back-test %q, without %q", with, without)
	}
}

func TestDecisionsAreWhatTheMonthAsksFor(t *testing.T) {
	nothing := func(f *figures.Figures) {
		f.Attention = figures.Attention{}
		f.Verified.RequiredRate, f.Verified.PlanRate = programme.RateOf(15, 1), programme.RateOf(10, 1)
		f.Verified.RecentRate.Months3 = programme.RateOf(12, 1)
	}
	for _, c := range []struct {
		name   string
		change func(f *figures.Figures)
		want   []string
	}{
		{"nothing", func(*figures.Figures) {}, []string{"No decision is asked for this month."}},
		{
			"the pace is too slow", func(f *figures.Figures) { f.Verified.RecentRate.Months3 = programme.RateOf(8, 1) },
			[]string{"Agree how to raise the rate from 8.0 to 10.0 services a month."},
		},
		{"the pace is just enough", func(f *figures.Figures) {
			f.Verified.RecentRate.Months3 = programme.RateOf(10, 1)
		}, []string{"No decision is asked for this month."}},
		{
			"a late entity", func(f *figures.Figures) { f.Attention.LateEntities = []string{"e00"} },
			[]string{"Agree recovery dates with 1 late entity: Ministry of Interior."},
		},
		{
			"claims", func(f *figures.Figures) { f.Attention.ClaimedNotVerified = make([]string, 3) },
			[]string{"Have 3 claimed levels verified or returned."},
		},
		{
			"answers without numbers", func(f *figures.Figures) { f.Attention.WithoutNumbers = make([]string, 2) },
			[]string{"Ask the entities for the numbers of 2 services whose answers have none."},
		},
		{
			"silence", func(f *figures.Figures) { f.Attention.Silent = make([]string, 1) },
			[]string{"Ask the entities for the reports of 1 service that is not reporting."},
		},
	} {
		f := sample(small)
		nothing(f)
		c.change(f)
		if got := said(t, f, i18n.English).decisions(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

// A meeting can take four decisions; the fifth, about dormant services, waits.
func TestNoMoreDecisionsThanAMeetingCanTake(t *testing.T) {
	f := sample(small)
	got := said(t, f, i18n.English).decisions()
	if len(got) != 4 || strings.Contains(strings.Join(got, " "), "dormant") {
		t.Errorf("%d: %q", len(got), got)
	}
	f.Attention.Silent, f.Attention.ClaimedNotVerified = nil, nil
	if got := said(t, f, i18n.English).decisions(); len(got) != 3 || !strings.Contains(got[2], "dormant") {
		t.Errorf("%q", got)
	}
}

func TestEntitiesAreNamedUpToThree(t *testing.T) {
	w := said(t, sample(small), i18n.English)
	for _, c := range []struct {
		codes []string
		want  string
	}{
		{nil, ""},
		{[]string{"e00"}, "Ministry of Interior"},
		{
			[]string{"e00", "e02", "e03"},
			"Ministry of Interior, Ministry of Economy and Commerce, Ministry of Municipality and Environment",
		},
		{
			[]string{"e00", "e02", "unknown", "e03", "e04"},
			"Ministry of Interior, Ministry of Economy and Commerce, unknown and 2 more",
		},
	} {
		if got := w.someEntities(c.codes); got != c.want {
			t.Errorf("%v: %q, not %q", c.codes, got, c.want)
		}
	}
}

func TestTheBurnUpInWords(t *testing.T) {
	for _, c := range []wording{
		{
			"with a forecast", func(*figures.Figures) {},
			"Line chart of goal, plan and services counted by month: 851 counted on 30 September 2016, 921 planned, " +
				"1,000 the goal. Forecast: 884 to 998 services by 31 December 2016.",
		},
		{
			"without", func(f *figures.Figures) { f.Verified.Forecast = figures.Forecast{} },
			"Line chart of goal, plan and services counted by month: 851 counted on 30 September 2016, 921 planned, " +
				"1,000 the goal.",
		},
	} {
		c.check(t, (*workbook).burnUpSentence)
	}
}
