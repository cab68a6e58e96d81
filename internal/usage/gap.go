package usage

import (
	"slices"

	"mirsad/internal/civil"
)

// Gap is a run of days without events of an entity, as docs/rules.md#gap has it.
type Gap struct {
	Entity EntityAt
	Period civil.Period
	// Days are those of the run that are no holiday.
	Days int
	// Open says that no event had come after it.
	Open bool
}

// Gaps returns the gaps in the events of all entities that reach into a stretch and begin in it or end after its
// beginning, as known on its last day. An open one that began before the stretch is a feed that ended long ago.
func (x *Index) Gaps(from, on civil.Date) []Gap {
	var gaps []Gap
	for at, feed := range x.feeds {
		if feed == nil {
			continue
		}
		for _, each := range feed.gapsBy(on) {
			open := each.to == on
			if each.to < from || (open && each.from < from) {
				continue
			}
			gaps = append(gaps, Gap{
				Entity: EntityAt(at), Period: civil.Interval(each.from, each.to),
				Days: feed.workdays(each.from, each.to), Open: open,
			})
		}
	}
	return gaps
}

// PartialMonth is a month of lines that an entity reports by events, of which its feed lacks days
// (docs/rules.md#partial-month).
type PartialMonth struct {
	Entity   EntityAt
	Month    civil.Month
	Missing  []civil.Date
	Services int // of which a number lacks these days
}

// PartialMonths returns the partial months of a stretch, as known on a date.
func (x *Index) PartialMonths(first, last civil.Month, on civil.Date) []PartialMonth {
	type entityMonth struct {
		entity EntityAt
		month  civil.Month
	}
	lacking := map[entityMonth]map[ServiceAt]bool{}
	for i := range x.lines {
		s := &x.lines[i]
		for m := max(first, s.first); m <= last; m++ {
			c := s.at(m)
			if c == nil {
				break
			}
			if !c.had || c.stated || c.usesBy < 0 || x.missing(c.usesBy, m, on) == 0 {
				continue
			}
			key := entityMonth{c.usesBy, m}
			if lacking[key] == nil {
				lacking[key] = map[ServiceAt]bool{}
			}
			lacking[key][s.line.Service] = true
		}
	}
	found := make([]PartialMonth, 0, len(lacking))
	for key, services := range lacking {
		days := x.missing(key.entity, key.month, on).list(key.month)
		found = append(found, PartialMonth{Entity: key.entity, Month: key.month, Missing: days, Services: len(services)})
	}
	return found
}

// list returns the days of the set, the earliest first.
func (d daysOfMonth) list(m civil.Month) []civil.Date {
	days := make([]civil.Date, 0, d.count())
	for day := m.First(); day <= m.Last(); day++ {
		if d&(1<<(day-m.First())) != 0 {
			days = append(days, day)
		}
	}
	return slices.Clip(days)
}
