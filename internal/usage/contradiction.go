package usage

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Comparison is a stated value beside the sum of events of the same service, channel, measure and period.
type Comparison struct {
	Entity  string // that stated the value
	Service string
	Channel programme.Channel
	Measure programme.Measure
	Period  civil.Period
	Stated  int64
	Events  int64
}

// Comparisons sets the stated values of periods that end between from and to, both included, beside the events. There
// is no sum of events unless the service has an accepted event in every month that the period touches and the
// line itself has one in the period: that a service sends no events at the counter speaks against nothing that is
// stated of the counter; nor do events with a gap. days are the sums by day of DaysToCompare. The order is any.
func (x *Index) Comparisons(from, to civil.Date, days []programme.EventSum) []Comparison {
	daily := x.sumsByDay(days)
	var found []Comparison
	for key, said := range x.stated {
		if !x.comparable(key, &said, from, to) {
			continue
		}
		sum, had := x.ownEvents(key, daily, to)
		if !had {
			continue
		}
		l := x.lines[key.line].line
		found = append(found, Comparison{
			Entity: x.entityCodes[said.entity], Service: x.serviceCodes[l.Service],
			Channel: programme.Channels()[l.Channel], Measure: programme.Measures()[l.Measure],
			Period: key.period, Stated: said.value, Events: sum,
		})
	}
	return found
}

// DaysToCompare returns the services with stated values that can be compared only with events by day, and the
// days that these touch: periods of one day, and intervals that begin or end within a month. No service: no days
// are needed.
func (x *Index) DaysToCompare(from, to civil.Date) (services []string, first, last civil.Date) {
	wanted := map[ServiceAt]bool{}
	for key, said := range x.stated {
		if key.period.WholeMonths() || !x.comparable(key, &said, from, to) {
			continue
		}
		if len(wanted) == 0 {
			first, last = key.period.From, key.period.To
		}
		first, last = min(first, key.period.From), max(last, key.period.To)
		wanted[x.lines[key.line].line.Service] = true
	}
	for at := range wanted {
		services = append(services, x.serviceCodes[at])
	}
	slices.Sort(services)
	return services, first, last
}

// comparable reports whether a statement is one that events can speak against: a value of a measure that events
// add to, for a period that ends within a span: one that still runs has not all its events.
func (x *Index) comparable(key statedKey, said *stated, from, to civil.Date) bool {
	return said.rank == Reported && x.lines[key.line].line.ofEvents() && key.period.To >= from && key.period.To <= to
}

// sumsByDay adds up the uses of each line and day.
func (x *Index) sumsByDay(rows []programme.EventSum) map[dayKey]int64 {
	sums := map[dayKey]int64{}
	for i := range rows {
		row := &rows[i]
		if row.Events <= 0 {
			continue
		}
		if at := x.lineOfEvents(row); at != noLine {
			sums[dayKey{at, row.Period.From}] += row.Uses
		}
	}
	return sums
}

// ownEvents sums a line's events over a period: whole months from the months, what is left from the days.
func (x *Index) ownEvents(key statedKey, daily map[dayKey]int64, until civil.Date) (sum int64, found bool) {
	s := &x.lines[key.line]
	p := key.period
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		sender := x.events[s.line.Service].in(m)
		if sender == NoEntity || x.missing(sender, m, until)&daysOfMonth(0).with(m, p.From, p.To) != 0 {
			return 0, false
		}
		if p.From <= m.First() && m.Last() <= p.To {
			if c := s.at(m); c != nil && c.had {
				sum, found = sum+c.uses, true
			}
			continue
		}
		for day := max(p.From, m.First()); day <= min(p.To, m.Last()); day++ {
			if uses, had := daily[dayKey{key.line, day}]; had {
				sum, found = sum+uses, true
			}
		}
	}
	return sum, found
}
