package usage_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

const web, mobile, counter = programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter

// completed asks for completions of service a, as on a day.
func completed(x *usage.Index, channel programme.Channel, period, on string) programme.Count {
	return x.Value("a", channel, programme.MeasureCompleted, civiltest.Period(period), civiltest.Day(on))
}

// What of a period has a number on a day within it (docs/rules.md#running-period).
func TestWhatOfAPeriodIsToDate(t *testing.T) {
	for _, test := range []struct{ period, on, want string }{
		{"2016-03", "2016-03-31", "2016-03"},
		{"2016-03", "2016-04-15", "2016-03"},
		{"2016-03", "2016-03-30", "2016-03-01/2016-03-30"},
		{"2016-03", "2016-03-01", "2016-03-01/2016-03-01"},
		{"2016-Q1", "2016-03-30", "2016-01-01/2016-02-29"},
		{"2016-Q1", "2016-01-31", "2016-01"},
		{"2016-Q1", "2016-01-30", "2016-01-01/2016-01-30"},
		{"2016", "2016-06-30", "2016-01-01/2016-06-30"},
		{"2016", "2016-04-01", "2016-Q1"},
		{"2015-04-01/2016-03-31", "2016-02-15", "2015-04-01/2016-01-31"},
		{"2016-03-15", "2016-03-15", "2016-03-15"},
	} {
		if got := usage.ToDate(civiltest.Period(test.period), civiltest.Day(test.on)); got != civiltest.Period(test.want) {
			t.Errorf("%s on %s: %v, want %s", test.period, test.on, got, test.want)
		}
	}
}

// Nothing of after the day is in the number of a period that runs; a statement is not usable before the period's end.
func TestTheNumberOfAPeriodThatRuns(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-01", web, 100)
	w.Uses("moi", "a", "2016-03", web, 60)
	w.Daily("a", "2016-03-02", 10)
	w.Daily("a", "2016-03-20", 50)
	w.States("a", "2016-02", web, programme.Reported, 7)
	w.States("a", "2016-03", counter, programme.Reported, 900)
	x := usage.NewIndex(w.Use)
	missing := programme.Count{State: programme.NotProvided}
	for _, test := range []struct {
		channel    programme.Channel
		period, on string
		want       programme.Count
	}{
		{web, "2016-03", "2016-03-01", missing}, // the service had no event that month yet
		{web, "2016-03", "2016-03-02", programme.CountOf(10)},
		{web, "2016-03", "2016-03-19", programme.CountOf(10)},
		{web, "2016-03", "2016-03-20", programme.CountOf(60)},
		{web, "2016-03", "2016-03-31", programme.CountOf(60)},
		{counter, "2016-03", "2016-03-30", missing},
		{counter, "2016-03", "2016-03-31", programme.CountOf(900)},
		{web, "2016-Q1", "2016-02-28", programme.CountOf(100)},
		{web, "2016-Q1", "2016-02-29", programme.CountOf(107)},
		{web, "2016-Q1", "2016-03-31", programme.CountOf(167)},
		{web, "2016", "2016-03-10", programme.CountOf(107)},
		{web, "2016-04", "2016-03-31", missing}, // it has not begun
		{web, "2016-03-20", "2016-03-19", missing},
	} {
		if got := completed(x, test.channel, test.period, test.on); got != test.want {
			t.Errorf("%s %s on %s: %v, want %v", test.channel, test.period, test.on, got, test.want)
		}
	}
}

// A channel that had no event yet has no zero, not even on a day before its first in the same month.
func TestAChannelIsHeardFromItsFirstEventOn(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", web, 11)
	w.Uses("moi", "a", "2016-03", mobile, 5)
	for _, day := range []string{"2016-03-05", "2016-03-10", "2016-03-11"} {
		w.Daily("a", day, 1)
	}
	w.Daily("a", "2016-03-10", 5)
	w.Use.Days[len(w.Use.Days)-1].Channel = mobile
	x := usage.NewIndex(w.Use)
	for on, want := range map[string]programme.State{
		"2016-03-09": programme.NotProvided, "2016-03-10": programme.Reported, "2016-03-31": programme.Reported,
	} {
		if got := completed(x, mobile, "2016-03", on); got.State != want {
			t.Errorf("mobile on %s: %v, want %s", on, got, want)
		}
	}
	for day, want := range map[string]programme.Count{
		"2016-03-05": {State: programme.NotProvided}, "2016-03-10": programme.CountOf(5), "2016-03-11": programme.CountOf(0),
		"2016-03-12": {State: programme.NotProvided}, // nobody sent anything that day
	} {
		if got := completed(x, mobile, day, "2016-03-31"); got != want {
			t.Errorf("mobile on the day %s: %v, want %v", day, got, want)
		}
	}
}

// Days that are read later answer as those that were there from the start, and change nothing in what was.
func TestDaysReadLater(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", web, 12)
	w.States("a", "2016-03-02", web, programme.Reported, 2)
	bare := usage.NewIndex(w.Use)
	w.Daily("a", "2016-03-01", 12)
	for day := civiltest.Day("2016-03-03"); day <= civiltest.Day("2016-03-31"); day++ {
		w.Daily("b", day.String(), 1)
	}
	from, to := civiltest.Day("2016-03-01"), civiltest.Day("2016-03-31")
	whole, later := usage.NewIndex(w.Use), bare.WithDays(w.Use.Days, from, to)
	for _, period := range []string{"2016-03", "2016-03-01", "2016-03-04", "2016-03-03/2016-03-09", "2016-03-01/2016-03-09", "2016-Q1"} {
		at := func(x *usage.Index) programme.Count { return completed(x, web, period, "2016-03-31") }
		if at(later) != at(whole) {
			t.Errorf("%s: %v by days read later, %v by days from the start", period, at(later), at(whole))
		}
	}
	if got := completed(later, web, "2016-03", "2016-03-31"); got != programme.CountOf(14) {
		t.Errorf("the month of a stated day and the days beside it: %v, want 14", got)
	}
	if got := completed(bare, web, "2016-03", "2016-03-31"); got.State != programme.NotProvided {
		t.Errorf("without the days: %v", got)
	}
	other := []programme.EventSum{{
		Entity: "unheard-of", Service: "unheard-of", Period: civil.DayPeriod(from), Channel: web,
		Stage: programme.StageComplete, Events: 1, Uses: 5,
	}}
	if got := completed(bare.WithDays(other, from, to), web, "2016-03-01", "2016-03-31"); got.Known() {
		t.Errorf("days of somebody of whom no month is known: %v", got)
	}
}

// Days that a gap takes are missing from the month, the quarter and the stretch that have them; what is stated lacks none.
func TestDaysThatAreMissing(t *testing.T) {
	w := reckontest.New(t)
	w.Feed("moi", "a", "2016-07-01/2016-09-30", web, 1, "2016-08-10/2016-08-25")
	w.Feed("moj", "a", "2016-09-01/2016-09-30", mobile, 1, "2016-09-20/2016-09-27")
	w.Feed("moi", "b", "2016-07-01/2016-07-31", web, 1)
	w.States("b", "2016-08", web, programme.Reported, 9)
	x := usage.NewIndex(w.Use)
	for _, test := range []struct {
		service    string
		channel    programme.Channel
		period, on string
		want       int
	}{
		{"a", web, "2016-07", "2016-09-30", 0},
		{"a", web, "2016-08", "2016-09-30", 16},
		{"a", web, "2016-Q3", "2016-09-30", 16},
		{"a", web, "2016-08-20/2016-09-05", "2016-09-30", 6},
		{"a", web, "2016-08-01/2016-08-09", "2016-09-30", 0},
		{"a", web, "2016-08", "2016-08-20", 11}, // to date
		{"a", web, "2016-08", "2016-08-13", 0},  // as known then
		{"a", mobile, "2016-09", "2016-09-30", 8},
		{"b", web, "2016-08", "2016-09-30", 0}, // stated
	} {
		line := usage.Line{
			Service: place(t, x, test.service), Channel: test.channel.Index(), Measure: programme.MeasureCompleted.Index(),
		}
		got := x.Number(line, civiltest.Period(test.period), civiltest.Day(test.on), usage.NoEntity)
		if got.Missing != test.want || got.Partial() != (test.want > 0) {
			t.Errorf("%s %s %s on %s: %+v, want %d days missing", test.service, test.channel, test.period, test.on, got, test.want)
		}
	}
}

// A day of a month that two entities reported is covered when one of their feeds covers it.
func TestTheFeedOfOneOfTwoCoversADay(t *testing.T) {
	w := reckontest.New(t)
	w.Feed("moi", "a", "2016-07-01/2016-08-14", web, 1)
	w.Feed("moj", "a", "2016-08-13/2016-09-30", web, 1)
	x := usage.NewIndex(w.Use)
	line := usage.Line{Service: place(t, x, "a"), Measure: programme.MeasureCompleted.Index()}
	on := civiltest.Day("2016-09-30")
	if got := x.Number(line, civiltest.Period("2016-08"), on, usage.NoEntity); got.Partial() || got.Value != 33 {
		t.Errorf("of both: %+v", got)
	}
}
