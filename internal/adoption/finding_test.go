package adoption_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// on2016 is the date of these tests: findings are sought from 2015-10 to 2016-09.
var on2016 = civiltest.Day("2016-09-30")

func TestStatementsThatDifferFromTheirEvents(t *testing.T) {
	for name, test := range map[string]struct {
		facts func(w *reckontest.World)
		want  []string
	}{
		"exactly 5 % more": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 100)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 105)
		}, nil},
		"exactly 5 % less": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 100)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 95)
		}, nil},
		"more": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 1000)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 1051)
		}, []string{"moi a 2016-03 web 1000/1051 0.051"}},
		"less": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 1000)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 333)
		}, []string{"moi a 2016-03 web 1000/333 -0.667"}},
		"a year that still runs": {func(w *reckontest.World) {
			w.States("a", "2016", programme.ChannelWeb, programme.Reported, 100)
			for m := civiltest.Month("2016-01"); m <= civiltest.Month("2016-12"); m++ {
				w.Uses("moi", "a", m.String(), programme.ChannelWeb, 50)
			}
		}, nil},
		"a stated 0 with events": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 0)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 1)
		}, []string{"moi a 2016-03 web 0/1 none"}},
		"a stated 0 with voided events": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 0)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 0)
		}, nil},
		"all events voided": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 7)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 0)
		}, []string{"moi a 2016-03 web 7/0 -1"}},
		"states that are no values": {func(w *reckontest.World) {
			for i, state := range []programme.State{programme.NotProvided, programme.NotRequested, programme.NotApplicable} {
				m := (civiltest.Month("2016-03") + civil.Month(i)).String()
				w.States("a", m, programme.ChannelWeb, state, 0)
				w.Uses("moi", "a", m, programme.ChannelWeb, 50)
			}
		}, nil},
		"no events": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 100)
			w.Uses("moi", "b", "2016-03", programme.ChannelWeb, 1)
			w.Uses("moi", "a", "2016-04", programme.ChannelWeb, 1)
		}, nil},
		"events on another channel speak against nothing": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelCounter, programme.Reported, 100)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 1)
		}, nil},
		"ratings have no events": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 100).Measure = programme.MeasureRatingCount
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 1)
		}, nil},
		"the newest statement": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 100)
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 200)
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 100).RecordedAt = civiltest.Noon(civiltest.Day("2016-05-01"))
		}, nil},
		"an entity's that is not the owner": {func(w *reckontest.World) {
			w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 100).Entity = "moc"
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 40)
			w.Uses("moc", "a", "2016-03", programme.ChannelWeb, 40)
		}, []string{"moc a 2016-03 web 100/80 -0.2"}},
		"a quarter, a year, an interval of whole months": {func(w *reckontest.World) {
			for m := civiltest.Month("2015-01"); m <= civiltest.Month("2016-06"); m++ {
				w.Uses("moi", "a", m.String(), programme.ChannelWeb, 10)
			}
			w.States("a", "2016-Q1", programme.ChannelWeb, programme.Reported, 20)
			w.States("a", "2015", programme.ChannelWeb, programme.Reported, 100)
			w.States("a", "2016-02-01/2016-06-30", programme.ChannelWeb, programme.Reported, 60)
		}, []string{
			"moi a 2015 web 100/120 0.2", "moi a 2016-02-01/2016-06-30 web 60/50 -0.167", "moi a 2016-Q1 web 20/30 0.5",
		}},
		"a quarter with a month without events": {func(w *reckontest.World) {
			w.States("a", "2016-Q1", programme.ChannelWeb, programme.Reported, 100)
			w.Uses("moi", "a", "2016-01", programme.ChannelWeb, 10)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 10)
		}, nil},
		"a quarter with a month of another channel alone": {func(w *reckontest.World) {
			w.States("a", "2016-Q1", programme.ChannelWeb, programme.Reported, 100)
			w.Uses("moi", "a", "2016-01", programme.ChannelWeb, 10)
			w.Uses("moi", "a", "2016-02", programme.ChannelMobile, 10)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 10)
		}, []string{"moi a 2016-Q1 web 100/20 -0.8"}},
		"only what ends in the twelve months": {func(w *reckontest.World) {
			for m := civiltest.Month("2015-01"); m <= civiltest.Month("2016-12"); m++ {
				w.Uses("moi", "a", m.String(), programme.ChannelWeb, 10)
			}
			for _, p := range []string{"2015-09", "2015-Q3", "2015-10", "2015", "2016-09", "2016-10", "2016-Q4"} {
				w.States("a", p, programme.ChannelWeb, programme.Reported, 1)
			}
		}, []string{"moi a 2015 web 1/120 119", "moi a 2015-10 web 1/10 9", "moi a 2016-09 web 1/10 9"}},
	} {
		w := reckontest.New(t)
		test.facts(w)
		if got := w.Differing(); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// Days, and intervals that begin or end within a month, are compared with sums by day.
func TestStatementsByDayThatDiffer(t *testing.T) {
	w := reckontest.New(t)
	for _, m := range []string{"2016-03", "2016-04", "2016-05"} {
		w.Uses("moi", "a", m, programme.ChannelWeb, 300)
		w.Uses("moi", "b", m, programme.ChannelWeb, 300)
	}
	w.States("a", "2016-03-10", programme.ChannelWeb, programme.Reported, 9)
	w.States("a", "2016-03-11", programme.ChannelWeb, programme.Reported, 9) // no event that day
	w.States("b", "2016-03-30/2016-05-02", programme.ChannelWeb, programme.Reported, 330)
	w.States("c", "2016-03-10", programme.ChannelWeb, programme.Reported, 9)    // no event at all
	w.States("a", "2015-03-10", programme.ChannelWeb, programme.Reported, 9)    // long ago
	w.States("d", "2016-03-10", programme.ChannelWeb, programme.NotProvided, 0) // no value
	w.States("e", "2016-04", programme.ChannelWeb, programme.Reported, 1)       // a whole month

	services, from, to := w.Knowledge().DayStatements(on2016)
	if !slices.Equal(services, []string{"a", "b", "c"}) || from != civiltest.Day("2016-03-10") || to != civiltest.Day("2016-05-02") {
		t.Errorf("days are needed of %v from %s to %s", services, from, to)
	}
	w.Daily("a", "2016-03-10", 12)
	w.Daily("b", "2016-03-29", 1000)
	w.Daily("b", "2016-03-31", 20)
	w.Daily("b", "2016-04-15", 1000) // a whole month within is summed by month
	w.Daily("b", "2016-05-02", 40)
	w.Daily("z", "2016-03-10", 40)
	days := append(slices.Clone(w.Use.Days),
		programme.EventSum{Entity: "moi", Service: "a", Period: civiltest.Period("2016-03-11"), Channel: programme.ChannelWeb, Stage: programme.StageComplete}, // taken back
		programme.EventSum{Entity: "moi", Service: "a", Period: civiltest.Period("2016-03-11"), Channel: programme.ChannelWeb, Stage: programme.StageAbandon, Events: 1, Uses: 1},
		programme.EventSum{Entity: "moi", Service: "a", Period: civiltest.Period("2016-03-11"), Channel: programme.ChannelMobile, Stage: programme.StageComplete, Events: 1, Uses: 1})
	want := []string{"moi a 2016-03-10 web 9/12 0.333", "moi b 2016-03-30/2016-05-02 web 330/360 0.091"}
	if got := w.Differing(days...); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if services, _, _ := reckontest.New(t).Knowledge().DayStatements(on2016); services != nil {
		t.Errorf("an empty world needs days of %v", services)
	}
}

// All that is doubtful is one list, in the order of keys.
func TestFindingsAreOneList(t *testing.T) {
	w := reckontest.New(t)
	w.Live("idle", "2015-01-01", programme.LevelTransactional)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 100)
	w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 200)
	k := w.Knowledge()
	found := k.Findings(civiltest.Day("2016-03-31"), nil)
	sorted := append([]programme.Finding{}, found...)
	figures.SortFindings(sorted)
	if len(found) != 2 || found[0].Kind == found[1].Kind || found[0].Key() != sorted[0].Key() {
		t.Errorf("%+v", found)
	}
	if none := reckontest.New(t).Knowledge().Findings(civiltest.Day("2016-03-31"), nil); len(none) != 0 {
		t.Errorf("of an empty world: %+v", none)
	}
}

// What is implausible is sought in the 36 months that end with the date's.
func TestHowFarBackFindingsAreSought(t *testing.T) {
	for month, want := range map[string]int{"2013-08": 0, "2013-09": 0, "2013-10": 1, "2016-08": 1} {
		w := reckontest.New(t)
		w.Live("a", "2012-01-01", programme.LevelInformative)
		says(w, programme.MeasureRatingCount, month, 10)
		says(w, programme.MeasureRatingSum, month, 100)
		if got := implausible(w, "2016-09-30"); len(got) != want {
			t.Errorf("of %s: %q, want %d", month, got, want)
		}
	}
}

// That use ends with its channel is no surprise; that it ends on a channel that is still there is.
func TestUseThatEndsWithItsChannelIsNotFarFromUsual(t *testing.T) {
	for name, test := range map[string]struct {
		removed bool
		want    []string
	}{
		"still there": {false, []string{"far_from_usual moi a 2016-07 web 0/500 6", "far_from_usual moi a 2016-08 web 0/500 6"}},
		"removed":     {true, nil},
	} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "a", Channels: []programme.Channel{programme.ChannelWeb, programme.ChannelMobile}})
		w.Rollout("a", programme.ActionLaunch, "2014-01-01", programme.LevelInformative).VerifiedBy = "admin"
		for m := civiltest.Month("2016-01"); m <= civiltest.Month("2016-08"); m++ {
			if m <= civiltest.Month("2016-06") {
				w.Uses("moi", "a", m.String(), programme.ChannelWeb, 500)
			}
			w.Uses("moi", "a", m.String(), programme.ChannelMobile, 500)
		}
		if test.removed {
			w.Rollout("a", programme.ActionRemoveChannel, "2016-07-01", 0, programme.ChannelWeb)
		}
		if got := implausible(w, "2016-08-31"); !slices.Equal(got, append([]string{}, test.want...)) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
