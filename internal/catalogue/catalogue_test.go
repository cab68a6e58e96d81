package catalogue_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// What was recorded after the moment of the knowledge is not known; while it grows everything is.
func TestWhatIsKnownAtAMoment(t *testing.T) {
	w := reckontest.New(t)
	w.ServiceFrom(civiltest.Day("2015-03-01"), programme.Service{Code: "a"})
	noon := civiltest.Noon(civiltest.Day("2015-03-01")) // when it is recorded
	for name, test := range map[string]struct {
		known catalogue.Knowing
		want  bool
	}{
		"the moment itself":      {catalogue.Knowing{AsAt: noon}, true},
		"the moment before":      {catalogue.Knowing{AsAt: noon.Add(-time.Nanosecond)}, false},
		"long after":             {catalogue.Knowing{AsAt: noon.AddDate(9, 0, 0)}, true},
		"before, while it grows": {catalogue.Knowing{AsAt: noon.Add(-time.Hour), Provisional: true}, true},
		"without a moment":       {catalogue.Knowing{}, true},
	} {
		c, err := catalogue.New(w.Facts, catalogue.Codes{}, test.known)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.FindService("a") != catalogue.NoService; got != test.want {
			t.Errorf("%s: known %v", name, got)
		}
	}
}

// A day ends in the zone of the programme; without one, in UTC.
func TestTheZoneOfTheDay(t *testing.T) {
	for name, test := range map[string]struct {
		zone *time.Location
		want string
	}{
		"none": {nil, "2016-08"}, "Qatar": {reckontest.Qatar, "2016-09"},
	} {
		evening := civiltest.Day("2016-09-30").Time().Add(22 * time.Hour) // an hour after midnight in Qatar
		c, err := catalogue.New(programme.Facts{}, catalogue.Codes{}, catalogue.Knowing{AsAt: evening, Zone: test.zone})
		if err != nil {
			t.Fatal(err)
		}
		if got := c.LastEnded(civiltest.Day("2016-09-30")); got != civiltest.Month(test.want) {
			t.Errorf("%s: the last ended month is %s, want %s", name, got, test.want)
		}
	}
}

// The settings are those in force on the date, with the number of their version; calendars are not settings.
func TestSettingsOfADate(t *testing.T) {
	w := reckontest.New(t)
	w.Facts = programme.Facts{}
	change := func(seq uint32, on string, goal int) {
		body, err := json.Marshal(programme.Settings{Goal: goal})
		if err != nil {
			t.Fatal(err)
		}
		w.Facts.Streams = append(w.Facts.Streams, programme.Fact{
			Family: programme.FamilyProgramme, Subject: programme.ProgrammeSubject, Seq: seq,
			EffectiveOn: civiltest.Day(on), Body: body,
		})
	}
	change(1, "2015-01-01", 500)
	change(2, "2016-01-01", 600)
	w.Fact(programme.FamilyProgramme, programme.CalendarSubject(programme.CalendarHolidays), 0, 0, programme.Calendar{})
	defaults := programme.DefaultSettings()
	k := w.Knowledge()
	for on, want := range map[string]struct {
		goal    int
		version uint32
	}{
		"2014-12-31": {defaults.Goal, defaults.Version},
		"2015-01-01": {500, 1},
		"2015-12-31": {500, 1},
		"2016-01-01": {600, 2},
	} {
		got := k.SettingsOn(civiltest.Day(on))
		if got.Goal != want.goal || got.Version != want.version {
			t.Errorf("on %s: goal %d of version %d, want %d of %d", on, got.Goal, got.Version, want.goal, want.version)
		}
		if got.Rule.MinimumLevel != defaults.Rule.MinimumLevel {
			t.Errorf("on %s: what is not set is %d, want the default", on, got.Rule.MinimumLevel)
		}
	}
}

// A reporting date holds from the day on which it takes effect.
func TestTheReportingDateOfToday(t *testing.T) {
	w := reckontest.New(t)
	settings := programme.DefaultSettings()
	settings.ReportingDate = civiltest.Day("2016-09-30")
	w.Fact(programme.FamilyProgramme, programme.ProgrammeSubject, civiltest.Day("2016-10-05"), 0, settings)
	for today, want := range map[string]string{"2016-10-04": "2016-10-04", "2016-10-05": "2016-09-30"} {
		k := w.Knowing(catalogue.Knowing{Provisional: true, Today: civiltest.Day(today)})
		if got := k.On(figures.Question{}); got != civiltest.Day(want) {
			t.Errorf("on %s the figures are of %s, want %s", today, got, want)
		}
	}
}

// A period is due on the programme's day of the month after it; the calendar of due days may name another.
func TestDueDays(t *testing.T) {
	w := reckontest.New(t)
	calendar := programme.Calendar{Name: programme.CalendarDueDays, Days: []programme.CalendarDay{
		{From: civiltest.Day("2015-05-20"), To: civiltest.Day("2015-05-20")},
	}}
	w.Fact(programme.FamilyProgramme, programme.CalendarSubject(programme.CalendarDueDays), 0, 0, calendar)
	k := w.Knowledge()
	settings := k.SettingsOn(civiltest.Day("2015-12-31"))
	for period, want := range map[string]string{
		"2015-03":               "2015-04-10",
		"2015-04":               "2015-05-20",
		"2015-05":               "2015-06-10",
		"2015-04-30":            "2015-05-20",
		"2015-Q1":               "2015-04-10",
		"2015":                  "2016-01-10",
		"2015-03-15/2015-04-02": "2015-05-20",
	} {
		if got := k.DueOn(settings, civiltest.Period(period)); got != civiltest.Day(want) {
			t.Errorf("%s is due on %s, want %s", period, got, want)
		}
	}
}

// A calendar of due days that can't be read is named like any fact.
func TestUnreadableDueDays(t *testing.T) {
	facts := programme.Facts{Streams: []programme.Fact{{
		Family: programme.FamilyProgramme, Subject: programme.CalendarSubject(programme.CalendarDueDays), Seq: 1,
		Body: json.RawMessage(`{"days": 7}`),
	}}}
	if _, err := catalogue.New(facts, catalogue.Codes{}, catalogue.Knowing{}); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("the error is %v", err)
	}
}
