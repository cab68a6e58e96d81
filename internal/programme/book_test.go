package programme

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// value asks a book for completions on the web.
func value(b *Book, p string) Count { return b.Value("a", ChannelWeb, MeasureCompleted, period(p)) }

// daily adds a day's sum of completions on the web; the book then knows the days of the world's year.
func (w *world) daily(service, on string, uses int64) {
	w.use.DaysFrom, w.use.DaysTo = day("2016-01-01"), day("2016-12-31")
	w.use.Days = append(w.use.Days, EventSum{
		Entity: "moi", Service: service, Period: DayPeriod(day(on)), Channel: ChannelWeb, Stage: StageComplete, Events: 1, Uses: uses,
	})
}

// The four rules by which a number is found, in their order (docs/rules.md#value-of-a-line).
func TestNumbersWithAState(t *testing.T) {
	missing := Count{State: NotProvided}
	for name, test := range map[string]struct {
		facts func(w *world)
		want  map[string]Count
	}{
		"nothing": {func(*world) {}, map[string]Count{"2016-03": missing, "2016-Q1": missing, "2016": missing}},
		"a zero is a value": {
			func(w *world) { w.states("a", "2016-03", ChannelWeb, Reported, 0) },
			map[string]Count{"2016-03": CountOf(0), "2016-02": missing},
		},
		"the statement for exactly the period": {
			func(w *world) {
				w.states("a", "2016-Q1", ChannelWeb, Reported, 100)
				w.states("a", "2016-01", ChannelWeb, Reported, 1)
				w.states("a", "2016-02", ChannelWeb, Reported, 2)
				w.states("a", "2016-03", ChannelWeb, Reported, 3)
			},
			map[string]Count{"2016-Q1": CountOf(100), "2016-02": CountOf(2)},
		},
		"the newest statement": {
			func(w *world) {
				w.states("a", "2016-03", ChannelWeb, Reported, 9).RecordedAt = noon(day("2016-05-01"))
				w.states("a", "2016-03", ChannelWeb, Reported, 8)
			},
			map[string]Count{"2016-03": CountOf(9)},
		},
		"a not-state ends the search": {
			func(w *world) {
				w.uses("moi", "a", "2016-03", ChannelWeb, 5)
				w.states("a", "2016-03", ChannelWeb, NotApplicable, 0)
				w.states("a", "2016-Q2", ChannelWeb, NotRequested, 0)
			},
			map[string]Count{"2016-03": {State: NotApplicable}, "2016-Q2": {State: NotRequested}},
		},
		"sub-periods that tile it": {
			func(w *world) {
				w.states("a", "2016-Q1", ChannelWeb, Reported, 100)
				w.states("a", "2016-04", ChannelWeb, Reported, 10)
				w.uses("moi", "a", "2016-05", ChannelWeb, 7)
				w.states("a", "2016-06", ChannelWeb, Reported, 3)
				w.states("a", "2016-07-01/2016-12-31", ChannelWeb, Reported, 1000)
			},
			map[string]Count{"2016-Q2": CountOf(20), "2016-01-01/2016-06-30": CountOf(120), "2016": missing},
		},
		"a part that doesn't apply adds nothing": {
			func(w *world) {
				w.states("a", "2016-01", ChannelWeb, NotApplicable, 0)
				w.states("a", "2016-02", ChannelWeb, Reported, 2)
				w.states("a", "2016-03", ChannelWeb, Reported, 3)
			},
			map[string]Count{"2016-Q1": CountOf(5)},
		},
		"all parts in one state": {
			func(w *world) {
				for _, m := range []string{"2016-01", "2016-02", "2016-03"} {
					w.states("a", m, ChannelWeb, NotApplicable, 0)
				}
			},
			map[string]Count{"2016-Q1": {State: NotApplicable}},
		},
		"a part that was not asked for leaves it open": {
			func(w *world) {
				w.states("a", "2016-01", ChannelWeb, NotRequested, 0)
				w.states("a", "2016-02", ChannelWeb, Reported, 2)
				w.states("a", "2016-03", ChannelWeb, Reported, 3)
			},
			map[string]Count{"2016-Q1": missing},
		},
		"events in every month": {
			func(w *world) {
				w.uses("moi", "a", "2016-01", ChannelWeb, 4)
				w.uses("moi", "a", "2016-02", ChannelMobile, 5)
				w.uses("moi", "a", "2016-03", ChannelWeb, 6)
			},
			map[string]Count{"2016-02": CountOf(0), "2016-Q1": CountOf(10), "2016-Q2": missing, "2016": missing},
		},
		"a coarser statement is never split": {
			func(w *world) { w.states("a", "2016-Q1", ChannelWeb, Reported, 90) },
			map[string]Count{"2016-01": missing, "2016-Q1": CountOf(90), "2016-02-15": missing},
		},
		"an interval answers only to itself": {
			func(w *world) { w.states("a", "2016-01-01/2016-03-31", ChannelWeb, Reported, 90) },
			map[string]Count{"2016-01-01/2016-03-31": CountOf(90), "2016-Q1": missing},
		},
		"days": {
			func(w *world) {
				w.uses("moi", "a", "2016-03", ChannelWeb, 12)
				w.daily("a", "2016-03-01", 5)
				w.daily("a", "2016-03-04", 7)
				w.daily("b", "2016-03-02", 1)
				w.states("a", "2016-03-05", ChannelWeb, Reported, 2)
			},
			map[string]Count{
				"2016-03-01": CountOf(5), "2016-03-02": CountOf(0), // the entity had an event of another service
				"2016-03-03": missing, "2016-03-05": CountOf(2), "2016-03-01/2016-03-04": CountOf(12), "2016-03": CountOf(12),
			},
		},
		"statements of all days make the month": {
			func(w *world) {
				for d := day("2016-02-01"); d <= day("2016-02-29"); d++ {
					w.states("a", d.String(), ChannelWeb, Reported, 2)
				}
				w.states("a", "2016-03-01", ChannelWeb, Reported, 2)
			},
			map[string]Count{"2016-02": CountOf(58), "2016-03": missing},
		},
		"a row that a rollup took back": {
			func(w *world) {
				w.use.Months = append(w.use.Months, EventSum{Entity: "moi", Service: "a", Period: period("2016-03"), Channel: ChannelWeb, Stage: StageComplete})
			},
			map[string]Count{"2016-03": missing},
		},
	} {
		w := newWorld(t)
		test.facts(w)
		b := NewBook(w.use)
		for p, want := range test.want {
			if got := value(b, p); got != want {
				t.Errorf("%s: %s is %v, want %v", name, p, got, want)
			}
		}
	}
}

// What is none of the measures or channels is not known, and ratings have no events.
func TestUnknownLines(t *testing.T) {
	w := newWorld(t)
	w.uses("moi", "a", "2016-03", ChannelWeb, 4)
	w.use.Months = append(w.use.Months, EventSum{Entity: "moi", Service: "a", Period: period("2016-03"), Channel: ChannelWeb, Stage: StageAbandon, Events: 1, Uses: 1})
	w.use.Statements = append(w.use.Statements, Statement{Service: "a", Channel: "pigeon", Measure: MeasureCompleted, Period: period("2016-03"), State: Reported, Value: 3})
	b := NewBook(w.use)
	for name, got := range map[string]Count{
		"another service": b.Value("z", ChannelWeb, MeasureCompleted, period("2016-03")),
		"no channel":      b.Value("a", "pigeon", MeasureCompleted, period("2016-03")),
		"no measure":      b.Value("a", ChannelWeb, "hopes", period("2016-03")),
		"ratings":         b.Value("a", ChannelWeb, MeasureRatingSum, period("2016-03")),
	} {
		if got.State != NotProvided {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := b.Value("a", ChannelWeb, MeasureViews, period("2016-03")); got != CountOf(0) {
		t.Errorf("views beside other events are %v, want 0", got)
	}
}

// The order in which sums and statements come changes nothing, even for two of one instant.
func TestOrderOfUseChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	w := newWorld(t)
	for i := range 200 {
		entity := []string{"moi", "moc"}[random.IntN(2)]
		service, m := fmt.Sprintf("s%d", random.IntN(5)), month("2016-01")+Month(random.IntN(12))
		w.uses(entity, service, m.String(), Channels()[random.IntN(8)], int64(random.IntN(50)))
		s := w.states(service, m.String(), Channels()[random.IntN(8)], States()[random.IntN(4)], int64(random.IntN(50)))
		s.Entity, s.RecordedAt = entity, noon(day("2017-01-01")).Add(time.Duration(random.IntN(3)))
		s.EventID = fmt.Sprintf("e%d", i%7)
	}
	want := NewBook(w.use)
	for range 5 {
		random.Shuffle(len(w.use.Months), func(i, j int) { w.use.Months[i], w.use.Months[j] = w.use.Months[j], w.use.Months[i] })
		random.Shuffle(len(w.use.Statements), func(i, j int) { w.use.Statements[i], w.use.Statements[j] = w.use.Statements[j], w.use.Statements[i] })
		got := NewBook(w.use)
		for s := range 5 {
			for _, c := range Channels() {
				for _, p := range []string{"2016-03", "2016-Q2", "2016"} {
					service := fmt.Sprintf("s%d", s)
					if a, b := want.Value(service, c, MeasureCompleted, period(p)), got.Value(service, c, MeasureCompleted, period(p)); a != b {
						t.Fatalf("%s on %s in %s is %v or %v", service, c, p, a, b)
					}
				}
			}
		}
	}
}
