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
