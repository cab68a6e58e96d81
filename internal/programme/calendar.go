package programme

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Calendar is a list of days that mean something to the programme.
type Calendar struct {
	Name string        `json:"name"`
	Days []CalendarDay `json:"days"`
}

// CalendarDay is a day, or all days from From to To, with its name.
type CalendarDay struct {
	From   Date   `json:"from"`
	To     Date   `json:"to"`
	Name   string `json:"name"`
	NameAr string `json:"name_ar"`
}

// The calendars; the list is closed.
const (
	CalendarHolidays = "holidays"
	CalendarRamadan  = "ramadan"
	// CalendarDueDays holds single days by which a month's data is due in place of the programme's due day.
	CalendarDueDays = "due_days"
)

// Calendars lists the calendars by name.
func Calendars() []string { return []string{CalendarHolidays, CalendarRamadan, CalendarDueDays} }

// The most that a calendar holds, and how long one of its stretches lasts.
const (
	mostDays       = 1000
	longestStretch = 60
)

// CalendarSubject returns the stream of a calendar in FamilyProgramme.
func CalendarSubject(name string) string { return "calendar/" + name }

// CalendarOf returns a calendar of a stream's newest fact; an empty one when there is none.
func CalendarOf(name string, stream []Fact) (Calendar, error) {
	calendar := Calendar{Name: name, Days: []CalendarDay{}}
	if len(stream) == 0 {
		return calendar, nil
	}
	err := json.Unmarshal(stream[len(stream)-1].Body, &calendar)
	return calendar, err
}

// Calendar records a new version of a calendar, its days in order.
func (c Change) Calendar(next Calendar) Deciding {
	return func(stream []Fact) (Draft, error) {
		next.Days = slices.Clone(next.Days)
		for i := range next.Days {
			next.Days[i].To = cmp.Or(next.Days[i].To, next.Days[i].From)
		}
		var found faults
		found.calendar(next)
		slices.SortFunc(next.Days, func(a, b CalendarDay) int { return cmp.Compare(a.From, b.From) })
		return c.draft(stream, next, found)
	}
}

// calendar notes everything wrong with the days, by their places as given.
func (f *faults) calendar(c Calendar) {
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
		if c.Name == CalendarDueDays {
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

// clash reports whether two entries can't stand together: stretches with a day in common, two due days of a month.
func clash(calendar string, a, b CalendarDay) bool {
	if calendar == CalendarDueDays {
		return a.From.Month() == b.From.Month()
	}
	return a.From <= b.To && b.From <= a.To
}

// dueDaysOf reads the newest calendar of due days: what it says holds for the months it names, whenever that is asked.
func dueDaysOf(facts []Fact, until time.Time) (map[Month]Date, error) {
	days := map[Month]Date{}
	var stream []Fact
	for i := range facts {
		if facts[i].Family == FamilyProgramme && facts[i].Subject == CalendarSubject(CalendarDueDays) {
			stream = append(stream, facts[i])
		}
	}
	versions, err := readFamily[Calendar](stream, FamilyProgramme, until)
	if err != nil || len(versions) == 0 {
		return days, err
	}
	for _, each := range versions[len(versions)-1].body.Days {
		days[each.From.Month()] = each.From
	}
	return days, nil
}
