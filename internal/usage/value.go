package usage

import "mirsad/internal/civil"

// Number is what a book knows of a line and period.
type Number struct {
	Value int64
	Rank  Rank
	// Spoken says that a statement or a row of events speaks of the line itself; otherwise its zero only
	// follows from the service's other events.
	Spoken bool
}

// unknown is the rule's last answer.
var unknown = Number{Rank: IsNotProvided}

// reporting returns a reported value, as far as an entity reported it; none asks for all. What another entity
// reported is no part.
func reporting(value int64, by, only int32, spoken bool) Number {
	if only != None && by != only {
		return Number{Spoken: spoken}
	}
	return Number{Value: value, Rank: IsReported, Spoken: spoken}
}

// Number finds the value of a line for a period, as far as one entity reported it (none: whoever did).
func (b *Index) Number(service int32, channel, measure int, p civil.Period, only int32) Number {
	at := b.lineOf[b.slot(service, channel, measure)]
	if p.Grain == civil.GrainMonth {
		return b.month(service, at, measure, p.From.Month(), only)
	}
	if at != None && b.coarse[at] {
		if s, found := b.Stated[statedKey{at, p.Grain, p.From, p.To}]; found {
			return s.number(only)
		}
	}
	if p.Grain == civil.GrainDay {
		return b.day(service, at, measure, p.From, only)
	}
	if got, complete := b.tiled(service, channel, measure, p, only); complete {
		return got
	}
	return b.eventsOf(service, at, measure, p, only)
}

func (s stated) number(only int32) Number {
	if s.rank != IsReported {
		return Number{Rank: s.rank, Spoken: true}
	}
	return reporting(s.Value, s.Entity, only, true)
}

// month answers from the line's cell, where the rules were applied when the book was built.
func (b *Index) month(service, at int32, measure int, m civil.Month, only int32) Number {
	if at != None {
		if c := b.Lines[at].at(m); c != nil && c.rank != NoPart {
			switch {
			case c.rank != IsReported:
				return Number{Rank: c.rank, Spoken: true}
			case c.entity == several && only != None:
				return b.shareOf(at, m, only)
			case c.entity == several:
				return reporting(c.value, only, only, true)
			default:
				return reporting(c.value, c.entity, only, true)
			}
		}
	}
	if entity, had := b.Events[service].In(m); had && ofEvents(measure) {
		return reporting(0, entity, only, false)
	}
	return unknown
}

// shareOf returns an entity's share of a month in which two reported the line.
func (b *Index) shareOf(at int32, m civil.Month, only int32) Number {
	for _, s := range b.shares[shareKey{at, m}] {
		if s.entity == only {
			return reporting(s.uses, only, only, true)
		}
	}
	return Number{Spoken: true}
}

// tiled sums the sub-periods that tile a period completely, the coarsest that know their number first. A part
// that does not apply adds nothing; one that is missing, or was not asked for, leaves the period incomplete.
func (b *Index) tiled(service int32, channel, measure int, p civil.Period, only int32) (sum Number, complete bool) {
	state := NoPart
	for day := p.From; day <= p.To; {
		tile, got := b.tile(service, channel, measure, p, day, only)
		if got.Rank == IsNotProvided {
			return unknown, false
		}
		sum.Value += got.Value
		sum.Spoken = sum.Spoken || got.Spoken
		state = mixed(state, got.Rank)
		day = tile.To + 1
	}
	sum.Rank = state
	if state == IsNotProvided {
		return unknown, false
	}
	return sum, true
}

// mixed is the state of two tiles together; a tile that only another entity reported counts as there.
func mixed(a, b Rank) Rank {
	switch {
	case a == NoPart || a == b:
		return b
	case b == NoPart || b == IsNotApplicable:
		return a
	case a == IsNotApplicable:
		return b
	default:
		return IsNotProvided
	}
}

// tile returns the coarsest calendar period that begins on the day, is smaller than the whole and knows its number.
func (b *Index) tile(service int32, channel, measure int, whole civil.Period, day civil.Date, only int32) (civil.Period, Number) {
	for grain := civil.GrainYear; grain >= civil.GrainDay; grain-- {
		p := civil.PeriodOf(grain, day)
		if p.From != day || p.To > whole.To || p.Grain == whole.Grain {
			continue
		}
		if got := b.Number(service, channel, measure, p, only); got.Rank != IsNotProvided {
			return p, got
		}
	}
	return civil.Period{}, unknown
}

// eventsOf sums the events of a period in whose every month the service has an accepted event.
func (b *Index) eventsOf(service, at int32, measure int, p civil.Period, only int32) Number {
	whole := p.From == p.From.Month().First() && p.To == p.To.Month().Last()
	covered := b.from != 0 && b.from <= p.From && p.To <= b.to
	if !ofEvents(measure) || (!whole && !covered) {
		return unknown
	}
	sum := Number{Rank: IsReported}
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		if _, had := b.Events[service].In(m); !had {
			return unknown
		}
		if at == None || !whole {
			continue
		}
		if c := b.Lines[at].at(m); c != nil && c.had {
			sum.Spoken = true
			sum.Value += b.usesOf(at, m, c, only)
		}
	}
	if at != None && !whole {
		b.addDays(&sum, at, p, only)
	}
	return sum
}

// addDays sums the days of a period that is no whole number of months.
func (b *Index) addDays(sum *Number, at int32, p civil.Period, only int32) {
	for day := p.From; day <= p.To; day++ {
		key := dayKey{at, day}
		if uses, had := b.days[key]; had && (only == None || b.dayBy[key] == only) {
			sum.Spoken = true
			sum.Value += uses
		}
	}
}

// usesOf returns a month's sum of events, as far as one entity reported it.
func (b *Index) usesOf(at int32, m civil.Month, c *cell, only int32) int64 {
	switch {
	case only == None || c.usesBy == only:
		return c.uses
	case c.usesBy == several:
		return b.shareOf(at, m, only).Value
	default:
		return 0
	}
}

// day answers for one day: 0 without events only when the entity had an accepted event that day.
func (b *Index) day(service, at int32, measure int, day civil.Date, only int32) Number {
	entity, had := b.Events[service].In(day.Month())
	if !had || !ofEvents(measure) {
		return unknown
	}
	if at != None {
		key := dayKey{at, day}
		if uses, found := b.days[key]; found {
			return reporting(uses, b.dayBy[key], only, true)
		}
	}
	if b.entityDays[entityDay{entity, day}] {
		return reporting(0, entity, only, false)
	}
	return unknown
}
