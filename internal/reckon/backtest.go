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

// Backtest goes back to the end of each past month with what was known then, forecasts the verified count 1, 3, 6 and
// 12 months on, and compares with what came (docs/rules.md#back-test). Months with too little history have no points.
func (k *Knowledge) Backtest(on civil.Date) *figures.Backtest {
	r := &reckoning{Knowledge: k, on: on, settings: k.SettingsOn(on)}
	r.now = k.takeCensus(on, r.settings)
	r.series = r.noMonths()
	return r.backtest(r.readHistories())
}

// resultOf is the back-test as somebody else worked it out, or its own where nobody did.
func (r *reckoning) resultOf(tested figures.Tested) (*figures.Backtest, error) {
	if tested == nil {
		return r.Backtest(r.on), nil
	}
	return tested()
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
			_, _ = h.Write([]byte("\x00"))
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

func (r *reckoning) backtest(h *histories) *figures.Backtest {
	b := &figures.Backtest{Points: []figures.BacktestPoint{}, Track: &forecast.Track{}}
	last := r.LastEnded(r.on)
	counts := r.countsThen(h, figures.Verified)
	for m := r.firstOfRecord(last) - 1; m < last; m++ {
		known := h.knownOn(m.Last())
		s := r.scheduleKnown(m.Last(), known, r.settings.Rule)
		input := r.forecastInput(h, s, m.Last(), known, figures.Verified)
		if input.Finished < leastFinished {
			continue
		}
		input.Counted = counts[m]
		input.Record = r.recordUntil(m, h, s, counts, figures.Verified)
		var came []int
		for to := m + 1; to <= min(last, m+longestBacktest); to++ {
			input.Points = append(input.Points, to.Last())
			came = append(came, counts[to])
		}
		sample := b.Track.Try(input, uint64(m), came) //nolint:gosec // months are positive
		comparePoints(b, m, sample, came, known != civil.Never)
	}
	sumHolding(b)
	return b
}

// longestBacktest is how many months ahead a past month end is forecast.
const longestBacktest = 12

// comparePoints notes the bands of each horizon beside what was counted.
func comparePoints(b *figures.Backtest, from civil.Month, sample *forecast.Sample, came []int, then bool) {
	for _, h := range forecast.Horizons() {
		if h > len(came) {
			break
		}
		p := figures.BacktestPoint{
			From: from, Horizon: h, Month: from + civil.Month(h), //nolint:gosec // months
			Bands: sample.Bands(h - 1), Counted: came[h-1], AsKnownThen: then,
		}
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
	for _, h := range forecast.Horizons() {
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
			Below:    held.below,
			Above:    held.above,
			Within50: held.share(held.in50),
			Within80: held.share(held.in80),
		})
	}
	b.Within50, b.Within80 = all.share(all.in50), all.share(all.in80)
}

// holding counts points and those inside the bands.
type holding struct{ points, in50, in80, below, above int }

func (h *holding) add(p *figures.BacktestPoint) {
	h.points++
	if p.Within50 {
		h.in50++
	}
	switch n := int64(p.Counted); {
	case n < p.P10.Value:
		h.below++
	case n > p.P90.Value:
		h.above++
	default:
		h.in80++
	}
}

func (h *holding) join(other holding) {
	h.points, h.in50, h.in80 = h.points+other.points, h.in50+other.in50, h.in80+other.in80
}

func (h *holding) share(n int) programme.Ratio {
	return programme.RatioOf(float64(n), float64(h.points))
}
