package adoption_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

const web, mobile, counter = programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter

// growthOf asks how use grew in a period, as on a date.
func growthOf(w *reckontest.World, on, period string, channels ...programme.Channel) figures.Growth {
	return w.Knowledge().Growth(civiltest.Day(on), figures.GrowthQuery{Period: civiltest.Period(period), Channels: channels})
}

// Services whose channels differ between two periods are compared channel by channel (docs/rules.md#like-for-like).
func TestGrowthIsComparedLineByLine(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.Live("b", "2015-01-01", programme.LevelInformative)
	w.States("a", "2016-01", web, programme.Reported, 100)
	w.States("a", "2016-01", counter, programme.Reported, 900)
	w.States("a", "2016-02", web, programme.Reported, 110)
	w.States("b", "2016-01", web, programme.Reported, 200)
	w.States("b", "2016-02", web, programme.Reported, 220)
	w.States("b", "2016-02", mobile, programme.Reported, 5)
	g := growthOf(w, "2016-03-31", "2016-02", programme.Channels()...)
	if g.LikeForLike != programme.RatioOf(10, 100) || g.Direction != figures.DirectionUp {
		t.Errorf("like for like %v, %q; want 0.1, up", g.LikeForLike, g.Direction)
	}
	if g.ServicesInBoth != 2 || g.LinesInBoth != 2 || g.LeftOut != 2 || g.Partial != 0 {
		t.Errorf("%+v; want 2 services, 2 lines, 2 left out", g.Comparison)
	}
	if g.Naive != programme.RatioOf(335-1200, 1200) {
		t.Errorf("naive %v", g.Naive)
	}
}

// A total that falls because somebody did not report is no fall (docs/rules.md#rising-flat-and-falling).
func TestAStepOfWhoReportsIsNamedAsThat(t *testing.T) {
	for name, test := range map[string]struct {
		before, now map[string]int64
		direction   figures.Direction
		step        figures.Step
	}{
		"one did not report": {map[string]int64{"a": 1000, "b": 1000}, map[string]int64{"a": 1100}, figures.DirectionUp, figures.StepOfSilentReporters},
		"one is new":         {map[string]int64{"a": 1000}, map[string]int64{"a": 900, "b": 1000}, figures.DirectionDown, figures.StepOfNewReporters},
		"flat beside a new":  {map[string]int64{"a": 1000}, map[string]int64{"a": 1005, "b": 1000}, figures.DirectionFlat, figures.StepOfNewReporters},
		"the same two":       {map[string]int64{"a": 1000, "b": 1000}, map[string]int64{"a": 1100, "b": 1000}, figures.DirectionUp, ""},
		"both ways":          {map[string]int64{"a": 1000, "b": 10}, map[string]int64{"a": 1100}, figures.DirectionUp, ""},
		"one more of a new":  {map[string]int64{"a": 50}, map[string]int64{"a": 50, "b": 1}, figures.DirectionFlat, figures.StepOfNewReporters},
		"one of a silent":    {map[string]int64{"a": 50, "b": 1}, map[string]int64{"a": 50}, figures.DirectionFlat, figures.StepOfSilentReporters},
		"a new of 1 %":       {map[string]int64{"a": 1000}, map[string]int64{"a": 1000, "b": 10}, figures.DirectionFlat, ""},
		"a new of over 1 %":  {map[string]int64{"a": 1000}, map[string]int64{"a": 1000, "b": 11}, figures.DirectionFlat, figures.StepOfNewReporters},
		"a silent of 1 %":    {map[string]int64{"a": 1000, "b": 10}, map[string]int64{"a": 1000}, figures.DirectionFlat, ""},
		"the new fills up":   {map[string]int64{"a": 1000}, map[string]int64{"a": 900, "b": 100}, figures.DirectionDown, ""},
		"as much is silent":  {map[string]int64{"a": 1000, "b": 100}, map[string]int64{"a": 1100}, figures.DirectionUp, ""},
		"nothing in common":  {map[string]int64{"a": 1000}, map[string]int64{"b": 1100}, "", figures.StepOfNewReporters},
	} {
		w := reckontest.New(t)
		for _, code := range []string{"a", "b"} {
			w.Live(code, "2015-01-01", programme.LevelInformative)
		}
		for code, value := range test.before {
			w.States(code, "2016-01", web, programme.Reported, value)
		}
		for code, value := range test.now {
			w.States(code, "2016-02", web, programme.Reported, value)
		}
		if g := growthOf(w, "2016-03-31", "2016-02"); g.Direction != test.direction || g.Step != test.step {
			t.Errorf("%s: %q, step %q; want %q, %q", name, g.Direction, g.Step, test.direction, test.step)
		}
	}
}

func TestUseIsFlatWithinOnePercent(t *testing.T) {
	for now, want := range map[int64]figures.Direction{
		1011: figures.DirectionUp, 1010: figures.DirectionFlat, 1000: figures.DirectionFlat, 990: figures.DirectionFlat,
		989: figures.DirectionDown,
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		w.States("a", "2016-01", web, programme.Reported, 1000)
		w.States("a", "2016-02", web, programme.Reported, now)
		if g := growthOf(w, "2016-03-31", "2016-02"); g.Direction != want {
			t.Errorf("from 1000 to %d it is %q, want %q", now, g.Direction, want)
		}
	}
}

// Like for like against the same month of the year before.
func TestGrowthAgainstTheYearBefore(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2014-01-01", programme.LevelInformative)
	w.Live("b", "2014-01-01", programme.LevelInformative)
	w.States("a", "2015-08", web, programme.Reported, 1000)
	w.States("b", "2015-08", web, programme.Reported, 1000)
	w.States("a", "2016-08", web, programme.Reported, 1100)
	year := growthOf(w, "2016-08-31", "2016-08").LastYear
	if year.Period != civiltest.Period("2015-08") || year.LikeForLike != programme.RatioOf(1, 10) || year.ServicesInBoth != 1 ||
		year.LeftOut != 1 || year.Naive != programme.RatioOf(-45, 100) || year.Step != figures.StepOfSilentReporters {
		t.Errorf("%+v", year)
	}
}

// Between fiscal years, in leap years too: an interval of whole months moves by months
// (docs/rules.md#dates-months-and-periods).
func TestGrowthBetweenFiscalYears(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2014-01-01", programme.LevelInformative)
	w.States("a", "2014-04-01/2015-03-31", web, programme.Reported, 1000)
	w.States("a", "2015-04-01/2016-03-31", web, programme.Reported, 1074)
	g := growthOf(w, "2016-03-31", "2015-04-01/2016-03-31")
	if g.Previous != civiltest.Period("2014-04-01/2015-03-31") || g.LikeForLike != programme.RatioOf(74, 1000) {
		t.Errorf("against %v: %v", g.Previous, g.LikeForLike)
	}
}

// A month with a hole in its events is shown with its days and compared with nothing (docs/rules.md#partial-month).
func TestAMonthWithAGapIsPartial(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.Feed("moi", "a", "2016-07-01/2016-08-31", web, 10, "2016-08-10/2016-08-25")
	k := w.Knowledge()
	on := civiltest.Day("2016-08-31")
	g := k.Growth(on, figures.GrowthQuery{})
	if g.LikeForLike.Known() || g.Direction != "" || g.Partial != 1 || g.LeftOut != 1 || g.Streak != 0 {
		t.Errorf("growth %+v", g)
	}
	if g.Decomposition != (figures.Decomposition{Partial: 150 - 310}) {
		t.Errorf("decomposition %+v", g.Decomposition)
	}
	if g.Total.Value != 150 || g.Total.Partial != 1 || g.Total.Days != (figures.Days{Covered: 15, Expected: 31}) {
		t.Errorf("total %+v", g.Total)
	}
	service := reckontest.ServiceOf(t, w.Figures("2016-08-31"), "a")
	if service.Completed.Days != (figures.Days{Covered: 15, Expected: 31}) {
		t.Errorf("the service's month %+v", service.Completed)
	}
	if c := w.Figures("2016-08-31").Completeness; c.Parts != (programme.Parts{Expected: 1}) || c.Grade != "D" {
		t.Errorf("completeness %+v, want 0 of 1, D", c)
	}
	days := k.Usage(on, figures.UsageQuery{Grain: civil.GrainDay, From: civiltest.Day("2016-08-09"), To: civiltest.Day("2016-08-11")})
	if got := values(days[0]); got[0] != 10 || got[1] != -1 || got[2] != -1 {
		t.Errorf("by day %v", got)
	}
	if july := growthOf(w, "2016-07-31", "2016-07"); july.Total.Partial != 0 {
		t.Errorf("July, before anybody knew of the gap: %+v", july.Total)
	}
}

// What a gap takes away is part of what the total moved by: a new reporter of less is no step.
func TestAGapIsPartOfWhatTheTotalMovedBy(t *testing.T) {
	for uses, want := range map[int64]figures.Step{100: "", 200: figures.StepOfNewReporters} {
		w := reckontest.New(t)
		for _, code := range []string{"a", "flat", "new"} {
			w.Live(code, "2015-01-01", programme.LevelInformative)
		}
		w.Feed("moi", "a", "2016-07-01/2016-08-31", web, 10, "2016-08-10/2016-08-25") // 160 less
		w.States("flat", "2016-07", web, programme.Reported, 1000)
		w.States("flat", "2016-08", web, programme.Reported, 1000)
		w.States("new", "2016-08", web, programme.Reported, uses)
		if g := growthOf(w, "2016-08-31", "2016-08"); g.Direction != figures.DirectionFlat || g.Step != want {
			t.Errorf("beside a new reporter of %d: %q, step %q, want %q", uses, g.Direction, g.Step, want)
		}
	}
}

// Of a period that runs, use is that up to the date, and nothing is compared (docs/rules.md#running-period).
func TestAPeriodThatRuns(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.Feed("moi", "a", "2016-01-01/2016-03-31", web, 10)
	for _, test := range []struct {
		on, period string
		want       int64
		toDate     figures.ToDate
	}{
		{"2016-03-15", "2016-03", 150, figures.ToDate{Until: civiltest.Day("2016-03-15"), Ended: 15, Of: 31}},
		{"2016-02-29", "2016-Q1", 600, figures.ToDate{Until: civiltest.Day("2016-02-29"), Ended: 2, Of: 3}},
		{"2016-03-15", "2016", 600, figures.ToDate{Until: civiltest.Day("2016-02-29"), Ended: 2, Of: 12}},
		{"2016-01-10", "2016", 100, figures.ToDate{Until: civiltest.Day("2016-01-10"), Ended: 10, Of: 366}},
	} {
		g := growthOf(w, test.on, test.period)
		if !g.Running || g.Total.Value != test.want || g.Naive.Known() || g.LikeForLike.Known() || g.LastYear.LikeForLike.Known() {
			t.Errorf("%s on %s: %+v, want %d", test.period, test.on, g, test.want)
		}
		p := civiltest.Period(test.period)
		points := w.Knowledge().Usage(civiltest.Day(test.on), figures.UsageQuery{Grain: p.Grain, From: p.From, To: p.To})[0].Points
		if points[0].Total.Value != test.want || points[0].ToDate != test.toDate {
			t.Errorf("%s on %s is drawn as %+v", test.period, test.on, points[0])
		}
		if takeUp := w.Knowledge().TakeUp(civiltest.Day(test.on), p); !takeUp.Running || takeUp.Value.Known() {
			t.Errorf("take-up of %s on %s: %+v", test.period, test.on, takeUp)
		}
	}
	if g := w.Knowledge().Growth(
		civiltest.Day("2016-03-15"),
		figures.GrowthQuery{},
	); g.Period != civiltest.Period("2016-02") ||
		g.Running {
		t.Errorf("without a period: %v", g.Period)
	}
}

// A year of statements by month is shown to date, with how many of its months.
func TestAYearOfStatementsToDate(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	for month := civiltest.Month("2016-01"); month <= civiltest.Month("2016-09"); month++ {
		w.States("a", month.String(), web, programme.Reported, 7)
	}
	point := w.Knowledge().Usage(civiltest.Day("2016-09-30"), figures.UsageQuery{
		Grain: civil.GrainYear, From: civiltest.Day("2016-01-01"), To: civiltest.Day("2016-12-31"),
	})[0].Points[0]
	if point.Total.Value != 63 || point.ToDate.Ended != 9 || point.ToDate.Of != 12 {
		t.Errorf("%+v", point)
	}
}

// A counter that nobody stated is missing, never 0: a service with one is not in take-up.
func TestACounterThatNobodyStatedIsMissing(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a", Channels: []programme.Channel{web, counter}})
	w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, web, counter)
	for _, month := range []string{"2016-01", "2016-02", "2016-03"} {
		w.Uses("moi", "a", month, web, 10)
	}
	w.States("a", "2016-01", counter, programme.NotProvided, 0)
	w.States("a", "2016-02", counter, programme.Reported, 14103)
	w.States("a", "2016-03", counter, programme.Reported, 16120)
	for period, want := range map[string]programme.State{
		"2015-12": programme.NotProvided, "2016-01": programme.NotProvided, "2016-02": programme.Reported, "2016-Q1": programme.NotProvided,
	} {
		p := civiltest.Period(period)
		got := w.Knowledge().Usage(civiltest.Day("2016-03-31"), figures.UsageQuery{
			Grain: p.Grain, From: p.From, To: p.To, By: figures.ByChannel, Channels: []programme.Channel{counter},
		})[0].Points[0]
		if got.Total.State != want {
			t.Errorf("%s: %+v, want %s", period, got.Total, want)
		}
	}
	takeUp := w.Knowledge().TakeUp(civiltest.Day("2016-03-31"), civiltest.Period("2016-Q1"))
	if takeUp.Services != 0 || takeUp.Live != 1 {
		t.Errorf("take-up %+v, want none of 1", takeUp)
	}
}

// Without numbers: something came for both due periods, and all of it states without a value
// (docs/rules.md#silent-and-without-numbers).
func TestWithoutNumbers(t *testing.T) {
	for name, test := range map[string]struct {
		states                 [2]programme.State // of March and April
		silent, withoutNumbers bool
	}{
		"both not provided": {[2]programme.State{programme.NotProvided, programme.NotProvided}, false, true},
		"one of each":       {[2]programme.State{programme.NotRequested, programme.NotProvided}, false, true},
		"a number once":     {[2]programme.State{programme.Reported, programme.NotProvided}, false, false},
		"nothing once":      {[2]programme.State{"", programme.NotProvided}, false, false},
		"nothing at all":    {[2]programme.State{"", ""}, true, false},
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		for i, month := range []string{"2016-03", "2016-04"} {
			if test.states[i] != "" {
				w.States("a", month, web, test.states[i], 0)
			}
		}
		f := w.Figures("2016-05-31")
		got := reckontest.ServiceOf(t, f, "a")
		if got.Silent != test.silent || got.WithoutNumbers != test.withoutNumbers ||
			len(f.Attention.WithoutNumbers) > 0 != test.withoutNumbers {
			t.Errorf("%s: silent %v, without numbers %v %v", name, got.Silent, got.WithoutNumbers, f.Attention.WithoutNumbers)
		}
	}
}
