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
	// Missing is how many days of the period a gap in the events took, or a feed that had not begun or had ended
	// (docs/rules.md#partial-month).
	Missing int
}

// Partial says that a number lacks days: it is shown, and left out of comparisons.
func (n Number) Partial() bool { return n.Missing > 0 }

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

// asked is a question for a line: as on which day, and as far as which entity reported it.
type asked struct {
	line  Line
	at    lineAt
	until civil.Date
	only  EntityAt
}

// Number finds the value of a line for a period by what happened up to a day (docs/rules.md#value-of-a-line), as far as
// one entity reported it; NoEntity asks for all of it. A period that still runs on that day is answered to date
// (docs/rules.md#running-period). A line of NoService is not provided.
func (x *Index) Number(l Line, p civil.Period, on civil.Date, only EntityAt) Number {
	if l.Service == NoService || p.From > on {
		return unknown
	}
	return x.number(asked{l, x.find(l), on, only}, ToDate(p, on))
}

// ToDate returns the part of a period that has a number on a day within it: of what is longer than a month the months
// that had ended, else the days up to it. A period that ended by then is whole.
func ToDate(p civil.Period, on civil.Date) civil.Period {
	if p.To <= on {
		return p
	}
	if ended := (on + 1).Month() - 1; p.Grain > civil.GrainMonth && ended.Last() > p.From {
		return civil.Interval(p.From, ended.Last())
	}
	return civil.Interval(p.From, on)
}

// number answers for a period that is over.
func (x *Index) number(q asked, p civil.Period) Number {
	if p.Grain == civil.GrainMonth {
		return x.month(q, p.From.Month())
	}
	if q.at != noLine && x.lines[q.at].byOther {
		if said, found := x.stated[statedKey{q.at, p}]; found {
			return said.number(q.only)
		}
	}
	if p.Grain == civil.GrainDay {
		return x.day(q, p.From)
	}
	if got, complete := x.tiled(q, p); complete {
		return got
	}
	return x.eventsOf(q, p)
}

// month answers from the line's cell, where the rules were applied when the index was built.
func (x *Index) month(q asked, m civil.Month) Number {
	if q.at != noLine {
		if c := x.lines[q.at].at(m); c != nil && c.rank != NoPart {
			return x.numberOf(q, m, c)
		}
	}
	entity := x.events[q.line.Service].in(m)
	if entity == NoEntity || !q.line.ofEvents() || !x.heardBy(q.line.Service, q.line.Channel, m.Last()) {
		return unknown
	}
	got := reporting(0, entity, q.only, false)
	got.Missing = x.missing(entity, m, q.until).count()
	return got
}

// numberOf is what a cell says.
func (x *Index) numberOf(q asked, m civil.Month, c *cell) Number {
	if c.rank != Reported {
		return Number{Rank: c.rank, Spoken: true}
	}
	var got Number
	switch {
	case c.entity == several && q.only != NoEntity:
		got = x.shareOf(q.at, m, q.only)
	case c.entity == several:
		got = reporting(c.value, q.only, q.only, true)
	default:
		got = reporting(c.value, c.entity, q.only, true)
	}
	if !c.stated {
		got.Missing = x.missingOf(q.at, m, c, q.until).count()
	}
	return got
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

// missing returns the days of a month that an entity's feed does not cover, as on a day.
func (x *Index) missing(entity EntityAt, m civil.Month, until civil.Date) daysOfMonth {
	if feed := x.feeds[entity]; feed != nil {
		return feed.missing(m, until)
	}
	return 0
}

// missingOf returns the days that no feed of those who sent a month's events covers.
func (x *Index) missingOf(at lineAt, m civil.Month, c *cell, until civil.Date) daysOfMonth {
	if c.usesBy != several {
		return x.missing(c.usesBy, m, until)
	}
	all := ^daysOfMonth(0)
	for _, s := range x.shares[monthKey{at, m}] {
		all &= x.missing(s.entity, m, until)
	}
	return all
}

// tiled sums the sub-periods that tile a period completely, the coarsest that know their number first. A part
// that does not apply adds nothing; one that is missing, or was not asked for, leaves the period incomplete.
func (x *Index) tiled(q asked, p civil.Period) (sum Number, complete bool) {
	rank := NoPart
	for day := p.From; day <= p.To; {
		tile, got := x.tile(q, p, day)
		if got.Rank == NotProvided {
			return unknown, false
		}
		sum.Value += got.Value
		sum.Missing += got.Missing
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
func (x *Index) tile(q asked, whole civil.Period, day civil.Date) (civil.Period, Number) {
	for grain := civil.GrainYear; grain >= civil.GrainDay; grain-- {
		p := civil.PeriodOf(grain, day)
		if p.From != day || p.To > whole.To || p.Grain == whole.Grain {
			continue
		}
		if got := x.number(q, p); got.Rank != NotProvided {
			return p, got
		}
	}
	return civil.Period{}, unknown
}

// day answers for one day: 0 without events only when the entity had an accepted event that day.
func (x *Index) day(q asked, day civil.Date) Number {
	if !q.line.ofEvents() {
		return unknown
	}
	if q.at != noLine {
		if had, found := x.sums[dayKey{q.at, day}]; found {
			return reporting(had.uses, had.entity, q.only, true)
		}
	}
	entity := x.senderIn(q.line.Service, day.Month(), q.until)
	if entity != NoEntity && x.sent[entityDay{entity, day}] && x.heardBy(q.line.Service, q.line.Channel, day) {
		return reporting(0, entity, q.only, false)
	}
	return unknown
}
