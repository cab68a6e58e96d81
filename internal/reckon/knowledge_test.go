package reckon_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
	"mirsad/internal/reckon/reckontest"
)

// A figure uses facts effective ≤ on and recorded ≤ as at (docs/rules.md#on-and-as-at).
func TestOnAndAsAt(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	launch := w.Rollout("a", programme.ActionLaunch, "2019-02-01", programme.LevelInformative)
	launch.VerifiedBy, launch.RecordedAt = "admin", civiltest.Noon(civiltest.Day("2026-11-25"))
	w.States("a", "2019-02", programme.ChannelWeb, programme.Reported, 5).RecordedAt = civiltest.Noon(civiltest.Day("2026-11-25"))
	for name, test := range map[string]struct {
		known *reckon.Knowledge
		on    string
		live  bool
	}{
		"on a past day, known now":       {w.Knowledge(), "2019-03-31", true},
		"before it took effect":          {w.Knowledge(), "2019-01-31", false},
		"known the day it was recorded":  {w.AsAt("2026-11-25"), "2019-03-31", true},
		"known the day before":           {w.AsAt("2026-11-24"), "2019-03-31", false},
		"known long ago, before any use": {w.AsAt("2019-03-31"), "2019-03-31", false},
	} {
		f := test.known.Figures(civiltest.Day(test.on))
		if live := f.Verified.Counted == 1; live != test.live {
			t.Errorf("%s: counted %v, want %v", name, live, test.live)
		}
		if known := f.Usage.TakeUp.Live == 1; known != test.live {
			t.Errorf("%s: %+v", name, f.Usage.TakeUp)
		}
	}
}

// The date described is the one asked for, else the programme's reporting date, else today.
func TestWhichDate(t *testing.T) {
	w := reckontest.New(t)
	today := reckon.Knowing{Today: civiltest.Day("2026-11-25")}
	if got := w.Knowing(today).On(figures.Question{}); got != civiltest.Day("2026-11-25") {
		t.Errorf("without any date it is %v", got)
	}
	settings := programme.DefaultSettings()
	settings.ReportingDate = civiltest.Day("2016-09-30")
	w.Settings(settings)
	if got := w.Knowing(today).On(figures.Question{}); got != civiltest.Day("2016-09-30") {
		t.Errorf("with a reporting date it is %v", got)
	}
	if got := w.Knowing(reckon.Knowing{}).On(figures.Question{}); got != civiltest.Day("2016-09-30") {
		t.Errorf("without today it is %v", got)
	}
	if got := w.Knowing(today).On(figures.Question{On: civiltest.Day("2015-01-01")}); got != civiltest.Day("2015-01-01") {
		t.Errorf("asked for it is %v", got)
	}
}

// The rule is a versioned fact: each figure carries the version in force on its date.
func TestRuleVersions(t *testing.T) {
	w := reckontest.New(t)
	stricter := programme.DefaultSettings()
	stricter.Rule = programme.Rule{MinimumLevel: programme.LevelInteractive, CountExisting: true}
	w.Fact(programme.FamilyProgramme, programme.ProgrammeSubject, civiltest.Day("2016-01-01"), civiltest.Day("2015-12-01"), stricter)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	k := w.Knowledge()
	for on, want := range map[string][2]int{"2015-12-31": {1, 1}, "2016-01-01": {2, 0}} {
		f := k.Figures(civiltest.Day(on))
		if int(f.RuleVersion) != want[0] || f.Verified.Counted != want[1] || f.Programme.Rule.NewAtLevel != f.Programme.Rule.MinimumLevel {
			t.Errorf("on %s rule %d counts %d, want rule %d and %d", on, f.RuleVersion, f.Verified.Counted, want[0], want[1])
		}
	}
	if s := programme.DefaultSettings(); s.EarliestReportDate() != civiltest.Day("2009-01-01") {
		t.Errorf("data are taken from %v, want five years before the start", s.EarliestReportDate())
	}
	if s := (programme.Settings{DataFrom: civiltest.Day("2012-07-01")}); s.EarliestReportDate() != civiltest.Day("2012-07-01") {
		t.Errorf("data are taken from %v", s.EarliestReportDate())
	}
}

// A programme that nobody has set has the defaults, version 0.
func TestUnsetProgramme(t *testing.T) {
	k, err := reckon.NewKnowledge(programme.Facts{}, programme.Use{}, reckon.Knowing{Today: civiltest.Day("2015-06-30"), Provisional: true})
	if err != nil {
		t.Fatal(err)
	}
	f := k.Figures(k.On(figures.Question{}))
	if f.RuleVersion != 0 || f.Programme.Goal != 1000 || f.Verified.Counted != 0 || len(f.Services) != 0 || f.Completeness.Grade != "" {
		t.Errorf("an empty programme is %+v", f.Stamp)
	}
}

// Of two facts with one sequence the first recorded stands, as in the store.
func TestContestedSequence(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	second := w.Facts.Streams[len(w.Facts.Streams)-1]
	second.ID, second.RecordedAt = "another", second.RecordedAt.Add(time.Second)
	second.Body = json.RawMessage(`{"code":"moi","name":"Usurper"}`)
	w.Facts.Streams = append([]programme.Fact{second}, w.Facts.Streams...)
	if e := reckontest.EntityOf(t, w.Figures("2015-06-30"), "moi"); e.Name != "Entity moi" {
		t.Errorf("%s stands", e.Name)
	}
}

// A fact that can't be read is named.
func TestUnreadableFact(t *testing.T) {
	for _, family := range []programme.Family{programme.FamilyProgramme, programme.FamilyEntity, programme.FamilyService, programme.FamilyAssessment, programme.FamilyPlan} {
		facts := programme.Facts{Streams: []programme.Fact{{Family: family, Subject: "x", Seq: 3, Body: json.RawMessage(`{"goal": "many", "code": 7, "kind": 7}`)}}}
		_, err := reckon.NewKnowledge(facts, programme.Use{}, reckon.Knowing{})
		if !errors.Is(err, programme.ErrInvalid) || !strings.Contains(err.Error(), string(family)+"/x/3") {
			t.Errorf("%s: %v", family, err)
		}
	}
}

// qatar is the zone of the tests in which a day ends somewhere.
var qatar = time.FixedZone("Qatar", 3*60*60)

// noticed is what is known at a moment, in Qatar.
func noticed(at time.Time) reckon.Knowing {
	return reckon.Knowing{AsAt: at, Provisional: true, Today: civil.DateOf(at.In(qatar)), Zone: qatar}
}

// A month has ended on its last day or later, once that day is over in the programme's zone.
func TestTheLastEndedMonth(t *testing.T) {
	at := func(date string, hour, minute int) time.Time {
		return civiltest.Day(date).BeginsIn(qatar).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	}
	endOf := func(date string) reckon.Knowing {
		return reckon.Knowing{AsAt: at(date, 24, 0).Add(-time.Microsecond), Today: civiltest.Day("2030-01-01"), Zone: qatar}
	}
	for name, test := range map[string]struct {
		known    reckon.Knowing
		on, want string
	}{
		"the last day, at noon":                       {noticed(at("2026-11-30", 12, 0)), "2026-11-30", "2026-10"},
		"the last day, in its last minute":            {noticed(at("2026-11-30", 23, 59)), "2026-11-30", "2026-10"},
		"the next day, in its first minute":           {noticed(at("2026-12-01", 0, 0)), "2026-12-01", "2026-11"},
		"then, of the day before":                     {noticed(at("2026-12-01", 0, 0)), "2026-11-30", "2026-11"},
		"within a month":                              {noticed(at("2026-11-15", 12, 0)), "2026-11-15", "2026-10"},
		"28 February of a year that ends with it":     {noticed(at("2027-02-28", 12, 0)), "2027-02-28", "2027-01"},
		"28 February of a leap year":                  {noticed(at("2028-02-28", 12, 0)), "2028-02-28", "2028-01"},
		"29 February":                                 {noticed(at("2028-02-29", 23, 59)), "2028-02-29", "2028-01"},
		"1 March of a leap year":                      {noticed(at("2028-03-01", 0, 0)), "2028-03-01", "2028-02"},
		"31 December":                                 {noticed(at("2026-12-31", 12, 0)), "2026-12-31", "2026-11"},
		"1 January":                                   {noticed(at("2027-01-01", 0, 0)), "2027-01-01", "2026-12"},
		"a past last day, known now":                  {noticed(at("2026-11-30", 12, 0)), "2016-09-30", "2016-09"},
		"a past day within a month, known now":        {noticed(at("2026-11-30", 12, 0)), "2016-09-29", "2016-08"},
		"the end of the running month, ahead of time": {noticed(at("2026-11-15", 12, 0)), "2026-11-30", "2026-10"},
		"a past last day, as it was known then":       {endOf("2016-09-30"), "2016-09-30", "2016-09"},
		"a past last day, as it was known earlier":    {endOf("2016-09-29"), "2016-09-30", "2016-08"},
		"a past last day, as it was known long after": {endOf("2020-01-01"), "2016-09-30", "2016-09"},
		"where nobody says what day it is":            {reckon.Knowing{Provisional: true}, "2016-09-30", "2016-09"},
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

// What rests on ended months leaves the month out until its last day is over: the rate at which services come to count,
// the forecasts of the past, and the end of the sixty days without a completion.
func TestFiguresOfEndedMonths(t *testing.T) {
	w := busy(t)
	for i := range 9 {
		w.Live(fmt.Sprintf("late%d", i), "2016-09-20", programme.LevelInformative)
	}
	noon, over := civiltest.Day("2016-09-30").BeginsIn(qatar).Add(12*time.Hour), civiltest.Day("2016-10-01").BeginsIn(qatar)
	running, ended := w.Knowing(noticed(noon)), w.Knowing(noticed(over))
	before, after := running.Figures(civiltest.Day("2016-09-30")), ended.Figures(civiltest.Day("2016-09-30"))
	if grown := after.Verified.RecentRate.Months3.Value - before.Verified.RecentRate.Months3.Value; grown < 2 {
		t.Errorf("a month that ends with nine services adds %v to the recent rate", grown)
	}
	last := func(b *figures.Backtest) (last civil.Month) {
		for i := range b.Points {
			last = max(last, b.Points[i].Month)
		}
		return last
	}
	was, is := last(running.Backtest(civiltest.Day("2016-09-30"))), last(ended.Backtest(civiltest.Day("2016-09-30")))
	if was != civiltest.Month("2016-08") || is != civiltest.Month("2016-09") {
		t.Errorf("the past is forecast up to %s, then up to %s", was, is)
	}
	if running.BacktestKey(civiltest.Day("2016-09-30")) == ended.BacktestKey(civiltest.Day("2016-09-30")) {
		t.Error("one key names two back-tests")
	}
}
