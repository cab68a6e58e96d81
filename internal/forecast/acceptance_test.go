package forecast

import (
	"fmt"
	"math"
	"os"
	"testing"

	"mirsad/internal/civil"
)

// score sums up how forecasts so many months ahead did.
type score struct {
	n, held, half, below, above   int
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
	if float64(b.P25.Value) <= y && y <= float64(b.P75.Value) {
		s.half++
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
	s.n, s.held, s.half, s.below, s.above = s.n+o.n, s.held+o.held, s.half+o.half, s.below+o.below, s.above+o.above
	s.err, s.width, s.interval, s.pinball = s.err+o.err, s.width+o.width, s.interval+o.interval, s.pinball+o.pinball
}

func (s *score) String() string {
	n := float64(s.n)
	return fmt.Sprintf(
		"%4d points, held %.3f and %.3f (%d below, %d above), mean error %+6.1f of half-width %5.1f, interval score %6.1f, CRPS %6.2f",
		s.n,
		float64(s.held)/n,
		float64(s.half)/n,
		s.below,
		s.above,
		s.err/n,
		s.width/n,
		s.interval/n,
		s.pinball/n,
	)
}

// scores are by months ahead; 0 is all.
type scores map[int]*score

func (s scores) at(h int) *score {
	if s[h] == nil {
		s[h] = &score{}
	}
	return s[h]
}

func (s scores) join(o scores) {
	for h := range o {
		s.at(h).join(o[h])
	}
}

func (s scores) log(t *testing.T, name string) {
	t.Helper()
	for _, h := range append(Horizons(), 0) {
		t.Logf("%-14s %2d months: %v", name, h, s.at(h))
	}
}

// judge back-tests a programme by the pool, and by the method before it.
func judge(p *made) (pooled, old scores) {
	pooled, old = scores{}, scores{}
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
		sample, then := track.Try(in, uint64(m), came), before(in, TrialDraws, uint64(m))
		for _, h := range Horizons() {
			if h <= len(came) {
				for _, each := range []int{h, 0} {
					pooled.at(each).add(sample.Bands(h-1), came[h-1])
					old.at(each).add(then.Bands(h-1), came[h-1])
				}
			}
		}
	}
	return pooled, old
}

// The 80 % band holds 0.7 to 0.9 of the points at each horizon over made programmes of three kinds, the median is off by
// less than a quarter of the half-width in the mean, and the scores are no worse than those of the method before the
// pool. The method was chosen on the seeds 1 to 12 of each kind, beside the sample and 201 to 212; 301 to 312 were first
// looked at when nothing was changed any more. SOAK=1 tries all of these.
func TestBandsHoldOverMadeProgrammes(t *testing.T) {
	const first = 301
	seeds, least, most, worse, off := uint64(4), .65, .95, 1.1, .35 // few programmes say less
	if os.Getenv("SOAK") != "" {
		seeds, least, most, worse, off = 12, .7, .9, 1, .25
	}
	pooled, old := scores{}, scores{}
	for _, kind := range kindNames() {
		kindPooled, kindOld := scores{}, scores{}
		for seed := uint64(first); seed < first+seeds; seed++ {
			now, then := judge(make3years(kind, seed))
			kindPooled.join(now)
			kindOld.join(then)
		}
		kindOld.log(t, kind+", before")
		kindPooled.log(t, kind+", pool")
		pooled.join(kindPooled)
		old.join(kindOld)
	}
	old.log(t, "all, before")
	pooled.log(t, "all, pool")
	for _, h := range Horizons() {
		s := pooled[h]
		if held := float64(s.held) / float64(s.n); held < least || held > most {
			t.Errorf("%d months ahead the 80 %% band held %.3f, want %v to %v", h, held, least, most)
		}
		if math.Abs(s.err) >= off*s.width {
			t.Errorf("%d months ahead the mean error is %.1f, the half-width %.1f", h, s.err/float64(s.n), s.width/float64(s.n))
		}
	}
	if pooled[0].interval > worse*old[0].interval || pooled[0].pinball > worse*old[0].pinball {
		t.Errorf("the pool scores %v, the method before it %v", pooled[0], old[0])
	}
}
