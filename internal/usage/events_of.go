package usage

import (
	"slices"

	"mirsad/internal/civil"
)

// eventsOf sums the events of a period that is no whole number of months: of those the months themselves say all that
// there is. The service has an event in every month that the period touches, the channel has had one, and no statement
// of the line speaks inside the period (docs/rules.md#value-of-a-line).
func (x *Index) eventsOf(q asked, p civil.Period) Number {
	if !q.line.ofEvents() || p.WholeMonths() || !x.covers(p.From, p.To) ||
		!x.heardBy(q.line.Service, q.line.Channel, p.To) || x.statedInside(q.at, p) {
		return unknown
	}
	sum, zeroOf := Number{Rank: Reported}, NoEntity
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		sender := x.senderIn(q.line.Service, m, min(p.To, q.until))
		if sender == NoEntity {
			return unknown
		}
		zeroOf = x.firstByCode(zeroOf, sender)
		asked := daysOfMonth(0).with(m, p.From, p.To)
		sum.Missing += (x.missing(sender, m, q.until) & asked).count()
	}
	heard := q.at != noLine && x.addDays(&sum, q, p)
	if q.only == NoEntity || sum.Spoken || !heard && zeroOf == q.only {
		return sum
	}
	return Number{} // others reported it
}

// addDays adds the sums of a line's days as far as one entity reported them, and says whether anybody did.
func (x *Index) addDays(sum *Number, q asked, p civil.Period) (heard bool) {
	for day := p.From; day <= p.To; day++ {
		had, found := x.sums[dayKey{q.at, day}]
		heard = heard || found
		if found && (q.only == NoEntity || had.entity == q.only) {
			sum.Spoken = true
			sum.Value += had.uses
		}
	}
	return heard
}

// StatedWithin is the first rank of what was stated of a line for a period or a part of it that had ended on a day; NoPart
// for nothing.
func (x *Index) StatedWithin(l Line, p civil.Period, on civil.Date) Rank {
	rank, at := NoPart, noLine
	if l.Service != NoService {
		at = x.find(l)
	}
	if at == noLine {
		return rank
	}
	for _, said := range x.lines[at].periods {
		if p.From <= said.From && said.To <= min(p.To, on) {
			rank = rank.First(x.stated[statedKey{at, said}].rank)
		}
	}
	return rank
}

// statedInside reports whether a statement of a line is about a part of a period.
func (x *Index) statedInside(at lineAt, p civil.Period) bool {
	return at != noLine && slices.ContainsFunc(x.lines[at].periods, func(said civil.Period) bool {
		return p.From <= said.From && said.To <= p.To
	})
}
