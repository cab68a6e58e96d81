package reckon_test

import (
	"encoding/json"
	"errors"
	"fmt"
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
		used  bool // in February, as known of the end of March
	}{
		"on a past day, known now":       {w.Knowledge(), "2019-03-31", true, true},
		"before it took effect":          {w.Knowledge(), "2019-01-31", false, true},
		"known the day it was recorded":  {w.AsAt("2026-11-25"), "2019-03-31", true, true},
		"known the day before":           {w.AsAt("2026-11-24"), "2019-03-31", false, false},
		"known long ago, before any use": {w.AsAt("2019-03-31"), "2019-03-31", false, false},
	} {
		f := test.known.Figures(civiltest.Day(test.on))
		if live := f.Verified.Counted == 1; live != test.live {
			t.Errorf("%s: counted %v, want %v", name, live, test.live)
		}
		february := figures.UsageQuery{From: civiltest.Day("2019-02-01"), To: civiltest.Day("2019-02-28")}
		use := test.known.Usage(civiltest.Day("2019-03-31"), february)[0].Points[0].Total
		if use.Known() != test.used {
			t.Errorf("%s: the use of February is %v", name, use.Count)
		}
		if known := f.Usage.TakeUp.Live == 1; known != test.live {
			t.Errorf("%s: %+v", name, f.Usage.TakeUp)
		}
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
		if int(f.RuleVersion) != want[0] || f.Verified.Counted != want[1] ||
			f.Programme.Rule.NewAtLevel != f.Programme.Rule.MinimumLevel {
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
	k, err := reckon.NewKnowledge(
		programme.Facts{},
		programme.Use{},
		catalogue.Knowing{Today: civiltest.Day("2015-06-30"), Provisional: true},
	)
	if err != nil {
		t.Fatal(err)
	}
	f := k.Figures(k.On(figures.Question{}))
	if f.RuleVersion != 0 || f.Programme.Goal != 1000 || f.Verified.Counted != 0 || len(f.Services) != 0 || f.Completeness.Grade != "" {
		t.Errorf("an empty programme is %+v", f.Stamp)
	}
}

// What rests on ended months leaves the month out until its last day is over: the rate at which services come to count,
// the forecasts of the past, and the end of the sixty days without a completion.
func TestFiguresOfEndedMonths(t *testing.T) {
	w := busy(t)
	for i := range 9 {
		w.Live(fmt.Sprintf("late%d", i), "2016-09-20", programme.LevelInformative)
	}
	noon, over := civiltest.Day(
		"2016-09-30",
	).BeginsIn(
		reckontest.Qatar,
	).Add(
		12*time.Hour,
	), civiltest.Day(
		"2016-10-01",
	).BeginsIn(
		reckontest.Qatar,
	)
	running, ended := w.Knowing(reckontest.Noticed(noon)), w.Knowing(reckontest.Noticed(over))
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

// What can't be read is no knowledge, whatever it is of.
func TestFactsThatCannotBeReadAreNoKnowledge(t *testing.T) {
	for name, broken := range map[string]programme.Fact{
		"a plan":     {Family: programme.FamilyPlan, Subject: "moi"},
		"a calendar": {Family: programme.FamilyProgramme, Subject: programme.CalendarSubject(programme.CalendarHolidays)},
		"a service":  {Family: programme.FamilyService, Subject: "a"},
	} {
		broken.Seq, broken.Body, broken.RecordedAt = 1, json.RawMessage("no"), civiltest.Noon(civiltest.Day("2015-01-01"))
		facts := programme.Facts{Streams: []programme.Fact{broken}}
		k, err := reckon.NewKnowledge(facts, programme.Use{}, catalogue.Knowing{Provisional: true})
		if !errors.Is(err, programme.ErrInvalid) || k != nil {
			t.Errorf("%s: %v", name, err)
		}
		before := catalogue.Knowing{AsAt: civiltest.Noon(civiltest.Day("2014-12-31"))}
		if _, err := reckon.NewKnowledge(facts, programme.Use{}, before); err != nil {
			t.Errorf("%s, before it was recorded: %v", name, err)
		}
	}
}
