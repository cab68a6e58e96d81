package usage

import "mirsad/internal/civil"

// reach is the stretch of months that something covers.
type reach struct {
	first  civil.Month
	months int
}

// widen makes the stretch reach a month; the memory for it comes with Index.allocate.
func (r *reach) widen(m civil.Month) {
	if r.months == 0 {
		r.first, r.months = m, 1
		return
	}
	last := max(r.first+civil.Month(r.months)-1, m) //nolint:gosec // months fit in 32 bits
	r.first = min(r.first, m)
	r.months = int(last-r.first) + 1
}

// series is what is known of one line by month.
type series struct {
	reach

	line  Line
	cells []cell // one a month from first on
	// byOther says that a statement of the line is for another period than a month.
	byOther bool
	// periods are those that are stated.
	periods []civil.Period
}

// cell is one month of a line.
type cell struct {
	value int64 // by the rules of numbers with a state
	uses  int64 // sum of events
	rank  Rank  // NoPart where nothing was stated and no events came
	// had says that the month has accepted events on this line, stated that its value rests on statements.
	had, stated bool
	// entity reported the value, and usesBy the events; several when two entities did.
	entity, usesBy EntityAt
}

// at returns the line's cell for a month; nil outside of what it knows.
func (s *series) at(m civil.Month) *cell {
	if i := int(m - s.first); i >= 0 && i < len(s.cells) {
		return &s.cells[i]
	}
	return nil
}

// presence is the months in which a service had an accepted event, and the entity that sent it.
type presence struct {
	reach

	entity []EntityAt // one a month from first on; NoEntity where it had no event
}

// in returns the entity that sent events in a month; NoEntity when none came.
func (p *presence) in(m civil.Month) EntityAt {
	if i := int(m - p.first); i >= 0 && i < len(p.entity) {
		return p.entity[i]
	}
	return NoEntity
}
