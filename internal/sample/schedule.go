package sample

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"mirsad/internal/civil"
)

// schedule gives every service of the sample its place: online before the programme, planned, launched, late or
// offline.
type schedule struct {
	chance      *rand.Rand
	authorities []*authority
	pool        []*offering // not yet placed; never a part of a bundle
	planned     []*offering
	open        map[*offering]bool // planned, not launched by the reporting date
}

// lay places all services and calibrates the counts.
func (s *schedule) lay() {
	for _, a := range s.authorities {
		for _, o := range a.offerings {
			if !o.partOf() {
				s.pool = append(s.pool, o)
			}
		}
	}
	s.open = map[*offering]bool{}
	s.placeExisting()
	s.placePlanned()
	s.leaveOpen()
	s.launch()
	s.retire()
	s.succeed()
	s.launchParts()
}

// placeExisting takes the easiest services for the stock at the start.
func (s *schedule) placeExisting() {
	s.orderPool(func(o *offering) float64 { return o.procedure.ease + .45*s.chance.Float64() + bundleLast(o) })
	for _, o := range s.take(countedAtStart) {
		o.existing = true
		o.launched = randomWorkingDay(existingLaunches, 0, s.chance)
	}
}

// placePlanned chooses what is planned and deals the days; who got a plan late or finished early is dealt with first.
func (s *schedule) placePlanned() {
	s.orderPool(func(o *offering) float64 {
		if o.owner.habits.standing == unplanned {
			return 10
		}
		return .6*o.procedure.ease + s.chance.Float64() - 3*bundleLast(o)
	})
	days := planDays(s.chance)
	s.planned = s.take(len(days))
	slices.SortStableFunc(s.planned, func(a, b *offering) int {
		return boolean(b.owner.habits.narrow()) - boolean(a.owner.habits.narrow())
	})
	for _, o := range s.planned {
		from, to := 0, len(days)
		if o.owner.habits.standing == finished {
			to = firstAfter(days, civil.NewDate(2016, 5, 31))
		}
		if approved := o.owner.habits.approvedOn; approved > startsOn {
			from = firstAfter(days, approved.AddDays(30))
		}
		i := from + s.chance.IntN(to-from)
		o.planned = days[i]
		days = slices.Delete(days, i, i+1)
	}
}

// leaveOpen decides which milestones are not reached: those after the reporting date, save a few, and each authority's
// overdue ones.
func (s *schedule) leaveOpen() {
	byDay := slices.SortedStableFunc(
		slices.Values(s.planned), func(a, b *offering) int { return cmp.Compare(b.planned, a.planned) },
	)
	for _, o := range byDay[:openInLastQuarter] {
		s.open[o] = true
	}
	for _, a := range s.authorities {
		due := s.due(a)
		var count int
		switch a.habits.standing {
		case late:
			count = int(math.Ceil(.14*float64(len(due)))) + 1
			due = slices.DeleteFunc(due, func(o *offering) bool { return o.planned > reportingOn.AddDays(-45) })
		case atRisk:
			count = 1
			due = slices.DeleteFunc(due, func(o *offering) bool { return o.planned < reportingOn.AddDays(-28) })
		default:
			continue
		}
		for _, o := range due[max(0, len(due)-count):] {
			s.open[o] = true
		}
	}
}

// due returns an authority's milestones up to the reporting date, earliest first.
func (s *schedule) due(a *authority) []*offering {
	var due []*offering
	for _, o := range s.planned {
		if o.owner == a && o.planned <= reportingOn {
			due = append(due, o)
		}
	}
	slices.SortStableFunc(due, func(a, b *offering) int { return cmp.Compare(a.planned, b.planned) })
	return due
}

// launch deals the launch days over the planned services that are not open, in the order of planned day and slip, and
// over as many unplanned ones as the count still needs.
func (s *schedule) launch() {
	var going []*offering
	score := map[*offering]float64{}
	for _, o := range s.planned {
		if !s.open[o] {
			slip := slips[o.owner.habits.standing]
			going = append(going, o)
			score[o] = float64(o.planned) + math.Max(-25, slip[0]+slip[1]*s.chance.NormFloat64())
		}
	}
	going = s.leaveUnverified(going, score)
	days := launchDays(s.chance)
	s.orderPool(func(o *offering) float64 { return o.procedure.ease + s.chance.Float64() })
	for _, o := range s.take(len(days) - len(going)) {
		going = append(going, o)
		score[o] = float64(startsOn) + s.chance.Float64()*float64(reportingOn-startsOn)
	}
	slices.SortStableFunc(going, func(a, b *offering) int { return cmp.Compare(score[a], score[b]) })
	for i, o := range going {
		o.launched = days[i]
	}
}

// leaveUnverified takes out the services that are launched but whose claimed level nobody has verified: mostly recent
// ones of late authorities.
func (s *schedule) leaveUnverified(going []*offering, score map[*offering]float64) []*offering {
	candidates := slices.DeleteFunc(slices.Clone(going), func(o *offering) bool {
		standing := o.owner.habits.standing
		return len(o.parts) > 0 || standing == finished || standing == onTrack || o.planned > reportingOn
	})
	slices.SortStableFunc(candidates, func(a, b *offering) int { return cmp.Compare(score[b], score[a]) })
	perAuthority := map[*authority]int{}
	taken := map[*offering]bool{}
	for _, o := range candidates {
		if limit := 1 + 4*boolean(o.owner.habits.standing == late); len(taken) == unverifiedLaunch ||
			perAuthority[o.owner] == limit {
			continue
		}
		perAuthority[o.owner]++
		taken[o] = true
		o.unverified = true
		latest := workingDayBefore(reportingOn.AddDays(-3 - s.chance.IntN(40)))
		o.launched = min(workingDayBefore(civil.Date(score[o])), latest)
	}
	return slices.DeleteFunc(going, func(o *offering) bool { return taken[o] })
}

// orderPool sorts the pool by a draw.
func (s *schedule) orderPool(draw func(*offering) float64) {
	key := map[*offering]float64{}
	for _, o := range s.pool {
		key[o] = draw(o)
	}
	slices.SortStableFunc(s.pool, func(a, b *offering) int { return cmp.Compare(key[a], key[b]) })
}

// take removes the first n services from the pool.
func (s *schedule) take(n int) []*offering {
	taken := slices.Clone(s.pool[:n])
	s.pool = slices.Clone(s.pool[n:])
	return taken
}

func bundleLast(o *offering) float64 { return float64(boolean(len(o.parts) > 0)) }

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// firstAfter returns the index of the first day after a date.
func firstAfter(days []civil.Date, after civil.Date) int {
	i, _ := slices.BinarySearch(days, after+1)
	return i
}
