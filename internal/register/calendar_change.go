package register

import (
	"cmp"
	"fmt"
	"slices"

	"mirsad/internal/programme"
)

// The most that a calendar holds, and how long one of its stretches lasts.
const (
	mostDays       = 1000
	longestStretch = 60
)

// Calendar records a new version of a calendar, its days in order.
func (c Change) Calendar(next programme.Calendar) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		next.Days = slices.Clone(next.Days)
		for i := range next.Days {
			next.Days[i].To = cmp.Or(next.Days[i].To, next.Days[i].From)
		}
		var found faults
		found.calendar(next)
		slices.SortFunc(next.Days, func(a, b programme.CalendarDay) int { return cmp.Compare(a.From, b.From) })
		return c.draft(stream, next, found)
	}
}

// calendar notes everything wrong with the days, by their places as given.
func (f *faults) calendar(c programme.Calendar) {
	if len(c.Days) > mostDays {
		f.Add("days", "too_many", "most", mostDays)
		return
	}
	for i, each := range c.Days {
		field := fmt.Sprintf("days.%d.", i)
		f.text(field+"name", each.Name, longestName)
		f.text(field+"name_ar", each.NameAr, longestName)
		if !f.day(field+"from", each.From, true) {
			continue
		}
		last := each.From.AddDays(longestStretch - 1)
		if c.Name == programme.CalendarDueDays {
			last = each.From
		}
		if each.To < each.From || each.To > last {
			f.Add(field+"to", "not_between", "from", each.From.String(), "to", last.String())
		}
		for _, other := range c.Days[:i] {
			if clash(c.Name, each, other) {
				f.Add(field+"from", "overlaps", "value", other.From.String())
				break
			}
		}
	}
}

// clash reports whether two entries can't both be: stretches with a day in common, two due days of a month.
func clash(calendar string, a, b programme.CalendarDay) bool {
	if calendar == programme.CalendarDueDays {
		return a.From.Month() == b.From.Month()
	}
	return a.From <= b.To && b.From <= a.To
}
