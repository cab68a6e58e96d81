package reckon_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
	"mirsad/internal/reckon/reckontest"
)

// A back-test stands where one stood then: the counts it starts from and compares with are those of figures computed
// from what was recorded by the end of each day.
func TestBacktestUsesWhatWasKnownThen(t *testing.T) {
	g := generate(t, 140)
	b := g.endOf().Backtest(civiltest.Day("2016-12-31"))
	if len(b.Points) == 0 {
		t.Fatal("no points")
	}
	step := 7
	if testing.Short() {
		step = 35
	}
	asAt := map[civil.Month]*reckon.Knowledge{}
	for i := range b.Points {
		p := &b.Points[i]
		if i%step != 0 {
			continue
		}
		if asAt[p.Month] == nil {
			asAt[p.Month] = g.Knowing(catalogue.Knowing{AsAt: p.Month.Last().AddDays(1).Time().Add(-time.Nanosecond)})
		}
		on := p.Month.Last()
		if counted := asAt[p.Month].Figures(on).Verified.Counted; counted != p.Counted || !p.AsKnownThen {
			t.Errorf("%v: compared with %d, known then %d (%v)", p.Month, p.Counted, counted, p.AsKnownThen)
		}
	}
}

// What is forecast for a past month end is what was forecast then, but for the number of draws: nothing looks ahead.
func TestBacktestForecastsAsThen(t *testing.T) {
	g := generate(t, 141)
	b := g.endOf().Backtest(civiltest.Day("2016-12-31"))
	for i := range b.Points {
		p := &b.Points[i]
		if p.Horizon != 6 || i%9 != 0 {
			continue
		}
		then := g.Knowing(catalogue.Knowing{AsAt: p.From.Last().AddDays(1).Time().Add(-time.Nanosecond)}).Figures(p.From.Last())
		series := then.Verified.Series
		if at := int(p.Month - series[0].Month); at < len(series) {
			if said := series[at].Forecast.P50.Value; said < p.P50.Value-4 || said > p.P50.Value+4 {
				t.Errorf("standing at %v for %v: said %d then, %d by the back-test", p.From, p.Month, said, p.P50.Value)
			}
		}
	}
}

// Where everything was recorded afterwards nobody can say what was known when: what was in effect is used, and said so.
func TestBacktestOfImportedHistory(t *testing.T) {
	g := generate(t, 142)
	for i := range g.Facts.Streams {
		g.Facts.Streams[i].RecordedAt = civiltest.Noon(civiltest.Day("2017-02-01"))
	}
	for i := range g.Facts.Rollouts {
		g.Facts.Rollouts[i].RecordedAt = civiltest.Noon(civiltest.Day("2017-02-01"))
	}
	b := g.endOf().Backtest(civiltest.Day("2016-12-31"))
	if len(b.Points) == 0 || b.Points[0].AsKnownThen || !b.Within80.Known() {
		t.Errorf("%d points, the first %+v", len(b.Points), b.Points[:min(1, len(b.Points))])
	}
}

// A month is forecast from the first with twelve finished milestones on, as far ahead as months have ended since.
func TestABacktestBeginsWithTwelveFinishedMilestones(t *testing.T) {
	for finished, want := range map[int][4]int{11: {}, 12: {22, 20, 17, 11}, 13: {22, 20, 17, 11}} {
		w := reckontest.New(t)
		w.Entity("moi")
		var milestones []programme.Milestone
		for i := range finished {
			code := fmt.Sprintf("s%02d", i)
			w.Live(code, "2014-02-10", programme.LevelInformative)
			milestones = append(milestones, reckontest.Milestone(code, "2014-02-05"))
		}
		w.Plan("moi", "2014-01-10", milestones...)
		b := w.Knowledge().Backtest(civiltest.Day("2015-12-31"))
		for i, months := range forecast.Horizons() {
			if got := b.Horizons[i]; got.Months != months || got.Points != want[i] {
				t.Errorf("%d finished: %d points %d months ahead, want %d %d ahead", finished, got.Points, got.Months, want[i], months)
			}
		}
		if len(b.Points) > 0 && b.Points[0].From != civiltest.Month("2014-02") {
			t.Errorf("%d finished: the first forecast is from %v", finished, b.Points[0].From)
		}
	}
}

// A count on the edge of a band is inside it.
func TestABandHoldsOnItsEdges(t *testing.T) {
	b := generate(t, 141).endOf().Backtest(civiltest.Day("2016-12-31"))
	type sums struct{ points, in50, in80, below, above int }
	all, byMonths, edges := sums{}, map[int]sums{}, [4]int{}
	for i := range b.Points {
		p := &b.Points[i]
		n, held := int64(p.Counted), byMonths[p.Horizon]
		in50, in80 := p.P25.Value <= n && n <= p.P75.Value, p.P10.Value <= n && n <= p.P90.Value
		if p.Within50 != in50 || p.Within80 != in80 {
			t.Errorf("%d of %d–%d and %d–%d: inside %v and %v", n, p.P25.Value, p.P75.Value, p.P10.Value, p.P90.Value, p.Within50, p.Within80)
		}
		for edge, value := range []programme.Count{p.P10, p.P25, p.P75, p.P90} {
			if value.Value == n && p.P10.Value < p.P25.Value && p.P75.Value < p.P90.Value {
				edges[edge]++
			}
		}
		if all.points++; in50 {
			all.in50++
			held.in50++
		}
		switch held.points++; {
		case in80:
			all.in80++
			held.in80++
		case n < p.P10.Value:
			held.below++
		default:
			held.above++
		}
		byMonths[p.Horizon] = held
	}
	if slices.Contains(edges[:], 0) {
		t.Errorf("no count is on one of the edges: %v", edges)
	}
	for _, h := range b.Horizons {
		held := byMonths[h.Months]
		if h.Points != held.points || h.Below != held.below || h.Above != held.above ||
			h.Within50 != programme.RatioOf(float64(held.in50), float64(held.points)) ||
			h.Within80 != programme.RatioOf(float64(held.in80), float64(held.points)) {
			t.Errorf("%d months ahead %+v, want %+v", h.Months, h, held)
		}
	}
	if b.Within50 != programme.RatioOf(float64(all.in50), float64(all.points)) ||
		b.Within80 != programme.RatioOf(float64(all.in80), float64(all.points)) {
		t.Errorf("in all %v and %v, want %+v", b.Within50, b.Within80, all)
	}
}

// A back-test is made anew when something of what is known then changes, whatever is recorded later.
func TestTheKeyOfABacktestNamesWhatIsKnown(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Live("a", "2014-02-10", programme.LevelInformative)
	key := func() figures.BacktestKey { return w.AsAt("2015-06-30").BacktestKey(civiltest.Day("2015-06-30")) }
	before := key()
	if again := key(); again != before {
		t.Errorf("the same is named %s and %s", before, again)
	}
	w.Plan("moi", "2015-07-01", reckontest.Milestone("b", "2015-09-01"))
	w.Rollout("a", programme.ActionUpgrade, "2015-07-01", programme.LevelInteractive)
	if later := key(); later != before {
		t.Errorf("what was recorded later changes %s to %s", before, later)
	}
	w.Rollout("a", programme.ActionUpgrade, "2015-06-30", programme.LevelInteractive)
	rollout := key()
	w.Plan("moi", "2015-06-30", reckontest.Milestone("b", "2015-09-01"))
	if plan := key(); rollout == before || plan == rollout || plan == before {
		t.Errorf("%s, with a rollout %s, with a plan %s", before, rollout, plan)
	}
	if next := w.AsAt("2015-06-30").BacktestKey(civiltest.Day("2015-05-31")); next == key() {
		t.Errorf("the month before has the same key %s", next)
	}
}

// Without history there is nothing to test, and no coverage.
func TestBacktestWithoutHistory(t *testing.T) {
	b := reckontest.New(t).Knowledge().Backtest(civiltest.Day("2016-12-31"))
	if len(b.Points) != 0 || b.Within80.Known() || len(b.Horizons) != 4 || b.Horizons[0].Within50.Known() {
		t.Errorf("%+v", b)
	}
}

func BenchmarkBacktest(b *testing.B) {
	t := &testing.T{}
	k := generate(t, 143).endOf()
	for b.Loop() {
		k.Backtest(civiltest.Day("2016-12-31"))
	}
}
