package usage_test

import (
	"fmt"
	"slices"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

// Several entities may report one service: each has its own part of every period, and all parts are the whole.
func TestTheSharesOfEntitiesAddUp(t *testing.T) {
	w := reckontest.New(t)
	entities := []string{"moi", "moj", "moe"}
	for i, month := range []string{"2016-01", "2016-02", "2016-03"} {
		for j, entity := range entities[i:] { // fewer each month
			w.Uses(entity, "a", month, programme.ChannelWeb, int64(1+10*i+100*j))
		}
	}
	x := usage.NewIndex(w.Use)
	for period, want := range map[string][4]int64{ // in all, of moi, of moj, of moe
		"2016-01": {303, 1, 101, 201}, "2016-02": {122, 0, 11, 111}, "2016-03": {21, 0, 0, 21}, "2016-Q1": {446, 1, 112, 333},
	} {
		got := [4]int64{numberOf(t, x, period, "").Value}
		for i, entity := range entities {
			got[i+1] = numberOf(t, x, period, entity).Value
		}
		if got != want || got[0] != got[1]+got[2]+got[3] {
			t.Errorf("%s: %v, want %v", period, got, want)
		}
	}
}

// Whoever had no part in a month of which others spoke reported none of it, and not zero.
func TestAMonthOfOthersIsSpokenOf(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 4)
	w.Uses("moj", "a", "2016-03", programme.ChannelWeb, 7)
	w.Uses("moe", "a", "2016-04", programme.ChannelWeb, 1)
	if got := numberOf(t, usage.NewIndex(w.Use), "2016-03", "moe"); got != (usage.Number{Spoken: true}) {
		t.Errorf("%+v", got)
	}
}

func TestAQuarterOfEventsInAnotherOrderIsTheSame(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moj", "a", "2016-03", programme.ChannelWeb, 4)
	w.Uses("moi", "a", "2016-01", programme.ChannelWeb, 1)
	w.Uses("moi", "a", "2016-02", programme.ChannelWeb, 2)
	w.Uses("moi", "a", "2015-11", programme.ChannelWeb, 100) // before, with a month between
	x := usage.NewIndex(w.Use)
	for period, want := range map[string]programme.Count{
		"2016-Q1": programme.CountOf(7), "2015-11": programme.CountOf(100), "2015-12": {State: programme.NotProvided},
		"2015-10": {State: programme.NotProvided}, "2016-04": {State: programme.NotProvided},
		"2015-11-01/2016-03-31": {State: programme.NotProvided}, // December has no events
	} {
		if got := value(x, period); got != want {
			t.Errorf("%s: %+v, want %+v", period, got, want)
		}
	}
}

func TestServicesAndEntitiesAreInTheOrderInWhichTheyWereMet(t *testing.T) {
	w := reckontest.New(t)
	w.States("c", "2016-03", programme.ChannelWeb, programme.Reported, 1).Entity = "moe"
	w.Uses("moj", "b", "2016-03", programme.ChannelWeb, 1)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 1)
	w.Uses("moi", "b", "2016-04", programme.ChannelWeb, 1)
	x := usage.NewIndex(w.Use)
	if !slices.Equal(x.Services(), []string{"b", "a", "c"}) || !slices.Equal(x.Entities(), []string{"moj", "moi", "moe"}) {
		t.Errorf("services %v, entities %v", x.Services(), x.Entities())
	}
}

// Of two entities whose events make a zero of another channel, the first by code is named, whatever came first.
func TestAZeroIsOfTheFirstEntityByCode(t *testing.T) {
	for _, order := range [][]string{{"moi", "moj"}, {"moj", "moi"}} {
		w := reckontest.New(t)
		for _, entity := range order {
			w.Uses(entity, "a", "2016-02", programme.ChannelWeb, 1)
			w.Uses(entity, "a", "2016-03", programme.ChannelMobile, 1)
		}
		x := usage.NewIndex(w.Use)
		for entity, want := range map[string]usage.Number{"moi": {Rank: usage.Reported}, "moj": {}, "": {Rank: usage.Reported}} {
			if got := numberOf(t, x, "2016-03", entity); got != want {
				t.Errorf("%v, of %q: %+v, want %+v", order, entity, got, want)
			}
		}
	}
}

func TestADayIsOfTheEntityThatReportedIt(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 5)
	w.Uses("moj", "a", "2016-03", programme.ChannelWeb, 6)
	w.Daily("a", "2016-03-01", 5)
	w.Daily("a", "2016-03-02", 6)
	w.Use.Days[1].Entity = "moj"
	x := usage.NewIndex(w.Use)
	for name, test := range map[string]struct {
		period, entity string
		want           usage.Number
	}{
		"its own":             {"2016-03-01", "moi", usage.Number{Value: 5, Rank: usage.Reported, Spoken: true}},
		"another's":           {"2016-03-01", "moj", usage.Number{Spoken: true}},
		"a stretch, its own":  {"2016-03-01/2016-03-02", "moi", usage.Number{Value: 5, Rank: usage.Reported, Spoken: true}},
		"a stretch, in all":   {"2016-03-01/2016-03-02", "", usage.Number{Value: 11, Rank: usage.Reported, Spoken: true}},
		"a stretch, of other": {"2016-03-01/2016-03-02", "moj", usage.Number{Value: 6, Rank: usage.Reported, Spoken: true}},
	} {
		if got := numberOf(t, x, test.period, test.entity); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

func TestTheFinestGrainIsNoFinerThanAMonth(t *testing.T) {
	for periods, want := range map[[2]string]civil.Grain{
		{"2016", "2016-Q1"}:    civil.GrainQuarter,
		{"2016-Q1", "2016"}:    civil.GrainQuarter,
		{"2016-Q1", "2016-03"}: civil.GrainMonth,
		{"2016-03-05", "2016"}: civil.GrainMonth,
		{"2016", "2016"}:       civil.GrainYear,
		{"2016-01-01/2016-03-05", "2016-03-01/2016-03-05"}: civil.GrainInterval,
	} {
		w := reckontest.New(t)
		for _, period := range periods {
			w.States("a", period, programme.ChannelWeb, programme.Reported, 1)
		}
		x := usage.NewIndex(w.Use)
		seen := x.Footprint(place(t, x, "a"))
		if got := seen.GrainOn(civil.Never); got != want {
			t.Errorf("%v: %v, want %v", periods, got, want)
		}
	}
}

func TestSubPeriodsOfAYear(t *testing.T) {
	for name, test := range map[string]struct {
		stated map[string]int64
		want   programme.Count
	}{
		"quarters":              {map[string]int64{"2016-Q1": 1, "2016-Q2": 2, "2016-Q3": 4, "2016-Q4": 8}, programme.CountOf(15)},
		"a quarter is missing":  {map[string]int64{"2016-Q1": 1, "2016-Q2": 2, "2016-Q4": 8}, programme.Count{State: programme.NotProvided}},
		"a quarter and months":  {map[string]int64{"2016-Q1": 1, "2016-Q2": 2, "2016-Q3": 4, "2016-10": 8, "2016-11": 16, "2016-12": 32}, programme.CountOf(63)},
		"the coarser of two":    {map[string]int64{"2016-Q1": 1, "2016-01": 500, "2016-Q2": 2, "2016-Q3": 4, "2016-Q4": 8}, programme.CountOf(15)},
		"no last month":         {map[string]int64{"2016-Q1": 1, "2016-Q2": 2, "2016-Q3": 4, "2016-10": 8, "2016-11": 16}, programme.Count{State: programme.NotProvided}},
		"the year itself first": {map[string]int64{"2016": 99, "2016-Q1": 1, "2016-Q2": 2, "2016-Q3": 4, "2016-Q4": 8}, programme.CountOf(99)},
	} {
		w := reckontest.New(t)
		for period, n := range test.stated {
			w.States("a", period, programme.ChannelWeb, programme.Reported, n)
		}
		if got := value(usage.NewIndex(w.Use), "2016"); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

// Only stages that are stated have lines: what was given up is known of the service, and of no line.
func TestWhatWasGivenUpSpeaksOfNoLine(t *testing.T) {
	w := reckontest.New(t)
	w.Abandoned("a", "2016-03")
	x := usage.NewIndex(w.Use)
	march := civiltest.Month("2016-03")
	if at := place(t, x, "a"); !x.HadEvents(at, march) || x.Speaks(at, programme.ChannelWeb.Index(), march) {
		t.Error("the service had events, and no line of it")
	}
	if got := fmt.Sprint(value(x, "2016-03")); got != fmt.Sprint(programme.CountOf(0)) {
		t.Errorf("completions are %s", got)
	}
}

// A month that is stated as not provided is a hole in its quarter, which the events beside it don't fill.
func TestAQuarterWithAMonthThatIsNotProvidedIsNotProvided(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-01", programme.ChannelWeb, 1)
	w.Uses("moi", "a", "2016-02", programme.ChannelWeb, 2)
	w.Uses("moj", "a", "2016-02", programme.ChannelWeb, 4)
	w.Uses("moj", "a", "2016-03", programme.ChannelWeb, 8)
	w.States("a", "2016-02", programme.ChannelWeb, programme.NotProvided, 0)
	x := usage.NewIndex(w.Use)
	for _, entity := range []string{"", "moi", "moj"} {
		if got := numberOf(t, x, "2016-Q1", entity); got.Rank != usage.NotProvided {
			t.Errorf("of %q: %+v", entity, got)
		}
	}
}
