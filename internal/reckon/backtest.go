package reckon

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// The months on for which a past month end is forecast.
func backtestHorizons() []int { return []int{3, 6, 12} }

// backtestDraws is how many futures are drawn for each past month end: enough for percentiles of a back-test.
const backtestDraws = 250

// Backtest goes back to the end of each past month with what was known then, forecasts the verified count 3, 6 and 12
// months on, and compares with what came (docs/rules.md#back-test). Months with too little history have no points.
func (k *Knowledge) Backtest(on civil.Date) *figures.Backtest {
	r := &reckoning{Knowledge: k, on: on, settings: k.SettingsOn(on)}
	r.now = k.takeCensus(on, r.settings)
	r.series = &progressSeries{
		r:        r,
		tallies:  map[civil.Month][figures.BasisCount]tally{},
		entities: map[civil.Month][]programme.ByLevel{},
		lastYear: map[civil.Month]*census{},
	}
	return r.backtest(r.readHistories(), backtestDraws)
}

// BacktestKey names everything that the back-test of a date rests on.
func (k *Knowledge) BacktestKey(on civil.Date) figures.BacktestKey {
	return figures.BacktestKey(fmt.Sprintf("%016x to %s", k.digest, k.LastEnded(on)))
}

// digestOf names a set of facts in any order.
func digestOf(facts programme.Facts, until time.Time) uint64 {
	var sum uint64
	add := func(parts ...string) {
		h := fnv.New64a()
		for _, part := range parts {
			_, _ = h.Write([]byte(part)) // a hash takes everything
			_, _ = h.Write([]byte{0})
		}
		sum += h.Sum64()
	}
	for i := range facts.Streams {
		if f := &facts.Streams[i]; !programme.RecordedAfter(f.RecordedAt, until) {
			add(string(f.Family), f.Subject, strconv.FormatUint(uint64(f.Seq), 10), f.ID)
		}
	}
	for i := range facts.Rollouts {
		if r := &facts.Rollouts[i]; !programme.RecordedAfter(r.RecordedAt, until) {
			add(r.Entity, r.ID, r.RecordedAt.UTC().String())
		}
	}
	return sum
}

func (r *reckoning) backtest(h *histories, draws int) *figures.Backtest {
	b := &figures.Backtest{Points: []figures.BacktestPoint{}}
	last := r.LastEnded(r.on)
	first := max(r.settings.StartsOn.Month()-1, last-longestBacktest)
	counted := map[civil.Month]int{}
	for m := first; m <= last; m++ {
		unknown := r.unknownOn(h, m.Last(), h.knownOn(m.Last()), figures.Verified)
		counted[m] = r.series.countedAt(m, figures.Verified) - unknown
	}
	horizons := backtestHorizons()
	for m := first; m+civil.Month(horizons[0]) <= last; m++ { //nolint:gosec // months
		on := m.Last()
		known := h.knownOn(on)
		input := r.forecastInput(h, r.scheduleKnown(on, known, r.settings.Rule), on, known, figures.Verified)
		if input.Finished < leastFinished {
			continue
		}
		input.Counted = counted[m]
		for _, h := range horizons {
			if to := m + civil.Month(h); to <= last { //nolint:gosec // months
				input.Points = append(input.Points, to.Last())
			}
		}
		sample := input.Draw(draws, uint64(m)) //nolint:gosec // months are positive
		comparePoints(b, m, sample, horizons[:len(input.Points)], counted, known != civil.Never)
	}
	sumHolding(b)
	return b
}

// longestBacktest bounds how far back months are tested.
const longestBacktest = 120

// comparePoints notes each horizon's bands beside what was counted.
func comparePoints(
	b *figures.Backtest, from civil.Month, sample *forecast.Sample,
	horizons []int, counted map[civil.Month]int, then bool,
) {
	for i, h := range horizons {
		month := from + civil.Month(h) //nolint:gosec // months
		p := figures.BacktestPoint{From: from, Horizon: h, Month: month, Bands: sample.Bands(i), AsKnownThen: then}
		p.Counted = counted[p.Month]
		n := int64(p.Counted)
		p.Within50 = p.P25.Value <= n && n <= p.P75.Value
		p.Within80 = p.P10.Value <= n && n <= p.P90.Value
		b.Points = append(b.Points, p)
	}
}

// sumHolding counts how often the bands held, by horizon and in all.
func sumHolding(b *figures.Backtest) {
	var all holding
	b.Horizons = []figures.BacktestHorizon{}
	for _, h := range backtestHorizons() {
		var held holding
		for i := range b.Points {
			if b.Points[i].Horizon == h {
				held.add(&b.Points[i])
			}
		}
		all.join(held)
		b.Horizons = append(b.Horizons, figures.BacktestHorizon{
			Months:   h,
			Points:   held.points,
			Within50: held.share(held.in50),
			Within80: held.share(held.in80),
		})
	}
	b.Within50, b.Within80 = all.share(all.in50), all.share(all.in80)
}

// holding counts points and those inside the bands.
type holding struct{ points, in50, in80 int }

func (h *holding) add(p *figures.BacktestPoint) {
	h.points++
	if p.Within50 {
		h.in50++
	}
	if p.Within80 {
		h.in80++
	}
}

func (h *holding) join(other holding) {
	h.points, h.in50, h.in80 = h.points+other.points, h.in50+other.in50, h.in80+other.in80
}

func (h *holding) share(n int) programme.Ratio {
	return programme.RatioOf(float64(n), float64(h.points))
}
