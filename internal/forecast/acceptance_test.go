package forecast

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"

	"mirsad/internal/civil"
)

// score sums up how forecasts so many months ahead did.
type score struct {
	n, held, below, above         int
	err, width, interval, pinball float64
}

func (s *score) add(b Bands, came int) {
	y := float64(came)
	low, high := float64(b.P10.Value), float64(b.P90.Value)
	s.n++
	switch {
	case y < low:
		s.below++
	case y > high:
		s.above++
	default:
		s.held++
	}
	s.err += y - float64(b.P50.Value)
	s.width += (high - low) / 2
	// The interval score of an 80 % band, and the CRPS from the five percentiles (Gneiting and Raftery, 2007).
	s.interval += high - low + 10*max(0, low-y) + 10*max(0, y-high)
	for share, q := range map[float64]int64{.1: b.P10.Value, .25: b.P25.Value, .5: b.P50.Value, .75: b.P75.Value, .9: b.P90.Value} {
		s.pinball += 2. / 5 * max(share*(y-float64(q)), (share-1)*(y-float64(q)))
	}
}

func (s *score) join(o *score) {
	s.n, s.held, s.below, s.above = s.n+o.n, s.held+o.held, s.below+o.below, s.above+o.above
	s.err, s.width, s.interval, s.pinball = s.err+o.err, s.width+o.width, s.interval+o.interval, s.pinball+o.pinball
}

func (s *score) String() string {
	n := float64(s.n)
	return fmt.Sprintf("n %4d held %.3f (%d below, %d above) mean error %+6.1f of half-width %5.1f interval score %6.1f CRPS %6.2f",
		s.n, float64(s.held)/n, s.below, s.above, s.err/n, s.width/n, s.interval/n, s.pinball/n)
}

// scores are by horizon; 0 is all.
type scores map[int]*score

func (s scores) at(h int) *score {
	if s[h] == nil {
		s[h] = &score{}
	}
	return s[h]
}

// judge back-tests a programme by the pool and by the method before it, delays of milestones alone.
func judge(p *made, pool, old scores) {
	track := &Track{}
	for m := p.first; m < p.first+madeMonths-1; m++ {
		in := p.inputAt(m)
		if in.Finished < 12 {
			continue
		}
		came := make([]int, len(in.Points))
		for i := range came {
			came[i] = p.countedAt(m + 1 + civil.Month(i))
		}
		sample := track.Try(in, uint64(m), came)
		then := before(in, TrialDraws, uint64(m))
		for _, h := range Horizons() {
			if h <= len(came) {
				pool.at(h).add(sample.Bands(h-1), came[h-1])
				old.at(h).add(then.Bands(h-1), came[h-1])
			}
		}
	}
}

func TestBandsHoldOverMadeProgrammes(t *testing.T) {
	from, seeds := 201, 2
	if text := os.Getenv("FORECAST_FROM"); text != "" {
		from, _ = strconv.Atoi(text)
		seeds, _ = strconv.Atoi(os.Getenv("FORECAST_SEEDS"))
	}
	all, allBefore := scores{}, scores{}
	for _, kind := range kindNames() {
		pool, before := scores{}, scores{}
		for seed := from; seed < from+seeds; seed++ {
			judge(make3years(kind, uint64(seed)), pool, before)
		}
		for _, h := range Horizons() {
			t.Logf("%-7s %2d before: %v", kind, h, before.at(h))
			t.Logf("%-7s %2d pool:   %v", kind, h, pool.at(h))
			all.at(h).join(pool.at(h))
			allBefore.at(h).join(before.at(h))
		}
	}
	for _, h := range Horizons() {
		t.Logf("all %2d before: %v", h, allBefore.at(h))
		t.Logf("all %2d pool:   %v  |error| ÷ half-width %.2f", h, all.at(h), math.Abs(all.at(h).err)/all.at(h).width)
		all.at(0).join(all.at(h))
		allBefore.at(0).join(allBefore.at(h))
	}
	t.Logf("all before: %v", allBefore.at(0))
	t.Logf("all pool:   %v", all.at(0))
}
