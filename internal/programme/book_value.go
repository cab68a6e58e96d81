package programme

// number is what a book knows of a line and period.
type number struct {
	value int64
	rank  rank
	// spoken says that a statement or a row of events speaks of the line itself; otherwise its zero only
	// follows from the service's other events.
	spoken bool
}

// unknown is the rule's last answer.
var unknown = number{rank: isNotProvided}

// reporting returns a reported value, as far as an entity reported it; none asks for all. What another entity
// reported is no part.
func reporting(value int64, by, only int32, spoken bool) number {
	if only != none && by != only {
		return number{spoken: spoken}
	}
	return number{value: value, rank: isReported, spoken: spoken}
}

// number finds the value of a line for a period, as far as one entity reported it (none: whoever did).
func (b *Book) number(service int32, channel, measure int, p Period, only int32) number {
	at := b.lineOf[b.slot(service, channel, measure)]
	if p.Grain == GrainMonth {
		return b.month(service, at, measure, p.From.Month(), only)
	}
	if at != none && b.coarse[at] {
		if s, found := b.stated[statedKey{at, p.Grain, p.From, p.To}]; found {
			return s.number(only)
		}
	}
	if p.Grain == GrainDay {
		return b.day(service, at, measure, p.From, only)
	}
	if got, complete := b.tiled(service, channel, measure, p, only); complete {
		return got
	}
	return b.eventsOf(service, at, measure, p, only)
}

func (s stated) number(only int32) number {
	if s.rank != isReported {
		return number{rank: s.rank, spoken: true}
	}
	return reporting(s.value, s.entity, only, true)
}

// month answers from the line's cell, where the rules were applied when the book was built.
func (b *Book) month(service, at int32, measure int, m Month, only int32) number {
	if at != none {
		if c := b.lines[at].at(m); c != nil && c.rank != noPart {
			switch {
			case c.rank != isReported:
				return number{rank: c.rank, spoken: true}
			case c.entity == several && only != none:
				return b.shareOf(at, m, only)
			case c.entity == several:
				return reporting(c.value, only, only, true)
			default:
				return reporting(c.value, c.entity, only, true)
			}
		}
	}
	if entity, had := b.events[service].in(m); had && ofEvents(measure) {
		return reporting(0, entity, only, false)
	}
	return unknown
}

// shareOf returns an entity's share of a month in which two reported the line.
func (b *Book) shareOf(at int32, m Month, only int32) number {
	for _, s := range b.shares[shareKey{at, m}] {
		if s.entity == only {
			return reporting(s.uses, only, only, true)
		}
	}
	return number{spoken: true}
}

// tiled sums the sub-periods that tile a period completely, the coarsest that know their number first. A part
// that does not apply adds nothing; one that is missing, or was not asked for, leaves the period incomplete.
func (b *Book) tiled(service int32, channel, measure int, p Period, only int32) (sum number, complete bool) {
	state := noPart
	for day := p.From; day <= p.To; {
		tile, got := b.tile(service, channel, measure, p, day, only)
		if got.rank == isNotProvided {
			return unknown, false
		}
		sum.value += got.value
		sum.spoken = sum.spoken || got.spoken
		state = mixed(state, got.rank)
		day = tile.To + 1
	}
	sum.rank = state
	if state == isNotProvided {
		return unknown, false
	}
	return sum, true
}

// mixed is the state of two tiles together; a tile that only another entity reported counts as there.
func mixed(a, b rank) rank {
	switch {
	case a == noPart || a == b:
		return b
	case b == noPart || b == isNotApplicable:
		return a
	case a == isNotApplicable:
		return b
	default:
		return isNotProvided
	}
}

// tile returns the coarsest calendar period that begins on the day, is smaller than the whole and knows its number.
func (b *Book) tile(service int32, channel, measure int, whole Period, day Date, only int32) (Period, number) {
	for grain := GrainYear; grain >= GrainDay; grain-- {
		p := PeriodOf(grain, day)
		if p.From != day || p.To > whole.To || p.Grain == whole.Grain {
			continue
		}
		if got := b.number(service, channel, measure, p, only); got.rank != isNotProvided {
			return p, got
		}
	}
	return Period{}, unknown
}

// eventsOf sums the events of a period in whose every month the service has an accepted event.
func (b *Book) eventsOf(service, at int32, measure int, p Period, only int32) number {
	whole := p.From == p.From.Month().First() && p.To == p.To.Month().Last()
	covered := b.from != 0 && b.from <= p.From && p.To <= b.to
	if !ofEvents(measure) || (!whole && !covered) {
		return unknown
	}
	sum := number{rank: isReported}
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		if _, had := b.events[service].in(m); !had {
			return unknown
		}
		if at == none || !whole {
			continue
		}
		if c := b.lines[at].at(m); c != nil && c.had {
			sum.spoken = true
			sum.value += b.usesOf(at, m, c, only)
		}
	}
	if at != none && !whole {
		b.addDays(&sum, at, p, only)
	}
	return sum
}

// addDays sums the days of a period that is no whole number of months.
func (b *Book) addDays(sum *number, at int32, p Period, only int32) {
	for day := p.From; day <= p.To; day++ {
		key := dayKey{at, day}
		if uses, had := b.days[key]; had && (only == none || b.dayBy[key] == only) {
			sum.spoken = true
			sum.value += uses
		}
	}
}

// usesOf returns a month's sum of events, as far as one entity reported it.
func (b *Book) usesOf(at int32, m Month, c *cell, only int32) int64 {
	switch {
	case only == none || c.usesBy == only:
		return c.uses
	case c.usesBy == several:
		return b.shareOf(at, m, only).value
	default:
		return 0
	}
}

// day answers for one day: 0 without events only when the entity had an accepted event that day.
func (b *Book) day(service, at int32, measure int, day Date, only int32) number {
	entity, had := b.events[service].in(day.Month())
	if !had || !ofEvents(measure) {
		return unknown
	}
	if at != none {
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
