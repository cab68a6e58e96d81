package forecast

import (
	"cmp"
	"math"
	"slices"

	"mirsad/internal/civil"
)

// Scale is by how much the pool's bands are widened or narrowed about the median.
type Scale struct {
	Band80, Band50 float64
	// Widened says that the 80 % bands given so far held too seldom, so that the scale is wide enough for four in five
	// of all that came.
	Widened bool
}

// The newest errors say most; the scores of a calibrated forecast weigh in as if so many had been seen. The scale keeps
// within bounds.
const (
	scaleHalves    = 12
	leastScale     = .7
	mostScale      = 3
	quartileNormal = .6745 // of the standard normal distribution
	decileNormal   = 1.2816
)

// calibrated are the scores of ten calibrated forecasts: the tenths of the distance of a normal variable from its mean.
var calibrated = [...]float64{
	.1257, .2533, .3853, .5244, quartileNormal, .8416, 1.0364, decileNormal, 1.6449, 2.2414,
}

// weighted is a distance with its weight.
type weighted struct{ distance, weight float64 }

// ScaleAt is the conformal scale of a month: quantiles of the realised errors in half-widths, pooled over horizons
// (split conformal prediction, Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005; weighted, as
// Barber, Candès, Ramdas and Tibshirani, Annals of Statistics 51, 2023).
func (t *Track) ScaleAt(on civil.Month) Scale {
	list := make([]weighted, 0, len(calibrated)+len(t.trialsOrNone()))
	for _, z := range calibrated {
		list = append(list, weighted{z / decileNormal, 1})
	}
	for i := range t.trialsOrNone() {
		if tried := &t.trials[i]; tried.came <= on {
			w := math.Exp2(-float64(on-tried.came)/scaleHalves) / float64(tried.months)
			list = append(list, weighted{tried.distance, w})
		}
	}
	s := Scale{
		Band80: within(quantileOf(list, .8)),
		Band50: within(quantileOf(list, .5) * decileNormal / quartileNormal),
	}
	if t.failing(on) {
		s.Widened = true
		s.Band80 = max(s.Band80, t.widest(on))
	}
	return s
}

func within(scale float64) float64 { return min(max(scale, leastScale), mostScale) }

// quantileOf is the smallest distance that at least a share of the weight does not exceed.
func quantileOf(list []weighted, share float64) float64 {
	slices.SortFunc(list, func(a, b weighted) int { return cmp.Compare(a.distance, b.distance) })
	total := 0.0
	for _, each := range list {
		total += each.weight
	}
	seen := 0.0
	for _, each := range list {
		seen += each.weight
		if seen >= share*total-1e-9 {
			return each.distance
		}
	}
	return list[len(list)-1].distance
}

// What the bands have to have held, of so many at least, not to be widened.
const (
	leastHeld   = .6
	leastTrials = 12
)

// Horizons are the months ahead that a back-test reports.
func Horizons() []int { return []int{1, 3, 6, 12} }

// reported says whether a back-test reports the trial, and it has come true by a month.
func (tried *trial) reported(on civil.Month) bool {
	return tried.came <= on && slices.Contains(Horizons(), tried.months)
}

// failing reports whether the 80 % bands given until a month held too seldom to be called that.
func (t *Track) failing(on civil.Month) bool {
	n, held := 0, 0
	for i := range t.trialsOrNone() {
		if t.trials[i].reported(on) {
			n++
			if t.trials[i].held {
				held++
			}
		}
	}
	return n >= leastTrials && float64(held) < leastHeld*float64(n)
}

// widest is the scale with which the bands would have held four in five of all that came.
func (t *Track) widest(on civil.Month) float64 {
	var list []weighted
	for i := range t.trials {
		if t.trials[i].reported(on) {
			list = append(list, weighted{t.trials[i].distance, 1})
		}
	}
	return quantileOf(list, min(1, .8*(1+1/float64(len(list)))))
}
