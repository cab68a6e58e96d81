package usage_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

// totalsOf words what is known of a service's web channel in March 2016.
func totalsOf(x *usage.Index, service usage.ServiceAt) string {
	var lines []string
	for _, each := range x.MonthTotals(service, programme.ChannelWeb.Index(), civiltest.Month("2016-03")) {
		value := string(each.Count.State)
		if each.Count.Known() {
			value = strconv.FormatInt(each.Count.Value, 10)
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", each.Measure, value, each.Source)))
	}
	return strings.Join(lines, ", ")
}

func TestTheTotalsOfAMonthSayWhatTheyRestOn(t *testing.T) {
	const web, march = programme.ChannelWeb, "2016-03"
	stated := func(w *reckontest.World, period string, measure programme.Measure, state programme.State, value int64) {
		w.States("a", period, web, state, value).Measure = measure
	}
	for name, test := range map[string]struct {
		facts  func(w *reckontest.World)
		want   string
		speaks bool
	}{
		"another month's use": {
			func(w *reckontest.World) { w.Uses("moi", "a", "2016-02", web, 4) },
			"started not_provided, completed not_provided", false,
		},
		"events": {
			func(w *reckontest.World) { w.Uses("moi", "a", march, web, 4) },
			"started 0 events, completed 4 events", true,
		},
		"a statement": {
			func(w *reckontest.World) { stated(w, march, programme.MeasureCompleted, programme.Reported, 9) },
			"started not_provided, completed 9 statement", true,
		},
		"a statement beside events": {
			func(w *reckontest.World) {
				w.Uses("moi", "a", march, web, 4)
				stated(w, march, programme.MeasureCompleted, programme.Reported, 9)
			},
			"started 0 events, completed 9 statement", true,
		},
		"a statement of nothing": {
			func(w *reckontest.World) { stated(w, march, programme.MeasureStarted, programme.NotProvided, 0) },
			"started not_provided statement, completed not_provided", true,
		},
		"views, once they were ever reported": {
			func(w *reckontest.World) { stated(w, "2016-01", programme.MeasureViews, programme.Reported, 9) },
			"views not_provided, started not_provided, completed not_provided", false,
		},
		"a quarter says nothing of its months": {
			func(w *reckontest.World) { stated(w, "2016-Q1", programme.MeasureCompleted, programme.Reported, 9) },
			"started not_provided, completed not_provided", false,
		},
		"every day of the month": {
			func(w *reckontest.World) {
				for day := civiltest.Day("2016-03-01"); day <= civiltest.Day("2016-03-31"); day++ {
					stated(w, day.String(), programme.MeasureCompleted, programme.Reported, 2)
				}
			},
			"started not_provided, completed 62 statement", true,
		},
		"a day of another month": {
			func(w *reckontest.World) {
				w.Uses("moi", "a", march, web, 4)
				stated(w, "2016-04-01", programme.MeasureCompleted, programme.Reported, 9)
			},
			"started 0 events, completed 4 events", true,
		},
	} {
		w := reckontest.New(t)
		test.facts(w)
		x := usage.NewIndex(w.Use)
		at := place(t, x, "a")
		if got := totalsOf(x, at); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
		if got := x.Speaks(at, web.Index(), civiltest.Month(march)); got != test.speaks {
			t.Errorf("%s: something speaks of it: %v", name, got)
		}
	}
}

func TestOfNoServiceTheTotalsAreNotProvided(t *testing.T) {
	x := usage.NewIndex(programme.Use{})
	if got := totalsOf(x, usage.NoService); got != "started not_provided, completed not_provided" {
		t.Errorf("%s", got)
	}
}

func TestAnotherChannelDoesNotSpeakOfAChannel(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelMobile, 4)
	x := usage.NewIndex(w.Use)
	for channel, want := range map[programme.Channel]bool{programme.ChannelMobile: true, programme.ChannelWeb: false} {
		if got := x.Speaks(place(t, x, "a"), channel.Index(), civiltest.Month("2016-03")); got != want {
			t.Errorf("something speaks of %s: %v", channel, got)
		}
	}
}

func TestAValueIsOnTimeBeforeItsDeadline(t *testing.T) {
	deadline := time.Date(2016, 4, 10, 0, 0, 0, 0, time.UTC)
	march := civiltest.Period("2016-03")
	type said struct {
		channel programme.Channel
		state   programme.State
		late    time.Duration // after the deadline
	}
	for name, test := range map[string]struct {
		said []said
		want bool
	}{
		"just before":                 {[]said{{programme.ChannelWeb, programme.Reported, -time.Nanosecond}}, true},
		"at the deadline":             {[]said{{programme.ChannelWeb, programme.Reported, 0}}, false},
		"nothing said":                {nil, true},
		"late, but no value":          {[]said{{programme.ChannelWeb, programme.NotProvided, time.Hour}}, true},
		"one of two channels is late": {[]said{{programme.ChannelWeb, programme.Reported, -1}, {programme.ChannelOther, programme.Reported, 1}}, false},
		"corrected after it": {
			[]said{{programme.ChannelWeb, programme.Reported, -1}, {programme.ChannelWeb, programme.Reported, time.Hour}}, true,
		},
		"given in time, taken back": {
			[]said{{programme.ChannelWeb, programme.Reported, -1}, {programme.ChannelWeb, programme.NotProvided, time.Hour}}, true,
		},
		"only what it replaced was no value": {
			[]said{{programme.ChannelWeb, programme.NotProvided, -1}, {programme.ChannelWeb, programme.Reported, time.Hour}}, false,
		},
	} {
		w := reckontest.New(t)
		w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 4)
		for _, each := range test.said {
			w.States("a", "2016-03", each.channel, each.state, 9).RecordedAt = deadline.Add(each.late)
		}
		x := usage.NewIndex(w.Use)
		if got := x.OnTime(place(t, x, "a"), programme.MeasureCompleted.Index(), march, deadline); got != test.want {
			t.Errorf("%s: on time: %v", name, got)
		}
		if !x.OnTime(place(t, x, "a"), programme.MeasureViews.Index(), march, deadline) {
			t.Errorf("%s: another measure is late", name)
		}
	}
}

func TestAnAggregateTakesTheFirstStateThatIsPresent(t *testing.T) {
	ranks := []usage.Rank{usage.Reported, usage.NotProvided, usage.NotRequested, usage.NotApplicable, usage.NoPart}
	for i, a := range ranks {
		for j, b := range ranks {
			if got := a.First(b); got != ranks[min(i, j)] {
				t.Errorf("of %d and %d the first is %d", a, b, got)
			}
		}
	}
	for i, state := range programme.States() {
		if got := ranks[i].State(); got != state {
			t.Errorf("rank %d is %s, want %s", i, got, state)
		}
	}
	if got := usage.NoPart.State(); got != programme.NotProvided {
		t.Errorf("no part at all is %s", got)
	}
	if got := (usage.Number{Value: 7, Rank: usage.NotRequested}).Count(); got != (programme.Count{State: programme.NotRequested}) {
		t.Errorf("a number that was not asked for is %+v", got)
	}
}

// numberOf is what one entity reported of completions of a on the web; "" asks for all.
func numberOf(t *testing.T, x *usage.Index, period, entity string) usage.Number {
	t.Helper()
	only := usage.NoEntity
	for at, code := range x.Entities() {
		if code == entity {
			only = usage.EntityAt(at)
		}
	}
	line := usage.Line{Service: place(t, x, "a"), Measure: programme.MeasureCompleted.Index()}
	return x.Number(line, civiltest.Period(period), civil.Never, only)
}

func TestWhatAnotherEntityReportedIsNoPart(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-01", programme.ChannelWeb, 1)
	w.Uses("moi", "a", "2016-02", programme.ChannelWeb, 2)
	w.Uses("moj", "a", "2016-02", programme.ChannelWeb, 4)
	w.Uses("moi", "a", "2016-02", programme.ChannelWeb, 8)
	w.Uses("moj", "a", "2016-03", programme.ChannelMobile, 16)
	w.States("a", "2016-04", programme.ChannelWeb, programme.Reported, 32)
	x := usage.NewIndex(w.Use)
	for name, want := range map[string]usage.Number{
		"2016-01 ":    {Value: 1, Rank: usage.Reported, Spoken: true},
		"2016-01 moi": {Value: 1, Rank: usage.Reported, Spoken: true},
		"2016-01 moj": {Spoken: true},
		"2016-02 ":    {Value: 14, Rank: usage.Reported, Spoken: true},
		"2016-02 moi": {Value: 10, Rank: usage.Reported, Spoken: true},
		"2016-02 moj": {Value: 4, Rank: usage.Reported, Spoken: true},
		"2016-03 ":    {Rank: usage.Reported}, // a zero that follows from the other channel
		"2016-03 moi": {},
		"2016-04 moi": {Value: 32, Rank: usage.Reported, Spoken: true},
		"2016-04 moj": {Spoken: true},
		"2016-Q1 ":    {Value: 15, Rank: usage.Reported, Spoken: true},
		"2016-Q1 moi": {Value: 11, Rank: usage.Reported, Spoken: true},
		"2016-Q1 moj": {Value: 4, Rank: usage.Reported, Spoken: true},
		"2016-05 ":    {Rank: usage.NotProvided},
	} {
		period, entity, _ := strings.Cut(name, " ")
		if got := numberOf(t, x, period, entity); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

// Days of a month whose events came by day are summed, and a day without events is zero only when the entity sent any.
func TestDaysOfEvents(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 12)
	w.Uses("moi", "a", "2016-05", programme.ChannelWeb, 12)
	w.Daily("a", "2016-03-01", 5)
	w.Daily("a", "2016-03-01", 2)
	w.Daily("a", "2016-03-04", 7)
	w.Daily("b", "2016-03-02", 1)
	for name, want := range map[string]usage.Number{
		"2016-03-01":            {Value: 7, Rank: usage.Reported, Spoken: true},
		"2016-03-02":            {Rank: usage.Reported},
		"2016-03-03":            {Rank: usage.NotProvided},
		"2016-04-01":            {Rank: usage.NotProvided},
		"2016-03-01/2016-03-03": {Value: 7, Rank: usage.Reported, Spoken: true},
		"2016-03-02/2016-03-03": {Rank: usage.Reported},
		"2016-03-31/2016-04-01": {Rank: usage.NotProvided}, // April has no events
	} {
		if got := numberOf(t, usage.NewIndex(w.Use), name, ""); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	// An interval answers only where the days that were read cover it.
	for name, test := range map[string]struct {
		from, to civil.Date
		want     bool
	}{
		"exactly":        {civiltest.Day("2016-03-01"), civiltest.Day("2016-03-03"), true},
		"a day too few":  {civiltest.Day("2016-03-02"), civiltest.Day("2016-03-03"), false},
		"ended too soon": {civiltest.Day("2016-03-01"), civiltest.Day("2016-03-02"), false},
		"no days at all": {0, 0, false},
	} {
		w.Use.DaysFrom, w.Use.DaysTo = test.from, test.to
		if got := numberOf(t, usage.NewIndex(w.Use), "2016-03-01/2016-03-03", ""); (got.Rank == usage.Reported) != test.want {
			t.Errorf("days are covered %s: %+v", name, got)
		}
	}
}

func TestTheRankOfTilesTogether(t *testing.T) {
	const reported, provided, requested, applicable = programme.Reported, programme.NotProvided, programme.NotRequested, programme.NotApplicable
	for states, want := range map[[3]programme.State]programme.Count{
		{reported, reported, reported}:       programme.CountOf(3),
		{reported, applicable, reported}:     programme.CountOf(2),
		{applicable, applicable, reported}:   programme.CountOf(1),
		{applicable, applicable, applicable}: {State: applicable},
		{requested, requested, requested}:    {State: requested},
		{requested, applicable, requested}:   {State: requested},
		{applicable, requested, applicable}:  {State: requested},
		{reported, requested, reported}:      {State: provided},
		{requested, reported, reported}:      {State: provided},
		{reported, provided, reported}:       {State: provided},
	} {
		w := reckontest.New(t)
		for i, state := range states {
			w.States("a", fmt.Sprintf("2016-%02d", i+1), programme.ChannelWeb, state, 1)
		}
		if got := value(usage.NewIndex(w.Use), "2016-Q1"); got.State != want.State || (got.Known() && got.Value != want.Value) {
			t.Errorf("%v: %+v, want %+v", states, got, want)
		}
	}
}

func TestOfTwoStatementsOfOneMomentTheChoiceIsAlwaysTheSame(t *testing.T) {
	for name, edit := range map[string]func(*programme.Statement){
		"by event id": func(s *programme.Statement) { s.EventID = "z" },
		"by source":   func(s *programme.Statement) { s.Source = "z" },
		"by value":    func(s *programme.Statement) { s.Value = 9 },
	} {
		for _, first := range []bool{true, false} {
			w := reckontest.New(t)
			for i := range 2 {
				s := w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 5)
				s.EventID = "e"
				if (i == 0) == first {
					edit(s)
					s.Value = 9
				}
			}
			if got := value(usage.NewIndex(w.Use), "2016-03"); got != programme.CountOf(9) {
				t.Errorf("%s, given first %v: %+v", name, first, got)
			}
		}
	}
}
