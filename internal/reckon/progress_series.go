package reckon

import (
	"mirsad/internal/adoption"
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// longestSeries bounds the burn-up, whatever dates settings and addresses hold: fifty years.
const longestSeries = 600

// progressSeries is the programme walked month by month.
type progressSeries struct {
	r      *reckoning
	months []civil.Month
	// tallies holds each month's count by basisIndex, up to On's month; entities the same of each entity, on the
	// verified basis, for the months of its trend.
	tallies  map[civil.Month][figures.BasisCount]tally
	entities map[civil.Month][]programme.ByLevel
	lastYear map[civil.Month]*census
}

// noMonths is a series in which each month is counted when it is asked for.
func (r *reckoning) noMonths() *progressSeries {
	return &progressSeries{
		r:        r,
		tallies:  map[civil.Month][figures.BasisCount]tally{},
		entities: map[civil.Month][]programme.ByLevel{},
		lastYear: map[civil.Month]*census{},
	}
}

// walkMonths counts at the end of every month of the burn-up, and on the date itself in its own month
// (docs/rules.md#burn-up).
func (r *reckoning) walkMonths() *progressSeries {
	s := r.noMonths()
	current := r.on.Month()
	first, last := r.settings.StartsOn.Month()-1, max(r.settings.TargetOn.Month(), current)
	if r.settings.StartsOn.IsZero() {
		first = current - adoption.TrendMonths
	}
	last = min(last, first+longestSeries)
	for m := first; m <= last; m++ {
		s.months = append(s.months, m)
		if m <= current {
			s.count(m)
		}
	}
	for m := current - adoption.TrendMonths; m <= current; m++ {
		s.count(m)
	}
	return s
}

// pointOn is the day that a month's point is computed for: its last, or On within On's own month.
func (s *progressSeries) pointOn(m civil.Month) civil.Date { return min(m.Last(), s.r.on) }

// censusAt takes, once, the census of a month's point.
func (s *progressSeries) censusAt(m civil.Month) *census {
	if m == s.r.on.Month() {
		return s.r.now
	}
	c, found := s.lastYear[m]
	if !found {
		c = s.r.takeCensus(s.pointOn(m), s.r.settings)
		if m >= s.r.on.Month()-adoption.TrendMonths {
			s.lastYear[m] = c
		}
	}
	return c
}

func (s *progressSeries) count(m civil.Month) {
	if _, found := s.tallies[m]; found {
		return
	}
	c := s.censusAt(m)
	s.tallies[m] = [figures.BasisCount]tally{c.tally(figures.Verified), c.tally(figures.Claimed)}
	if m > s.r.on.Month()-adoption.TrendMonths {
		s.entities[m] = s.byEntity(c)
	}
}

// byEntity counts for the entity that owns a service on the day.
func (s *progressSeries) byEntity(c *census) []programme.ByLevel {
	counts := make([]programme.ByLevel, len(s.r.Entities))
	for i := range c.services {
		if c.counts(catalogue.ServiceAt(i), figures.Verified) {
			if owner := c.services[i].Version.Owner; owner != catalogue.NoEntity {
				counts[owner].Add(c.services[i].Verified)
			}
		}
	}
	return counts
}

// countedAt returns the count at a month's point.
func (s *progressSeries) countedAt(m civil.Month, basis figures.Basis) int {
	s.count(m)
	return s.tallies[m][basis].counted.Total()
}

// points draws the burn-up on one basis; the forecast adds the bands of the months to come.
func (s *progressSeries) points(basis figures.Basis) []figures.ProgressMonth {
	points := make([]figures.ProgressMonth, len(s.months))
	for i, m := range s.months {
		var counted programme.ByLevel
		if m <= s.r.on.Month() {
			counted = s.tallies[m][basis].counted
		}
		points[i] = s.point(m, counted, &s.r.plans.original, &s.r.plans.current)
	}
	return points
}

// entityPoints draws an entity's twelve months.
func (s *progressSeries) entityPoints(entity catalogue.EntityAt) []figures.ProgressMonth {
	points := make([]figures.ProgressMonth, 0, adoption.TrendMonths)
	current := s.r.on.Month()
	for m := current - adoption.TrendMonths + 1; m <= current; m++ {
		plans := s.r.plans
		points = append(points, s.point(m, s.entities[m][entity], &plans.originals[entity], &plans.currents[entity]))
	}
	return points
}

func (s *progressSeries) point(
	m civil.Month, counted programme.ByLevel, original, current *planCurve,
) figures.ProgressMonth {
	day := m.Last()
	if m == s.r.on.Month() {
		day = s.r.on
	}
	point := figures.ProgressMonth{
		Month:       m,
		ByLevel:     counted,
		Plan:        original.at(day),
		CurrentPlan: current.at(day),
		Counted:     programme.Count{State: programme.NotRequested},
		EndToEnd:    programme.Count{State: programme.NotRequested},
		Forecast:    forecast.BandsIn(programme.NotRequested),
	}
	if m <= s.r.on.Month() {
		point.Counted, point.EndToEnd = programme.CountOf(counted.Total()), programme.CountOf(counted.EndToEnd())
	}
	return point
}
