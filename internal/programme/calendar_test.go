package programme_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// calendarFact is a version of a calendar with these days, each a single one.
func calendarFact(t *testing.T, name string, seq uint32, recorded string, days ...string) programme.Fact {
	t.Helper()
	calendar := programme.Calendar{Name: name}
	for _, day := range days {
		calendar.Days = append(calendar.Days, programme.CalendarDay{From: civiltest.Day(day), To: civiltest.Day(day)})
	}
	raw, err := json.Marshal(calendar)
	if err != nil {
		t.Fatal(err)
	}
	return programme.Fact{
		Family: programme.FamilyProgramme, Subject: programme.CalendarSubject(name), Seq: seq,
		RecordedAt: civiltest.Noon(civiltest.Day(recorded)), Body: raw,
	}
}

func TestThereAreThreeCalendarsEachWithItsStream(t *testing.T) {
	if got := programme.Calendars(); !slices.Equal(got, []string{"holidays", "ramadan", "due_days"}) {
		t.Errorf("%v", got)
	}
	if got := programme.CalendarSubject(programme.CalendarRamadan); got != "calendar/ramadan" {
		t.Errorf("the stream of Ramadan is %q", got)
	}
}

func TestACalendarIsItsNewestVersion(t *testing.T) {
	stream := []programme.Fact{
		calendarFact(t, "holidays", 1, "2016-01-01", "2016-12-18"), calendarFact(t, "holidays", 2, "2016-01-02", "2016-12-19"),
	}
	got, err := programme.CalendarOf("holidays", stream)
	if err != nil || got.Name != "holidays" || len(got.Days) != 1 || got.Days[0].From != civiltest.Day("2016-12-19") {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := programme.CalendarOf("holidays", []programme.Fact{{Body: json.RawMessage("no")}}); err == nil {
		t.Error("what is no calendar is read as one")
	}
}

func TestDueDaysAreThoseOfTheNewestCalendarKnown(t *testing.T) {
	older := calendarFact(t, programme.CalendarDueDays, 1, "2016-01-05", "2016-02-15", "2016-03-15")
	newer := calendarFact(t, programme.CalendarDueDays, 2, "2016-04-05", "2016-02-20")
	facts := []programme.Fact{
		newer, older, // in any order
		calendarFact(t, programme.CalendarHolidays, 9, "2016-04-06", "2016-02-01"),
		{Family: programme.FamilyEntity, Subject: programme.CalendarSubject(programme.CalendarDueDays), Body: json.RawMessage("no")},
	}
	feb, march := civiltest.Month("2016-02"), civiltest.Month("2016-03")
	for name, test := range map[string]struct {
		until time.Time
		want  map[civil.Month]civil.Date
	}{
		"all that is known":     {programme.NoEnd, map[civil.Month]civil.Date{feb: civiltest.Day("2016-02-20")}},
		"at the newer's moment": {newer.RecordedAt, map[civil.Month]civil.Date{feb: civiltest.Day("2016-02-20")}},
		"just before it": {
			newer.RecordedAt.Add(-time.Nanosecond),
			map[civil.Month]civil.Date{feb: civiltest.Day("2016-02-15"), march: civiltest.Day("2016-03-15")},
		},
		"before any": {older.RecordedAt.Add(-time.Nanosecond), map[civil.Month]civil.Date{}},
	} {
		if got, err := programme.DueDaysOf(facts, test.until); err != nil || !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, test.want)
		}
	}
	newer.Body = json.RawMessage("no")
	if _, err := programme.DueDaysOf([]programme.Fact{newer}, programme.NoEnd); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("due days that can't be read: %v", err)
	}
}

func TestACalendarWithoutAnyVersionIsEmpty(t *testing.T) {
	for _, name := range programme.Calendars() {
		got, err := programme.CalendarOf(name, nil)
		if err != nil || got.Name != name || got.Days == nil || len(got.Days) != 0 {
			t.Errorf("%s: %#v, %v", name, got, err)
		}
	}
	if days, err := programme.DueDaysOf(nil, programme.NoEnd); err != nil || days == nil || len(days) != 0 {
		t.Errorf("due days of nothing: %#v, %v", days, err)
	}
}

// Ramadan of 2014 to 2017 as it was in Qatar.
func ramadan() programme.Ramadan {
	month := func(from, to string) programme.CalendarDay {
		return programme.CalendarDay{From: civiltest.Day(from), To: civiltest.Day(to), Name: "Ramadan", NameAr: "رمضان"}
	}
	return programme.Ramadan{
		month("2014-06-29", "2014-07-27"), month("2015-06-18", "2015-07-16"), month("2016-06-06", "2016-07-05"),
		month("2017-05-27", "2017-06-24"),
	}
}

func TestTheMonthOfRamadanAYearBefore(t *testing.T) {
	for month, want := range map[string]string{
		"2014-07": "", // the one before is not in the calendar
		"2015-07": "2014-07", "2016-06": "2015-07", "2017-06": "2016-06",
		"2015-06": "", "2016-07": "", "2017-05": "", "2016-01": "",
	} {
		got, is := ramadan().MonthBefore(civiltest.Month(month))
		if is != (want != "") || (is && got.String() != want) {
			t.Errorf("%s: %s, %v, want %q", month, got, is, want)
		}
	}
	even := programme.Ramadan{
		{From: civiltest.Day("2015-06-16"), To: civiltest.Day("2015-07-15")}, // as many days in June as in July
		{From: civiltest.Day("2016-06-05"), To: civiltest.Day("2016-07-04")},
		{From: civiltest.Day("2018-05-16"), To: civiltest.Day("2018-06-14")},
	}
	if got, is := even.MonthBefore(civiltest.Month("2016-06")); !is || got != civiltest.Month("2015-06") {
		t.Errorf("of two months with as many days: %s, %v", got, is)
	}
	if got, is := even.MonthBefore(civiltest.Month("2018-05")); is {
		t.Errorf("a year that is missing from the calendar: %s", got)
	}
}

func TestDaysOfRamadan(t *testing.T) {
	for period, want := range map[string]int{
		"2016-06": 25, "2016-07": 5, "2016-05": 0, "2016-Q2": 25, "2016": 30, "2016-06-06": 1, "2016-06-05": 0, "2014-07-01/2015-06-30": 40,
	} {
		if got := ramadan().DaysIn(civiltest.Period(period)); got != want {
			t.Errorf("%s: %d days, want %d", period, got, want)
		}
	}
	if got := ramadan().In(civiltest.Day("2015-07-16"), civiltest.Day("2016-06-05")); len(got) != 1 || got[0].From != civiltest.Day("2015-06-18") {
		t.Errorf("in a stretch: %v", got)
	}
}

// A holiday of several days is each of them, by the newest calendar known.
func TestTheDaysOfHolidays(t *testing.T) {
	version := func(seq uint32, from, to string) programme.Fact {
		raw, err := json.Marshal(programme.Calendar{Days: []programme.CalendarDay{{From: civiltest.Day(from), To: civiltest.Day(to)}}})
		if err != nil {
			t.Fatal(err)
		}
		return programme.Fact{
			Family: programme.FamilyProgramme, Subject: programme.CalendarSubject(programme.CalendarHolidays), Seq: seq, Body: raw,
			RecordedAt: civiltest.Noon(civiltest.Day(from)),
		}
	}
	facts := []programme.Fact{version(1, "2016-05-01", "2016-05-01"), version(2, "2016-07-05", "2016-07-07")}
	days, err := programme.HolidaysOf(facts, programme.NoEnd)
	if err != nil || len(days) != 3 {
		t.Fatalf("%v, %v", days, err)
	}
	for on, want := range map[string]bool{
		"2016-07-04": false, "2016-07-05": true, "2016-07-06": true, "2016-07-07": true, "2016-07-08": false,
	} {
		if days[civiltest.Day(on)] != want {
			t.Errorf("%s is a holiday: %v", on, !want)
		}
	}
	before, err := programme.HolidaysOf(facts, civiltest.Noon(civiltest.Day("2016-06-01")))
	if err != nil || len(before) != 1 || !before[civiltest.Day("2016-05-01")] {
		t.Errorf("as known in June: %v, %v", before, err)
	}
}
