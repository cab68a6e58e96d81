package programme

import (
	"encoding/json"
	"slices"
	"time"

	"mirsad/internal/civil"
)

// Calendar is a list of days that mean something to the programme.
type Calendar struct {
	Name string        `json:"name"`
	Days []CalendarDay `json:"days"`
}

// CalendarDay is a day, or all days from From to To, with its name.
type CalendarDay struct {
	From   civil.Date `json:"from"`
	To     civil.Date `json:"to"`
	Name   string     `json:"name"`
	NameAr string     `json:"name_ar"`
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

// DueDaysOf reads the newest calendar of due days: what it says holds for the months it names, whenever that is asked.
func DueDaysOf(facts []Fact, until time.Time) (map[civil.Month]civil.Date, error) {
	days := map[civil.Month]civil.Date{}
	listed, err := CalendarDays(facts, CalendarDueDays, until)
	for _, each := range listed {
		days[each.From.Month()] = each.From
	}
	return days, err
}

// HolidaysOf reads the days of the newest calendar of holidays, on which nobody expects events.
func HolidaysOf(facts []Fact, until time.Time) (map[civil.Date]bool, error) {
	days := map[civil.Date]bool{}
	listed, err := CalendarDays(facts, CalendarHolidays, until)
	for _, each := range listed {
		for day := each.From; day <= each.To; day++ {
			days[day] = true
		}
	}
	return days, err
}

// CalendarDays returns the days of a calendar as it was newest by a moment; none when there is no such calendar.
func CalendarDays(facts []Fact, name string, until time.Time) ([]CalendarDay, error) {
	var stream []Fact
	for i := range facts {
		if facts[i].Family == FamilyProgramme && facts[i].Subject == CalendarSubject(name) {
			stream = append(stream, facts[i])
		}
	}
	versions, err := ReadFamily[Calendar](stream, FamilyProgramme, until)
	if err != nil || len(versions) == 0 {
		return nil, err
	}
	return versions[len(versions)-1].Body.Days, nil
}

// Ramadan is the calendar of that name: its months in the order of their days, each from its first to its last day.
type Ramadan []CalendarDay

// RamadanOf reads the newest calendar of Ramadan.
func RamadanOf(facts []Fact, until time.Time) (Ramadan, error) {
	listed, err := CalendarDays(facts, CalendarRamadan, until)
	months := slices.Clone(listed)
	slices.SortFunc(months, func(a, b CalendarDay) int { return int(a.From - b.From) })
	return months, err
}

// DaysIn is how many days of a period are in Ramadan.
func (r Ramadan) DaysIn(p civil.Period) int {
	days := 0
	for i := range r {
		days += max(0, int(min(r[i].To, p.To)-max(r[i].From, p.From))+1)
	}
	return days
}

// In lists the months of Ramadan that share a day with a stretch.
func (r Ramadan) In(from, to civil.Date) Ramadan {
	return slices.DeleteFunc(slices.Clone(r), func(d CalendarDay) bool { return d.To < from || d.From > to })
}

// lunarYear is how much a month of Ramadan may begin after the one before it, in days: a lunar year is 354 or 355 long.
const (
	shortestLunarYear = 340
	longestLunarYear  = 370
)

// MonthBefore returns, of the month that holds most days of a Ramadan, the month that held most days of the Ramadan a lunar
// year before (docs/rules.md#same-lunar-month). Any other month has none, nor has one whose Ramadan a year before is not in
// the calendar.
func (r Ramadan) MonthBefore(m civil.Month) (civil.Month, bool) {
	for i := 1; i < len(r); i++ {
		apart := int(r[i].From - r[i-1].From)
		if r[i].holder() == m && shortestLunarYear <= apart && apart <= longestLunarYear {
			return r[i-1].holder(), true
		}
	}
	return 0, false
}

// holder is the month that holds most of the days; of two with as many the earlier.
func (d *CalendarDay) holder() civil.Month {
	most := d.From.Month()
	var days int
	for m := d.From.Month(); m <= d.To.Month(); m++ {
		if n := int(min(d.To, m.Last())-max(d.From, m.First())) + 1; n > days {
			most, days = m, n
		}
	}
	return most
}
