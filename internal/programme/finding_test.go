package programme

import (
	"fmt"
	"slices"
	"testing"
)

// on2016 is the date of these tests: findings are sought from 2015-10 to 2016-09.
var on2016 = day("2016-09-30")

// differing words the findings of statements, as known of the world.
func (w *world) differing(days ...EventSum) []string {
	w.t.Helper()
	lines := []string{}
	for _, f := range w.knowledge().StatementsThatDiffer(day("2016-09-30"), days) {
		difference := "none"
		if f.Difference.Known() {
			difference = fmt.Sprint(f.Difference.Value)
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %s %d/%d %s", f.Entity, f.Service, f.Period, f.Channel, f.Statement.Value, f.Events.Value, difference))
	}
	return lines
}

func TestStatementsThatDifferFromTheirEvents(t *testing.T) {
	for name, test := range map[string]struct {
		facts func(w *world)
		want  []string
	}{
		"exactly 5 % more": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 100)
			w.uses("moi", "a", "2016-03", ChannelWeb, 105)
		}, nil},
		"exactly 5 % less": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 100)
			w.uses("moi", "a", "2016-03", ChannelWeb, 95)
		}, nil},
		"more": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 1000)
			w.uses("moi", "a", "2016-03", ChannelWeb, 1051)
		}, []string{"moi a 2016-03 web 1000/1051 0.051"}},
		"less": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 1000)
			w.uses("moi", "a", "2016-03", ChannelWeb, 333)
		}, []string{"moi a 2016-03 web 1000/333 -0.667"}},
		"a stated 0 with events": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 0)
			w.uses("moi", "a", "2016-03", ChannelWeb, 1)
		}, []string{"moi a 2016-03 web 0/1 none"}},
		"a stated 0 with voided events": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 0)
			w.uses("moi", "a", "2016-03", ChannelWeb, 0)
		}, nil},
		"all events voided": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 7)
			w.uses("moi", "a", "2016-03", ChannelWeb, 0)
		}, []string{"moi a 2016-03 web 7/0 -1"}},
		"states that are no values": {func(w *world) {
			for i, state := range []State{NotProvided, NotRequested, NotApplicable} {
				m := (month("2016-03") + Month(i)).String()
				w.states("a", m, ChannelWeb, state, 0)
				w.uses("moi", "a", m, ChannelWeb, 50)
			}
		}, nil},
		"no events": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 100)
			w.uses("moi", "b", "2016-03", ChannelWeb, 1)
			w.uses("moi", "a", "2016-04", ChannelWeb, 1)
		}, nil},
		"events on another channel speak against nothing": {func(w *world) {
			w.states("a", "2016-03", ChannelCounter, Reported, 100)
			w.uses("moi", "a", "2016-03", ChannelWeb, 1)
		}, nil},
		"ratings have no events": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 100).Measure = MeasureRatingCount
			w.uses("moi", "a", "2016-03", ChannelWeb, 1)
		}, nil},
		"the newest statement": {func(w *world) {
			w.uses("moi", "a", "2016-03", ChannelWeb, 100)
			w.states("a", "2016-03", ChannelWeb, Reported, 200)
			w.states("a", "2016-03", ChannelWeb, Reported, 100).RecordedAt = noon(day("2016-05-01"))
		}, nil},
		"an entity's that is not the owner": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 100).Entity = "moc"
			w.uses("moi", "a", "2016-03", ChannelWeb, 40)
			w.uses("moc", "a", "2016-03", ChannelWeb, 40)
		}, []string{"moc a 2016-03 web 100/80 -0.2"}},
		"a quarter, a year, an interval of whole months": {func(w *world) {
			for m := month("2016-01"); m <= month("2016-12"); m++ {
				w.uses("moi", "a", m.String(), ChannelWeb, 10)
			}
			w.states("a", "2016-Q1", ChannelWeb, Reported, 20)
			w.states("a", "2016", ChannelWeb, Reported, 100)
			w.states("a", "2016-02-01/2016-06-30", ChannelWeb, Reported, 60)
		}, []string{
			"moi a 2016 web 100/120 0.2", "moi a 2016-02-01/2016-06-30 web 60/50 -0.167", "moi a 2016-Q1 web 20/30 0.5",
		}},
		"a quarter with a month without events": {func(w *world) {
			w.states("a", "2016-Q1", ChannelWeb, Reported, 100)
			w.uses("moi", "a", "2016-01", ChannelWeb, 10)
			w.uses("moi", "a", "2016-03", ChannelWeb, 10)
		}, nil},
		"a quarter with a month of another channel alone": {func(w *world) {
			w.states("a", "2016-Q1", ChannelWeb, Reported, 100)
			w.uses("moi", "a", "2016-01", ChannelWeb, 10)
			w.uses("moi", "a", "2016-02", ChannelMobile, 10)
			w.uses("moi", "a", "2016-03", ChannelWeb, 10)
		}, []string{"moi a 2016-Q1 web 100/20 -0.8"}},
		"only what overlaps the twelve months and has begun": {func(w *world) {
			for m := month("2015-01"); m <= month("2016-12"); m++ {
				w.uses("moi", "a", m.String(), ChannelWeb, 10)
			}
			for _, p := range []string{"2015-09", "2015-Q3", "2015-10", "2015", "2016-09", "2016-10", "2016-Q4"} {
				w.states("a", p, ChannelWeb, Reported, 1)
			}
		}, []string{"moi a 2015 web 1/120 119", "moi a 2015-10 web 1/10 9", "moi a 2016-09 web 1/10 9"}},
	} {
		w := newWorld(t)
		test.facts(w)
		if got := w.differing(); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// Days, and intervals that begin or end within a month, are compared with sums by day.
func TestStatementsByDayThatDiffer(t *testing.T) {
	w := newWorld(t)
	for _, m := range []string{"2016-03", "2016-04", "2016-05"} {
		w.uses("moi", "a", m, ChannelWeb, 300)
		w.uses("moi", "b", m, ChannelWeb, 300)
	}
	w.states("a", "2016-03-10", ChannelWeb, Reported, 9)
	w.states("a", "2016-03-11", ChannelWeb, Reported, 9) // no event that day
	w.states("b", "2016-03-30/2016-05-02", ChannelWeb, Reported, 330)
	w.states("c", "2016-03-10", ChannelWeb, Reported, 9)    // no event at all
	w.states("a", "2015-03-10", ChannelWeb, Reported, 9)    // long ago
	w.states("d", "2016-03-10", ChannelWeb, NotProvided, 0) // no value
	w.states("e", "2016-04", ChannelWeb, Reported, 1)       // a whole month

	services, from, to := w.knowledge().DayStatements(on2016)
	if !slices.Equal(services, []string{"a", "b", "c"}) || from != day("2016-03-10") || to != day("2016-05-02") {
		t.Errorf("days are needed of %v from %s to %s", services, from, to)
	}
	w.daily("a", "2016-03-10", 12)
	w.daily("b", "2016-03-29", 1000)
	w.daily("b", "2016-03-31", 20)
	w.daily("b", "2016-04-15", 1000) // a whole month within is summed by month
	w.daily("b", "2016-05-02", 40)
	w.daily("z", "2016-03-10", 40)
	days := append(slices.Clone(w.use.Days),
		EventSum{Entity: "moi", Service: "a", Period: period("2016-03-11"), Channel: ChannelWeb, Stage: StageComplete}, // taken back
		EventSum{Entity: "moi", Service: "a", Period: period("2016-03-11"), Channel: ChannelWeb, Stage: StageAbandon, Events: 1, Uses: 1},
		EventSum{Entity: "moi", Service: "a", Period: period("2016-03-11"), Channel: ChannelMobile, Stage: StageComplete, Events: 1, Uses: 1})
	want := []string{"moi a 2016-03-10 web 9/12 0.333", "moi b 2016-03-30/2016-05-02 web 330/360 0.091"}
	if got := w.differing(days...); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if services, _, _ := newWorld(t).knowledge().DayStatements(on2016); services != nil {
		t.Errorf("an empty world needs days of %v", services)
	}
}

func TestQualityOfWhatIsSeen(t *testing.T) {
	q := Quality{
		Findings: []Finding{
			{Kind: FindingIDOnTwoDays, Entity: "moc", Service: "trade", Days: []Date{day("2016-09-01"), day("2016-09-02")}, Keys: 3},
			{Kind: FindingStatementDiffers, Entity: "moi", Service: "a", Period: period("2016-03")},
		},
		Limits: []FindingLimit{{FindingIDOnTwoDays, LimitTooMany}},
		Refused: []RefusedRows{
			{"moc", RefusedTooOld, 2}, {"moi", RefusedBadTime, 3}, {"moi", RefusedTooOld, 1}, {"", RefusedMalformedJSON, 4},
		},
	}
	if got := q.RefusedByCode(); !slices.Equal(got, []RefusedRows{{"", RefusedMalformedJSON, 4}, {"", RefusedBadTime, 3}, {"", RefusedTooOld, 3}}) {
		t.Errorf("refused by code: %v", got)
	}
	seen := q.Of(func(entity string) bool { return entity == "moi" })
	if len(seen.Findings) != 1 || seen.Findings[0].Service != "a" || len(seen.Refused) != 2 || len(seen.Limits) != 1 {
		t.Errorf("moi sees %+v", seen)
	}
	if a, b := q.Findings[0].Key(), q.Findings[1].Key(); a >= b {
		t.Errorf("%q comes after %q", a, b)
	}
	for _, kind := range FindingKinds() {
		if kind == "" {
			t.Error("a kind without a name")
		}
	}
}
