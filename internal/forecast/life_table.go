package forecast

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"mirsad/internal/civil"
)

// ages are the bins of months since the planned month, between which the readiness of a milestone differs.
const ages = 12

// lastAges holds the last month of each bin but the open one.
var lastAges = [ages - 1]civil.Month{-5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 14}

// startShares are the shares of open milestones that count in a month, by age, before there is experience; as if so
// many had been seen.
var startShares = [ages]float64{.003, .02, .06, .12, .3, .35, .3, .25, .2, .15, .1, .05}

const startExposure = 4

// Experience goes back so many months; the newest weighs most, and is drawn to all of it as if so many had been seen.
const (
	tableMonths   = 48
	tableHalves   = 6
	tableExposure = 6
)

// lifeTable is a period life table: how readily open milestones come to count, by age, from the exposure of recent
// calendar months (Preston, Heuveline and Guillot, Demography, 2001, chapter 3). A programme that slows down as a whole
// is seen in it at once, whatever was due when.
type lifeTable struct {
	hazard [ages]float64 // a month
	spread float64       // of the tempo, the ratio of what came to what the table expects
}

// ageBin finds the bin of an age in months.
func ageBin(age civil.Month) int {
	for i, last := range lastAges {
		if age <= last {
			return i
		}
	}
	return ages - 1
}

func lifeTableOf(r *Record) *lifeTable {
	var events, exposure, allEvents, allExposure [ages]float64
	last := r.last()
	first := max(r.First, last-tableMonths+1)
	r.eachAtRisk(first, func(t civil.Month, age int, counted bool) {
		w := math.Exp2(-float64(last-t) / tableHalves)
		exposure[age] += w
		allExposure[age]++
		if counted {
			events[age] += w
			allEvents[age]++
		}
	})
	l := &lifeTable{}
	for age := range ages {
		base := (allEvents[age] + startExposure*startShares[age]) / (allExposure[age] + startExposure)
		share := (events[age] + tableExposure*base) / (exposure[age] + tableExposure)
		l.hazard[age] = max(1e-6, -math.Log1p(-min(share, .97)))
	}
	l.spread = l.tempoSpread(r)
	return l
}

// eachAtRisk visits each month of each milestone that was planned and open, from a month on.
func (r *Record) eachAtRisk(first civil.Month, visit func(t civil.Month, age int, counted bool)) {
	last := r.last()
	for i := range r.Units {
		u := &r.Units[i]
		for t := max(first, u.Approved); t <= last && u.atRisk(t); t++ {
			visit(t, ageBin(t-u.Planned), t == u.Counted)
		}
	}
}

// The tempo is looked at over so many months that expect anything; its spread is drawn to a prior.
const (
	tempoMonths = 18
	leastTempos = 3
	tempoPrior  = 6
	tempoSpread = .3
	firstSpread = .35
)

// tempoSpread is the spread of the months' tempo beyond chance, by moments.
func (l *lifeTable) tempoSpread(r *Record) float64 {
	var expected, came [tempoMonths]float64
	last := r.last()
	r.eachAtRisk(max(r.First, last-tempoMonths+1), func(t civil.Month, age int, counted bool) {
		expected[last-t] -= math.Expm1(-l.hazard[age])
		if counted {
			came[last-t]++
		}
	})
	var months, weight, squares float64
	for i, e := range expected {
		if e >= 1 {
			ratio := came[i] / e
			months++
			weight += e
			squares += e * (ratio - 1) * (ratio - 1)
		}
	}
	if months < leastTempos {
		return firstSpread
	}
	variance := max(0, squares/weight-months/weight) // the mean of 1 ÷ e, weighted by e, is months ÷ weight
	return math.Sqrt((months*variance + tempoPrior*tempoSpread*tempoSpread) / (months + tempoPrior))
}

// The tempo of a future is a level and a first-order autoregression beside it, in shares of its spread.
const (
	tempoLevel   = .5
	tempoAround  = .8
	tempoCarries = .6
)

// peers are open milestones of one planned month.
type peers struct {
	planned civil.Month
	open    int
}

// peersOf groups the open milestones by the month for which they are planned, as a scenario moves it.
func peersOf(open []Milestone) []peers {
	counts := map[civil.Month]int{}
	for i := range open {
		counts[open[i].Planned.AddDays(open[i].Shift).Month()]++
	}
	groups := make([]peers, 0, len(counts))
	for planned, n := range counts {
		groups = append(groups, peers{planned, n})
	}
	slices.SortFunc(groups, func(a, b peers) int { return cmp.Compare(a.planned, b.planned) })
	return groups
}

// drawAges draws futures in which each open milestone comes to count as readily as its age lets expect, times the
// tempo that all share.
func (in *Input) drawAges(draws int, seed uint64) futures {
	table, groups, steps := lifeTableOf(&in.Record), peersOf(in.Open), in.steps()
	chance := chanceOf(seed, ageSalt)
	around := tempoAround * table.spread
	spreads := tempoLevel*tempoLevel + 1
	centre := table.spread * table.spread * spreads / 4
	f := newFutures(len(steps), draws)
	left := make([]int, len(groups))
	for draw := range draws {
		for i := range groups {
			left[i] = groups[i].open
		}
		level, x := tempoLevel*table.spread*chance.NormFloat64(), around*chance.NormFloat64()
		var sum float64
		for i, s := range steps {
			x = tempoCarries*x + math.Sqrt(1-tempoCarries*tempoCarries)*around*chance.NormFloat64()
			tempo := s.part * math.Exp(level+x-centre)
			for j := range groups {
				if left[j] == 0 {
					continue
				}
				share := -math.Expm1(-table.hazard[ageBin(s.month-groups[j].planned)] * tempo)
				came := distuv.Binomial{N: float64(left[j]), P: share, Src: chance}.Rand()
				left[j] -= int(came)
				sum += came
			}
			f[i][draw] = int32(sum)
		}
	}
	return f
}
