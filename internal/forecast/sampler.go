package forecast

import (
	"math"
	"math/rand/v2"

	"mirsad/internal/civil"
)

// What is planned later is exposed for longer: shocks are twice as large for what is due in a year.
const (
	shockUnits   = 256
	shockDoubles = 365
)

// drawMilestones draws futures in which each open milestone has a delay of its own, moved by the shocks that many share.
func (in *Input) drawMilestones(draws int, seed uint64) futures {
	s, f := newSampler(in, seed), newFutures(len(in.Points), draws)
	chance := chanceOf(seed, milestoneSalt)
	for draw := range draws {
		s.sampleShocks(chance)
		s.sampleDelays(chance)
		sum := int32(0)
		for point := range f {
			sum += s.arrivals[point]
			f[point][draw] = sum
		}
	}
	return f
}

// sampler is an input made ready: everything that is the same in every draw, and room for one draw.
type sampler struct {
	milestones []sampled
	verifies   bool    // whether a go-live counts only when it is verified
	entities   int     // those with open milestones
	slipTables []int32 // quantiles a milestone: its delay
	lagTables  []int32 // quantiles an entity: the lag of what has yet to go live
	pointOf    []int32 // by days from On: the first point that has it
	slip, lag  shocks
	// kept is the share, in 2³², of milestones that no plan has dropped, by days from On; none where none was dropped yet.
	kept     []uint32
	dropping *rand.Rand

	// Of the draw at hand: the shocks of each entity, in days, and how many milestones arrive at each point; those
	// that arrive after all points come last.
	slips, lags []int32
	arrivals    []int32
}

// sampled is one open milestone as a draw needs it.
type sampled struct {
	live     bool  // it waits for its verification
	entity   int32 // its entity's place among those with open milestones
	base     int32 // days from On to its original date, or to its go-live
	exposure int32 // to the shocks, in shockUnits
}

// newSampler works out, once, what every draw uses.
func newSampler(in *Input, seed uint64) *sampler {
	s := &sampler{
		milestones: make([]sampled, len(in.Open)),
		verifies:   len(in.Lags) > 0,
		slipTables: make([]int32, quantiles*len(in.Open)),
		pointOf:    pointsByDay(in.On, in.Points),
		arrivals:   make([]int32, len(in.Points)+1),
	}
	slips, lags := curvesOf(in.Slips), curvesOf(in.Lags)
	s.slip, s.lag = shocksOf(in.Slips, slips, in.On), shocksOf(ended(in.Lags), lags, in.On)
	if rate := in.Record.dropRate(); rate > 0 {
		s.kept, s.dropping = keptByDay(rate, len(s.pointOf)), chanceOf(seed, dropSalt)
	}
	places := placesOf(in.Open)
	for i := range in.Open {
		m := &in.Open[i]
		from, curve := m.Planned, slips.of(m.Entity)
		if !m.Live.IsZero() {
			from, curve = m.Live, lags.of(m.Entity)
		}
		base := int32(from - in.On)
		s.milestones[i] = sampled{
			live:     !m.Live.IsZero(),
			entity:   places[m.Entity],
			base:     base + int32(m.Shift), //nolint:gosec // days
			exposure: shockUnits + max(0, base)*shockUnits/shockDoubles,
		}
		curve.fill(s.slipTables[i*quantiles:(i+1)*quantiles], int(in.On-from))
	}
	s.entities = len(places)
	s.slips, s.lags = make([]int32, len(places)), make([]int32, len(places))
	s.lagTables = make([]int32, quantiles*len(places))
	for entity, place := range places {
		if s.verifies {
			at := int(place) * quantiles
			lags.of(entity).fill(s.lagTables[at:at+quantiles], shortestDelay-1)
		}
	}
	return s
}

// daysOfMonth is the mean length of a month.
const daysOfMonth = 30.4375

// keptByDay is the share of milestones that are not dropped by each day, in 2³².
func keptByDay(rate float64, days int) []uint32 {
	kept := make([]uint32, days)
	for day := range kept {
		kept[day] = uint32(math.MaxUint32 * math.Exp(-rate*float64(day)/daysOfMonth))
	}
	return kept
}

// placesOf gives the entities with open milestones their places, in the order in which they come.
func placesOf(open []Milestone) map[Entity]int32 {
	places := map[Entity]int32{}
	for i := range open {
		if _, found := places[open[i].Entity]; !found {
			places[open[i].Entity] = int32(len(places)) //nolint:gosec // a programme has a few hundred entities
		}
	}
	return places
}

// pointsByDay finds for each day after on the first point that has it.
func pointsByDay(on civil.Date, points []civil.Date) []int32 {
	if len(points) == 0 {
		return nil
	}
	byDay := make([]int32, points[len(points)-1]-on+1)
	at := int32(0)
	for day := range byDay {
		for on.AddDays(day) > points[at] {
			at++
		}
		byDay[day] = at
	}
	return byDay
}

// sampleShocks draws what the milestones of a future have in common: a shock of the programme and one of each entity,
// for go-lives and for verifications.
func (s *sampler) sampleShocks(chance *rand.Rand) {
	slip, lag := s.slip.programme*chance.NormFloat64(), s.lag.programme*chance.NormFloat64()
	for e := range s.entities {
		s.slips[e] = int32(slip + s.slip.entity*chance.NormFloat64())
		s.lags[e] = int32(lag + s.lag.entity*chance.NormFloat64())
	}
}

// sampleDelays draws each milestone's own delay and counts it at its point.
func (s *sampler) sampleDelays(chance *rand.Rand) {
	const perNumber = 64 / (2 * quantileBits)
	slips, lags, pointOf, arrivals := s.slips, s.lags, s.pointOf, s.arrivals // not read again for each milestone
	clear(arrivals)
	var bits uint64
	left, after := 0, int32(len(arrivals)-1) //nolint:gosec // months
	for i := range s.milestones {
		if left == 0 {
			bits, left = chance.Uint64(), perNumber
		}
		own, late := int(bits%quantiles), int(bits>>quantileBits%quantiles)
		bits >>= 2 * quantileBits
		left--
		m := &s.milestones[i]
		day := m.base + s.slipTables[i*quantiles+own]
		switch {
		case m.live:
			day = shifted(day, lags[m.entity])
		case s.verifies:
			lag := s.lagTables[int(m.entity)*quantiles+late]
			day = shifted(day, slips[m.entity]*m.exposure/shockUnits) + shifted(lag, lags[m.entity])
		default:
			day = shifted(day, slips[m.entity]*m.exposure/shockUnits)
		}
		point := after
		if int(day) < len(pointOf) && (m.live || s.kept == nil || s.dropping.Uint32() <= s.kept[day]) {
			point = pointOf[day]
		}
		arrivals[point]++
	}
}

// shifted adds a shock to days to come (docs/rules.md#draws); one that makes them fewer shortens them in proportion, for
// what is still open on the date can't have ended before it.
func shifted(days, shock int32) int32 {
	if days < 1 {
		return 1
	}
	if shock >= 0 {
		return days + shock
	}
	return max(1, days*days/(days-shock))
}
