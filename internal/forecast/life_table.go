package forecast

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"mirsad/internal/civil"
)

// ages are the bins of months since the planned month, between which the readiness of a milestone differs.
const ages = 12

// lastAges holds the last month of each bin but the open one.
var lastAges = [ages - 1]civil.Month{-5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 14}

// startShares are the shares of open milestones that come to count in a month, by age, before there is experience, as
// if so many had been seen.
var startShares = [ages]float64{.003, .02, .06, .12, .3, .35, .3, .25, .2, .15, .1, .05}

const startExposure = 4

// Experience goes back so many months; what is so many months old weighs half, and the newest is drawn to all of it as
// if so much had been seen.
const (
	tableMonths   = 48
	tableHalves   = 6
	tableExposure = 6
	mostShare     = .97
	leastHazard   = 1e-6
)

// lifeTable is a period life table: how readily open milestones come to count, by age, from the exposure of recent
// calendar months (Preston, Heuveline and Guillot, Demography, 2001, chapter 3). A programme that slows down as a whole
// is seen in it at once, whatever was due when.
type lifeTable struct {
	hazard [ages]float64 // a month
	tempo  float64       // the logarithm of what came lately to what the table lets expect
	spread float64       // of the tempo from month to month
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

// exposed is how many milestones were at risk for a month in each bin, and how many of them came to count.
type exposed struct{ months, events [ages]float64 }

func (e *exposed) add(age int, counted bool, weight float64) {
	e.months[age] += weight
	if counted {
		e.events[age] += weight
	}
}

func lifeTableOf(r *Record) *lifeTable {
	var recent, all exposed
	last := r.last()
	r.eachAtRisk(last-tableMonths+1, func(t civil.Month, age int, counted bool) {
		recent.add(age, counted, math.Exp2(-float64(last-t)/tableHalves))
		all.add(age, counted, 1)
	})
	l := &lifeTable{}
	for age := range ages {
		base := (all.events[age] + startExposure*startShares[age]) / (all.months[age] + startExposure)
		share := (recent.events[age] + tableExposure*base) / (recent.months[age] + tableExposure)
		l.hazard[age] = max(leastHazard, -math.Log1p(-min(share, mostShare)))
	}
	l.readTempo(r)
	return l
}

// eachAtRisk visits each month, from one on, of each milestone that was planned and open at its beginning.
func (r *Record) eachAtRisk(first civil.Month, visit func(t civil.Month, age int, counted bool)) {
	first = max(first, r.First)
	last := r.last()
	for i := range r.Units {
		u := &r.Units[i]
		for t := max(first, u.Approved); t <= last && u.atRisk(t); t++ {
			visit(t, ageBin(t-u.Planned), t == u.Counted)
		}
	}
}

// The tempo is the newest months' ratio of what came to what the table expects, drawn to 1 as if so many more had been
// expected and had come.
const (
	tempoHalves = 2
	tempoEvents = 4
)

// Its spread is looked at over so many months that expect anything, and drawn to a prior one as if so many months had
// been seen.
const (
	tempoMonths = 18
	leastTempos = 3
	priorTempos = 6
	priorSpread = .3
	firstSpread = .35
)

// readTempo reads the tempo, and its spread beyond chance by moments.
func (l *lifeTable) readTempo(r *Record) {
	var expected, came [tempoMonths]float64
	last := r.last()
	r.eachAtRisk(last-tempoMonths+1, func(t civil.Month, age int, counted bool) {
		expected[last-t] -= math.Expm1(-l.hazard[age])
		if counted {
			came[last-t]++
		}
	})
	var months, weight, squares float64
	recent, recentCame := float64(tempoEvents), float64(tempoEvents)
	for ago, e := range expected {
		w := math.Exp2(-float64(ago) / tempoHalves)
		recent += w * e
		recentCame += w * came[ago]
		if e >= 1 {
			ratio := came[ago] / e
			months++
			weight += e
			squares += e * (ratio - 1) * (ratio - 1)
		}
	}
	l.tempo, l.spread = math.Log(recentCame/recent), firstSpread
	if months >= leastTempos {
		variance := max(0, (squares-months)/weight)
		l.spread = math.Sqrt((months*variance + priorTempos*priorSpread*priorSpread) / (months + priorTempos))
	}
}

// The tempo of a future has a level of its own, and a first-order autoregression about it, in shares of the spread.
const (
	levelSpread  = .5
	aroundSpread = .8
	carried      = .6
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

// ageSampler is a life table made ready for the draws of one input.
type ageSampler struct {
	*lifeTable

	steps  []step
	groups []peers
	drops  float64 // see dropRate
	chance *rand.Rand
	left   []int // of each group, in the draw at hand
}

// drawAges draws futures in which each open milestone comes to count as readily as its age lets expect, times a tempo
// that all share, or is dropped before.
func (in *Input) drawAges(draws int, seed uint64) futures {
	s := &ageSampler{
		lifeTable: lifeTableOf(&in.Record), steps: in.steps(), groups: peersOf(in.Open),
		drops: in.Record.dropRate(), chance: chanceOf(seed, ageSalt),
	}
	s.left = make([]int, len(s.groups))
	f := newFutures(len(s.steps), draws)
	for draw := range draws {
		for i := range s.groups {
			s.left[i] = s.groups[i].open
		}
		level := s.tempo + levelSpread*s.spread*s.chance.NormFloat64()
		around := aroundSpread * s.spread * s.chance.NormFloat64()
		sum := 0
		for i := range s.steps {
			around = carried*around + math.Sqrt(1-carried*carried)*aroundSpread*s.spread*s.chance.NormFloat64()
			// Half the variance of the level and of a fourth of the rest keeps the mean tempo near its level.
			sum += s.pass(&s.steps[i], math.Exp(level+around-.3125*s.spread*s.spread))
			f[i][draw] = int32(sum) //nolint:gosec // a programme has a few thousand services
		}
	}
	return f
}

// pass lets a step of time pass, and returns how many milestones came to count in it.
func (s *ageSampler) pass(now *step, tempo float64) int {
	sum := 0
	for i := range s.groups {
		if s.left[i] == 0 {
			continue
		}
		hazard := s.hazard[ageBin(now.month-s.groups[i].planned)] * tempo
		gone := s.some(s.left[i], (hazard+s.drops)*now.part)
		s.left[i] -= gone
		if s.drops > 0 && gone > 0 {
			gone -= s.some(gone, math.Log1p(s.drops/hazard)) // a share of drops ÷ (hazard + drops)
		}
		sum += gone
	}
	return sum
}

// inverted is up to which expected number a binomial number is found by inversion.
const inverted = 30

// some draws how many of n an event happens to that has a hazard: a binomial number, by inversion (Kachitvichyanukul
// and Schmeiser, Binomial random variate generation, Communications of the ACM 31, 1988, algorithm BINV), which is
// quickest where few are expected.
func (s *ageSampler) some(n int, hazard float64) int {
	if float64(n)*hazard > inverted {
		return int(distuv.Binomial{N: float64(n), P: -math.Expm1(-hazard), Src: s.chance}.Rand())
	}
	chance, left := math.Exp(-hazard*float64(n)), s.chance.Float64()
	if left < chance {
		return 0
	}
	odds := math.Expm1(hazard)
	for k := range n {
		left -= chance
		chance *= odds * float64(n-k) / float64(k+1)
		if left < chance {
			return k + 1
		}
	}
	return n
}
