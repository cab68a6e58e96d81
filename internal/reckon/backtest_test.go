package reckon_test

import (
	"testing"
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
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
