package programme

import (
	"encoding/json"
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
