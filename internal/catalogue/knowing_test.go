package catalogue_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
	"mirsad/internal/reckon/reckontest"
)

// The date described is the one asked for, else the programme's reporting date, else today.
func TestWhichDate(t *testing.T) {
	w := reckontest.New(t)
	today := catalogue.Knowing{Today: civiltest.Day("2026-11-25")}
	if got := w.Knowing(today).On(figures.Question{}); got != civiltest.Day("2026-11-25") {
		t.Errorf("without any date it is %v", got)
	}
	settings := programme.DefaultSettings()
	settings.ReportingDate = civiltest.Day("2016-09-30")
	w.Settings(settings)
	if got := w.Knowing(today).On(figures.Question{}); got != civiltest.Day("2016-09-30") {
		t.Errorf("with a reporting date it is %v", got)
	}
	if got := w.Knowing(catalogue.Knowing{}).On(figures.Question{}); got != civiltest.Day("2016-09-30") {
		t.Errorf("without today it is %v", got)
	}
	if got := w.Knowing(today).On(figures.Question{On: civiltest.Day("2015-01-01")}); got != civiltest.Day("2015-01-01") {
		t.Errorf("asked for it is %v", got)
	}
}

// Of two facts with one sequence the first recorded counts, as in the store.
func TestContestedSequence(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	second := w.Facts.Streams[len(w.Facts.Streams)-1]
	second.ID, second.RecordedAt = "another", second.RecordedAt.Add(time.Second)
	second.Body = json.RawMessage(`{"code":"moi","name":"Usurper"}`)
	w.Facts.Streams = append([]programme.Fact{second}, w.Facts.Streams...)
	if e := reckontest.EntityOf(t, w.Figures("2015-06-30"), "moi"); e.Name != "Entity moi" {
		t.Errorf("its name is %s", e.Name)
	}
}

// A fact that can't be read is named.
func TestUnreadableFact(t *testing.T) {
	for _, family := range []programme.Family{programme.FamilyProgramme, programme.FamilyEntity, programme.FamilyService, programme.FamilyAssessment, programme.FamilyPlan} {
		facts := programme.Facts{
			Streams: []programme.Fact{
				{Family: family, Subject: "x", Seq: 3, Body: json.RawMessage(`{"goal": "many", "code": 7, "kind": 7}`)},
			},
		}
		_, err := reckon.NewKnowledge(facts, programme.Use{}, catalogue.Knowing{})
		if !errors.Is(err, programme.ErrInvalid) || !strings.Contains(err.Error(), string(family)+"/x/3") {
			t.Errorf("%s: %v", family, err)
		}
	}
}

// A month has ended on its last day or later, once that day is over in the programme's zone.
func TestTheLastEndedMonth(t *testing.T) {
	at := func(date string, hour, minute int) time.Time {
		return civiltest.Day(date).BeginsIn(reckontest.Qatar).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	}
	endOf := func(date string) catalogue.Knowing {
		return catalogue.Knowing{
			AsAt:  at(date, 24, 0).Add(-time.Microsecond),
			Today: civiltest.Day("2030-01-01"),
			Zone:  reckontest.Qatar,
		}
	}
	for name, test := range map[string]struct {
		known    catalogue.Knowing
		on, want string
	}{
		"the last day, at noon":                       {reckontest.Noticed(at("2026-11-30", 12, 0)), "2026-11-30", "2026-10"},
		"the last day, in its last minute":            {reckontest.Noticed(at("2026-11-30", 23, 59)), "2026-11-30", "2026-10"},
		"the next day, in its first minute":           {reckontest.Noticed(at("2026-12-01", 0, 0)), "2026-12-01", "2026-11"},
		"then, of the day before":                     {reckontest.Noticed(at("2026-12-01", 0, 0)), "2026-11-30", "2026-11"},
		"within a month":                              {reckontest.Noticed(at("2026-11-15", 12, 0)), "2026-11-15", "2026-10"},
		"28 February of a year that ends with it":     {reckontest.Noticed(at("2027-02-28", 12, 0)), "2027-02-28", "2027-01"},
		"28 February of a leap year":                  {reckontest.Noticed(at("2028-02-28", 12, 0)), "2028-02-28", "2028-01"},
		"29 February":                                 {reckontest.Noticed(at("2028-02-29", 23, 59)), "2028-02-29", "2028-01"},
		"1 March of a leap year":                      {reckontest.Noticed(at("2028-03-01", 0, 0)), "2028-03-01", "2028-02"},
		"31 December":                                 {reckontest.Noticed(at("2026-12-31", 12, 0)), "2026-12-31", "2026-11"},
		"1 January":                                   {reckontest.Noticed(at("2027-01-01", 0, 0)), "2027-01-01", "2026-12"},
		"a past last day, known now":                  {reckontest.Noticed(at("2026-11-30", 12, 0)), "2016-09-30", "2016-09"},
		"a past day within a month, known now":        {reckontest.Noticed(at("2026-11-30", 12, 0)), "2016-09-29", "2016-08"},
		"the end of the running month, ahead of time": {reckontest.Noticed(at("2026-11-15", 12, 0)), "2026-11-30", "2026-10"},
		"a past last day, as it was known then":       {endOf("2016-09-30"), "2016-09-30", "2016-09"},
		"a past last day, as it was known earlier":    {endOf("2016-09-29"), "2016-09-30", "2016-08"},
		"a past last day, as it was known long after": {endOf("2020-01-01"), "2016-09-30", "2016-09"},
		"where nobody says what day it is":            {catalogue.Knowing{Provisional: true}, "2016-09-30", "2016-09"},
	} {
		k := reckontest.New(t).Knowing(test.known)
		if got := k.Figures(civiltest.Day(test.on)).Usage.Month; got != civiltest.Month(test.want) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
		if got := k.Growth(civiltest.Day(test.on), figures.GrowthQuery{}).Period; got != civiltest.Period(test.want) {
			t.Errorf("%s: growth of %s, want of %s", name, got, test.want)
		}
		if got := k.TakeUp(civiltest.Day(test.on), civil.Period{}).Period; got != civiltest.Period(test.want) {
			t.Errorf("%s: take-up of %s, want of %s", name, got, test.want)
		}
	}
}

// A period has ended with its last day, once that day is over.
func TestWhenAPeriodHasEnded(t *testing.T) {
	march := civiltest.Period("2016-03")
	for name, test := range map[string]struct {
		knowing catalogue.Knowing
		on      string
		want    bool
	}{
		"without a clock, on its last day":    {catalogue.Knowing{}, "2016-03-31", true},
		"without a clock, the day before":     {catalogue.Knowing{}, "2016-03-30", false},
		"known on its last day":               {catalogue.Knowing{Provisional: true, Today: civiltest.Day("2016-03-31")}, "2016-12-31", false},
		"known the day after":                 {catalogue.Knowing{Provisional: true, Today: civiltest.Day("2016-04-01")}, "2016-12-31", true},
		"known the day after, asked for less": {catalogue.Knowing{Provisional: true, Today: civiltest.Day("2016-04-01")}, "2016-03-30", false},
	} {
		if got := test.knowing.Ended(march, civiltest.Day(test.on)); got != test.want {
			t.Errorf("%s: it has ended: %v", name, got)
		}
	}
}
