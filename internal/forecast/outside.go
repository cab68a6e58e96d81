package forecast

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"mirsad/internal/civil"
)

// outsideMonths is how far back arrivals outside the plan and losses are looked at.
const outsideMonths = 18

// A rate without experience is a Gamma of these: so many arrivals, or losses, in so many months.
const (
	arrivalPrior, arrivalPriorMonths = .3, .6
	lossPrior, lossPriorMonths       = .5, 1
)

// outside is what counts although no plan had it so many months before, less what ceases to count: Gamma-Poisson (Gelman
// and others, Bayesian Data Analysis, 2013, section 2.6).
type outside struct {
	arrivals []rate // by lead: the first is for what no plan had a month before
	losses   rate
}

// rate is a Gamma distribution of a monthly number.
type rate struct{ shape, months float64 }

func (r rate) draw(chance *rand.Rand) float64 {
	return distuv.Gamma{Alpha: r.shape, Beta: r.months, Src: chance}.Rand()
}

// outsideOf counts what came outside the plan by lead, and what was lost.
func outsideOf(r *Record) *outside {
	last := r.last()
	months := int(last-r.First) + 1
	seen := min(outsideMonths, months)
	since := last - civil.Month(seen) + 1 //nolint:gosec // months
	o := &outside{losses: rate{float64(r.losses(since)) + lossPrior, float64(seen) + lossPriorMonths}}
	for lead := 1; lead <= max(1, (months-1)/2); lead++ {
		from := max(since, r.First+civil.Month(lead))
		arrivals := 0
		for i := range r.Units {
			u := &r.Units[i]
			if from <= u.Counted && u.Counted <= last && !u.foreseen(u.Counted-civil.Month(lead)) {
				arrivals++
			}
		}
		o.arrivals = append(o.arrivals, rate{
			float64(arrivals) + arrivalPrior, max(0, float64(last-from)+1) + arrivalPriorMonths,
		})
	}
	return o
}

// losses is by how much more units came to count from a month on than the count grew: what retired, or lost its level.
func (r *Record) losses(since civil.Month) int {
	if len(r.Counted) == 0 {
		return 0
	}
	lost, last := 0, r.last()
	for i := range r.Units {
		if since <= r.Units[i].Counted && r.Units[i].Counted <= last {
			lost++
		}
	}
	for t := since; t <= last; t++ {
		lost -= r.growth(t)
	}
	return max(0, lost)
}

// draw draws, for each point, what came outside the plan less what was lost until then.
func (o *outside) draw(steps []step, draws int, chance *rand.Rand) futures {
	f := newFutures(len(steps), draws)
	for draw := range draws {
		lost := o.losses.draw(chance)
		var sum, arriving float64
		for i, s := range steps {
			if i < len(o.arrivals) {
				arriving = o.arrivals[i].draw(chance)
			}
			sum += distuv.Poisson{Lambda: arriving * s.part, Src: chance}.Rand()
			sum -= distuv.Poisson{Lambda: lost * s.part, Src: chance}.Rand()
			f[i][draw] = int32(sum)
		}
	}
	return f
}
