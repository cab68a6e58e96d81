package usage

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Number is what is known of a line in a period.
type Number struct {
	Value int64
	Rank  Rank
	// Spoken says that a statement or a row of events speaks of the line itself; otherwise its zero only
	// follows from the service's other events.
	Spoken bool
}

// Count returns the number with its state.
func (n Number) Count() programme.Count {
	if n.Rank != Reported {
		return programme.Count{State: n.Rank.State()}
	}
	return programme.CountOf(n.Value)
}

// unknown is the rule's last answer.
var unknown = Number{Rank: NotProvided}

// reporting returns a reported value, as far as an entity reported it; NoEntity asks for all. What another
// entity reported is no part.
func reporting(value int64, by, only EntityAt, spoken bool) Number {
	if only != NoEntity && by != only {
		return Number{Spoken: spoken}
	}
	return Number{Value: value, Rank: Reported, Spoken: spoken}
}

// Number finds the value of a line for a period, as far as one entity reported it; NoEntity asks for all of it.
// A line of NoService is not provided.
func (x *Index) Number(l Line, p civil.Period, only EntityAt) Number {
	if l.Service == NoService {
		return unknown
	}
	at := x.find(l)
	if p.Grain == civil.GrainMonth {
		return x.month(l, at, p.From.Month(), only)
	}
	if at != noLine && x.lines[at].byOther {
		if said, found := x.stated[statedKey{at, p}]; found {
			return said.number(only)
		}
	}
	if p.Grain == civil.GrainDay {
		return x.day(l, at, p.From, only)
	}
	if got, complete := x.tiled(l, p, only); complete {
		return got
	}
	return x.eventsOf(l, at, p, only)
}

// month answers from the line's cell, where the rules were applied when the index was built.
func (x *Index) month(l Line, at lineAt, m civil.Month, only EntityAt) Number {
	if at != noLine {
		if c := x.lines[at].at(m); c != nil && c.rank != NoPart {
			switch {
			case c.rank != Reported:
				return Number{Rank: c.rank, Spoken: true}
			case c.entity == several && only != NoEntity:
				return x.shareOf(at, m, only)
			case c.entity == several:
				return reporting(c.value, only, only, true)
			default:
				return reporting(c.value, c.entity, only, true)
			}
		}
	}
	if entity := x.events[l.Service].in(m); entity != NoEntity && l.ofEvents() {
		return reporting(0, entity, only, false)
	}
	return unknown
}

// shareOf returns an entity's share of a month in which several reported the line.
func (x *Index) shareOf(at lineAt, m civil.Month, only EntityAt) Number {
	for _, s := range x.shares[monthKey{at, m}] {
		if s.entity == only {
			return reporting(s.uses, only, only, true)
		}
	}
	return Number{Spoken: true}
}

// tiled sums the sub-periods that tile a period completely, the coarsest that know their number first. A part
// that does not apply adds nothing; one that is missing, or was not asked for, leaves the period incomplete.
func (x *Index) tiled(l Line, p civil.Period, only EntityAt) (sum Number, complete bool) {
	rank := NoPart
	for day := p.From; day <= p.To; {
		tile, got := x.tile(l, p, day, only)
		if got.Rank == NotProvided {
			return unknown, false
		}
		sum.Value += got.Value
		sum.Spoken = sum.Spoken || got.Spoken
		rank = mixed(rank, got.Rank)
		day = tile.To + 1
	}
	sum.Rank = rank
	if rank == NotProvided {
		return unknown, false
	}
	return sum, true
}

// mixed is the rank of two tiles together; a tile that only another entity reported counts as there.
func mixed(a, b Rank) Rank {
	switch {
	case a == NoPart || a == b:
		return b
	case b == NoPart || b == NotApplicable:
		return a
	case a == NotApplicable:
		return b
	default:
		return NotProvided
	}
}

// tile returns the coarsest calendar period that begins on the day, is smaller than the whole and knows its number.
func (x *Index) tile(l Line, whole civil.Period, day civil.Date, only EntityAt) (civil.Period, Number) {
	for grain := civil.GrainYear; grain >= civil.GrainDay; grain-- {
		p := civil.PeriodOf(grain, day)
		if p.From != day || p.To > whole.To || p.Grain == whole.Grain {
			continue
		}
		if got := x.Number(l, p, only); got.Rank != NotProvided {
			return p, got
		}
	}
	return civil.Period{}, unknown
}

// eventsOf sums the events of a period in whose every month the service has an accepted event.
func (x *Index) eventsOf(l Line, at lineAt, p civil.Period, only EntityAt) Number {
	whole := wholeMonths(p)
	covered := x.from != 0 && x.from <= p.From && p.To <= x.to
	if !l.ofEvents() || (!whole && !covered) {
		return unknown
	}
	sum := Number{Rank: Reported}
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		if x.events[l.Service].in(m) == NoEntity {
			return unknown
		}
		if at == noLine || !whole {
			continue
		}
		if c := x.lines[at].at(m); c != nil && c.had {
			sum.Spoken = true
			sum.Value += x.usesOf(at, m, c, only)
		}
	}
	if at != noLine && !whole {
		x.addDays(&sum, at, p, only)
	}
	return sum
}

// addDays sums the days of a period that is no whole number of months.
func (x *Index) addDays(sum *Number, at lineAt, p civil.Period, only EntityAt) {
	for day := p.From; day <= p.To; day++ {
		if had, found := x.days[dayKey{at, day}]; found && (only == NoEntity || had.entity == only) {
			sum.Spoken = true
			sum.Value += had.uses
		}
	}
}

// usesOf returns a month's sum of events, as far as one entity reported it.
func (x *Index) usesOf(at lineAt, m civil.Month, c *cell, only EntityAt) int64 {
	switch {
	case only == NoEntity || c.usesBy == only:
		return c.uses
	case c.usesBy == several:
		return x.shareOf(at, m, only).Value
	default:
		return 0
	}
}

// day answers for one day: 0 without events only when the entity had an accepted event that day.
func (x *Index) day(l Line, at lineAt, day civil.Date, only EntityAt) Number {
	entity := x.events[l.Service].in(day.Month())
	if entity == NoEntity || !l.ofEvents() {
		return unknown
	}
	if at != noLine {
		if had, found := x.days[dayKey{at, day}]; found {
			return reporting(had.uses, had.entity, only, true)
		}
	}
	if x.sentOn[entityDay{entity, day}] {
		return reporting(0, entity, only, false)
	}
	return unknown
}
