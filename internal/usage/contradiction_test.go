package usage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

// compared words what is stated beside the events, over the year 2016.
func compared(x *usage.Index, days []programme.EventSum) []string {
	lines := []string{}
	for _, c := range x.Comparisons(civiltest.Day("2016-01-01"), civiltest.Day("2016-12-31"), days) {
		lines = append(lines, fmt.Sprintf("%s %s %s %s %d/%d", c.Entity, c.Service, c.Channel, c.Period, c.Stated, c.Events))
	}
	slices.Sort(lines)
	return lines
}

func TestWhatIsStatedIsComparedWithTheSumOfEvents(t *testing.T) {
	const web, counter = programme.ChannelWeb, programme.ChannelCounter
	for name, test := range map[string]struct {
		facts func(w *reckontest.World)
		want  []string
	}{
		"a month": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-03", web, 4)
			w.States("a", "2016-03", web, programme.Reported, 9)
		}, []string{"moi a web 2016-03 9/4"}},
		"a quarter of months with events": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-01", web, 1)
			w.Uses("moi", "a", "2016-02", programme.ChannelMobile, 100) // another line's events
			w.Uses("moi", "a", "2016-03", web, 4)
			w.States("a", "2016-Q1", web, programme.Reported, 9)
		}, []string{"moi a web 2016-Q1 9/5"}},
		"a month without any event of the service": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-01", web, 1)
			w.Uses("moi", "a", "2016-03", web, 4)
			w.States("a", "2016-Q1", web, programme.Reported, 9)
		}, []string{}},
		"no events on the channel": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-03", web, 4)
			w.States("a", "2016-03", counter, programme.Reported, 9)
		}, []string{}},
		"nothing is stated": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-03", web, 4)
			w.States("a", "2016-03", web, programme.NotProvided, 0)
		}, []string{}},
		"a measure without events": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-03", web, 4)
			w.States("a", "2016-03", web, programme.Reported, 9).Measure = programme.MeasureRatingCount
		}, []string{}},
		"of another entity than the events": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-03", web, 4)
			w.States("a", "2016-03", web, programme.Reported, 9).Entity = "moj"
		}, []string{"moj a web 2016-03 9/4"}},
		"the newest of two": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-03", web, 4)
			w.States("a", "2016-03", web, programme.Reported, 9)
			w.States("a", "2016-03", web, programme.Reported, 8).RecordedAt = civiltest.Noon(civiltest.Day("2016-12-01"))
		}, []string{"moi a web 2016-03 8/4"}},
	} {
		w := reckontest.New(t)
		test.facts(w)
		if got := compared(usage.NewIndex(w.Use), nil); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// A period that still runs at the end of the span has not all its events yet.
func TestOnlyPeriodsThatEndWithinAreCompared(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 4)
	w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 9)
	x := usage.NewIndex(w.Use)
	for span, want := range map[string]int{
		"2016-03-31/2016-04-09": 1, "2016-04-01/2016-04-09": 0, "2016-02-01/2016-03-01": 0, "2016-02-01/2016-03-31": 1, "2016-02-01/2016-02-29": 0,
		"2016-03-05/2016-03-06": 0,
	} {
		p := civiltest.Period(span)
		if got := x.Comparisons(p.From, p.To, nil); len(got) != want {
			t.Errorf("over %s: %+v, want %d", span, got, want)
		}
	}
}

// A period that begins or ends within a month is compared with the events of its days, which are asked for.
func TestDaysAreComparedDayByDay(t *testing.T) {
	w := reckontest.New(t)
	for _, month := range []string{"2016-02", "2016-03", "2016-04"} {
		w.Uses("moi", "a", month, programme.ChannelWeb, 100)
	}
	w.States("a", "2016-02-29/2016-04-02", programme.ChannelWeb, programme.Reported, 9)
	x := usage.NewIndex(w.Use)
	services, first, last := x.DaysToCompare(civiltest.Day("2016-01-01"), civiltest.Day("2016-12-31"))
	if !slices.Equal(services, []string{"a"}) || first != civiltest.Day("2016-02-29") || last != civiltest.Day("2016-04-02") {
		t.Errorf("days of %v from %v to %v", services, first, last)
	}
	days := reckontest.New(t)
	for day, uses := range map[string]int64{
		"2016-02-28": 1000, "2016-02-29": 1, "2016-03-01": 2000, "2016-04-01": 2, "2016-04-02": 4, "2016-04-03": 3000,
	} {
		days.Daily("a", day, uses)
	}
	days.Daily("z", "2016-04-01", 5000)
	days.Daily("a", "2016-04-02", 8)
	days.Use.Days[len(days.Use.Days)-1].Events = 0 // a row that a rollup took back
	want := []string{"moi a web 2016-02-29/2016-04-02 9/107"}
	if got := compared(x, days.Use.Days); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := compared(x, nil); !slices.Equal(got, []string{"moi a web 2016-02-29/2016-04-02 9/100"}) {
		t.Errorf("without the days: %v", got)
	}
}

func TestDaysAreAskedForWhereMonthsDoNotTell(t *testing.T) {
	for name, test := range map[string]struct {
		periods string
		want    string
	}{
		"months alone":               {"2016-03 2016-Q1 2016", ""},
		"an interval of months":      {"2016-02-01/2016-03-31", ""},
		"a day":                      {"2016-03-05", "2016-03-05 2016-03-05"},
		"it begins within a month":   {"2016-02-02/2016-03-31", "2016-02-02 2016-03-31"},
		"it ends within a month":     {"2016-02-01/2016-03-30", "2016-02-01 2016-03-30"},
		"several":                    {"2016-03-05 2016-05-09 2016-04-02", "2016-03-05 2016-05-09"},
		"one that does not overlap":  {"2015-12-31", ""},
		"one that is the last day":   {"2016-12-31", "2016-12-31 2016-12-31"},
		"one that is the day before": {"2016-01-01", "2016-01-01 2016-01-01"},
	} {
		w := reckontest.New(t)
		for each := range strings.FieldsSeq(test.periods) {
			w.States("a", each, programme.ChannelWeb, programme.Reported, 9)
		}
		services, first, last := usage.NewIndex(w.Use).DaysToCompare(civiltest.Day("2016-01-01"), civiltest.Day("2016-12-31"))
		got := strings.TrimSpace(first.String() + " " + last.String())
		if got != test.want || (len(services) > 0) != (test.want != "") {
			t.Errorf("%s: %s of %v, want %s", name, got, services, test.want)
		}
	}
}

func TestTheServicesWhoseDaysAreAskedForAreInOrder(t *testing.T) {
	w := reckontest.New(t)
	for _, service := range []string{"c", "a", "b"} {
		w.States(service, "2016-03-05", programme.ChannelWeb, programme.Reported, 9)
		w.States(service, "2016-03-06", programme.ChannelMobile, programme.Reported, 9)
	}
	services, _, _ := usage.NewIndex(w.Use).DaysToCompare(civiltest.Day("2016-01-01"), civiltest.Day("2016-12-31"))
	if !slices.Equal(services, []string{"a", "b", "c"}) {
		t.Errorf("%v", services)
	}
}
