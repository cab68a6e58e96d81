package usage_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

// value asks an index for completions on the web.
func value(x *usage.Index, p string) programme.Count {
	return x.Value("a", programme.ChannelWeb, programme.MeasureCompleted, civiltest.Period(p), civil.Never)
}

// The four rules by which a number is found, in their order (docs/rules.md#value-of-a-line).
func TestNumbersWithAState(t *testing.T) {
	missing := programme.Count{State: programme.NotProvided}
	for name, test := range map[string]struct {
		facts func(w *reckontest.World)
		want  map[string]programme.Count
	}{
		"nothing": {
			func(*reckontest.World) {},
			map[string]programme.Count{"2016-03": missing, "2016-Q1": missing, "2016": missing},
		},
		"a zero is a value": {
			func(w *reckontest.World) { w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 0) },
			map[string]programme.Count{"2016-03": programme.CountOf(0), "2016-02": missing},
		},
		"the statement for exactly the period": {
			func(w *reckontest.World) {
				w.States("a", "2016-Q1", programme.ChannelWeb, programme.Reported, 100)
				w.States("a", "2016-01", programme.ChannelWeb, programme.Reported, 1)
				w.States("a", "2016-02", programme.ChannelWeb, programme.Reported, 2)
				w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 3)
			},
			map[string]programme.Count{"2016-Q1": programme.CountOf(100), "2016-02": programme.CountOf(2)},
		},
		"the newest statement": {
			func(w *reckontest.World) {
				newest := w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 9)
				newest.RecordedAt = civiltest.Noon(civiltest.Day("2016-05-01"))
				w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 8)
			},
			map[string]programme.Count{"2016-03": programme.CountOf(9)},
		},
		"a not-state ends the search": {
			func(w *reckontest.World) {
				w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 5)
				w.States("a", "2016-03", programme.ChannelWeb, programme.NotApplicable, 0)
				w.States("a", "2016-Q2", programme.ChannelWeb, programme.NotRequested, 0)
			},
			map[string]programme.Count{"2016-03": {State: programme.NotApplicable}, "2016-Q2": {State: programme.NotRequested}},
		},
		"sub-periods that tile it": {
			func(w *reckontest.World) {
				w.States("a", "2016-Q1", programme.ChannelWeb, programme.Reported, 100)
				w.States("a", "2016-04", programme.ChannelWeb, programme.Reported, 10)
				w.Uses("moi", "a", "2016-05", programme.ChannelWeb, 7)
				w.States("a", "2016-06", programme.ChannelWeb, programme.Reported, 3)
				w.States("a", "2016-07-01/2016-12-31", programme.ChannelWeb, programme.Reported, 1000)
			},
			map[string]programme.Count{
				"2016-Q2": programme.CountOf(20), "2016-01-01/2016-06-30": programme.CountOf(120), "2016": missing,
			},
		},
		"a part that doesn't apply adds nothing": {
			func(w *reckontest.World) {
				w.States("a", "2016-01", programme.ChannelWeb, programme.NotApplicable, 0)
				w.States("a", "2016-02", programme.ChannelWeb, programme.Reported, 2)
				w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 3)
			},
			map[string]programme.Count{"2016-Q1": programme.CountOf(5)},
		},
		"all parts in one state": {
			func(w *reckontest.World) {
				for _, m := range []string{"2016-01", "2016-02", "2016-03"} {
					w.States("a", m, programme.ChannelWeb, programme.NotApplicable, 0)
				}
			},
			map[string]programme.Count{"2016-Q1": {State: programme.NotApplicable}},
		},
		"a part that was not asked for leaves it open": {
			func(w *reckontest.World) {
				w.States("a", "2016-01", programme.ChannelWeb, programme.NotRequested, 0)
				w.States("a", "2016-02", programme.ChannelWeb, programme.Reported, 2)
				w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 3)
			},
			map[string]programme.Count{"2016-Q1": missing},
		},
		"events in every month": {
			func(w *reckontest.World) {
				w.Uses("moi", "a", "2016-01", programme.ChannelWeb, 4)
				w.Uses("moi", "a", "2016-02", programme.ChannelMobile, 5)
				w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 6)
			},
			map[string]programme.Count{
				"2016-02": programme.CountOf(0), "2016-Q1": programme.CountOf(10), "2016-Q2": missing, "2016": missing,
			},
		},
		"a coarser statement is never split": {
			func(w *reckontest.World) { w.States("a", "2016-Q1", programme.ChannelWeb, programme.Reported, 90) },
			map[string]programme.Count{"2016-01": missing, "2016-Q1": programme.CountOf(90), "2016-02-15": missing},
		},
		"an interval answers only to itself": {
			func(w *reckontest.World) {
				w.States("a", "2016-02-01/2016-04-30", programme.ChannelWeb, programme.Reported, 90)
			},
			map[string]programme.Count{"2016-02-01/2016-04-30": programme.CountOf(90), "2016-02-01/2016-04-29": missing, "2016-03": missing},
		},
		"an interval that is a quarter": {
			func(w *reckontest.World) {
				w.States("a", "2016-01-01/2016-03-31", programme.ChannelWeb, programme.Reported, 90)
			},
			map[string]programme.Count{"2016-01-01/2016-03-31": programme.CountOf(90), "2016-Q1": programme.CountOf(90)},
		},
		"a channel that had no event yet": {
			func(w *reckontest.World) {
				w.Uses("moi", "a", "2016-01", programme.ChannelMobile, 4)
				w.Uses("moi", "a", "2016-02", programme.ChannelWeb, 5)
				w.Uses("moi", "a", "2016-03", programme.ChannelMobile, 6)
			},
			map[string]programme.Count{
				"2016-01": missing, "2016-02": programme.CountOf(5), "2016-03": programme.CountOf(0), "2016-Q1": missing,
			},
		},
		"a month stated as missing": {
			func(w *reckontest.World) {
				for _, m := range []string{"2016-01", "2016-02", "2016-03"} {
					w.Uses("moi", "a", m, programme.ChannelWeb, 4)
				}
				w.States("a", "2016-02", programme.ChannelWeb, programme.NotProvided, 0)
			},
			map[string]programme.Count{"2016-01": programme.CountOf(4), "2016-02": missing, "2016-Q1": missing},
		},
		"a month with a day stated and the others unknown": {
			func(w *reckontest.World) {
				w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 12)
				w.States("a", "2016-03-05", programme.ChannelWeb, programme.Reported, 2)
			},
			map[string]programme.Count{"2016-03": missing, "2016-03-05": programme.CountOf(2)},
		},
		"days": {
			func(w *reckontest.World) {
				w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 12)
				w.Daily("a", "2016-03-01", 5)
				w.Daily("a", "2016-03-04", 7)
				w.Daily("b", "2016-03-02", 1)
				w.States("a", "2016-03-05", programme.ChannelWeb, programme.Reported, 2)
			},
			map[string]programme.Count{
				"2016-03-01": programme.CountOf(5),
				"2016-03-02": programme.CountOf(0), // the entity had an event of another service
				"2016-03-03": missing,
				"2016-03-05": programme.CountOf(2),
				"2016-03":    missing, "2016-03-01/2016-03-04": programme.CountOf(12),
			},
		},
		"statements of all days make the month": {
			func(w *reckontest.World) {
				for d := civiltest.Day("2016-02-01"); d <= civiltest.Day("2016-02-29"); d++ {
					w.States("a", d.String(), programme.ChannelWeb, programme.Reported, 2)
				}
				w.States("a", "2016-03-01", programme.ChannelWeb, programme.Reported, 2)
			},
			map[string]programme.Count{"2016-02": programme.CountOf(58), "2016-03": missing},
		},
		"a row that a rollup took back": {
			func(w *reckontest.World) {
				w.Use.Months = append(w.Use.Months, programme.EventSum{
					Entity: "moi", Service: "a", Period: civiltest.Period("2016-03"),
					Channel: programme.ChannelWeb, Stage: programme.StageComplete,
				})
			},
			map[string]programme.Count{"2016-03": missing},
		},
	} {
		w := reckontest.New(t)
		test.facts(w)
		b := usage.NewIndex(w.Use)
		for p, want := range test.want {
			if got := value(b, p); got != want {
				t.Errorf("%s: %s is %v, want %v", name, p, got, want)
			}
		}
	}
}

// What is none of the measures or channels is not known, and ratings have no events.
func TestUnknownLines(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 4)
	w.Use.Months = append(
		w.Use.Months,
		programme.EventSum{
			Entity:  "moi",
			Service: "a",
			Period:  civiltest.Period("2016-03"),
			Channel: programme.ChannelWeb,
			Stage:   programme.StageAbandon,
			Events:  1,
			Uses:    1,
		},
	)
	w.Use.Statements = append(
		w.Use.Statements,
		programme.Statement{
			Service: "a",
			Channel: "pigeon",
			Measure: programme.MeasureCompleted,
			Period:  civiltest.Period("2016-03"),
			State:   programme.Reported,
			Value:   3,
		},
	)
	b := usage.NewIndex(w.Use)
	for name, got := range map[string]programme.Count{
		"another service": b.Value("z", programme.ChannelWeb, programme.MeasureCompleted, civiltest.Period("2016-03"), civil.Never),
		"no channel":      b.Value("a", "pigeon", programme.MeasureCompleted, civiltest.Period("2016-03"), civil.Never),
		"no measure":      b.Value("a", programme.ChannelWeb, "hopes", civiltest.Period("2016-03"), civil.Never),
		"ratings":         b.Value("a", programme.ChannelWeb, programme.MeasureRatingSum, civiltest.Period("2016-03"), civil.Never),
	} {
		if got.State != programme.NotProvided {
			t.Errorf("%s: %v", name, got)
		}
	}
	got := b.Value("a", programme.ChannelWeb, programme.MeasureViews, civiltest.Period("2016-03"), civil.Never)
	if got != programme.CountOf(0) {
		t.Errorf("views beside other events are %v, want 0", got)
	}
}

// The order in which sums and statements come changes nothing, even for two of one instant.
func TestOrderOfUseChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	w := reckontest.New(t)
	for i := range 200 {
		entity := []string{"moi", "moc"}[random.IntN(2)]
		service, m := fmt.Sprintf("s%d", random.IntN(5)), civiltest.Month("2016-01")+civil.Month(random.IntN(12))
		w.Uses(entity, service, m.String(), programme.Channels()[random.IntN(8)], int64(random.IntN(50)))
		channel, state := programme.Channels()[random.IntN(8)], programme.States()[random.IntN(4)]
		s := w.States(service, m.String(), channel, state, int64(random.IntN(50)))
		s.Entity, s.RecordedAt = entity, civiltest.Noon(civiltest.Day("2017-01-01")).Add(time.Duration(random.IntN(3)))
		s.EventID = fmt.Sprintf("e%d", i%7)
	}
	want := usage.NewIndex(w.Use)
	for range 5 {
		months, statements := w.Use.Months, w.Use.Statements
		random.Shuffle(len(months), reflect.Swapper(months))
		random.Shuffle(len(statements), reflect.Swapper(statements))
		got := usage.NewIndex(w.Use)
		for s := range 5 {
			for _, c := range programme.Channels() {
				for _, p := range []string{"2016-03", "2016-Q2", "2016"} {
					service := fmt.Sprintf("s%d", s)
					a := want.Value(service, c, programme.MeasureCompleted, civiltest.Period(p), civil.Never)
					b := got.Value(service, c, programme.MeasureCompleted, civiltest.Period(p), civil.Never)
					if a != b {
						t.Fatalf("%s on %s in %s is %v or %v", service, c, p, a, b)
					}
				}
			}
		}
	}
}
