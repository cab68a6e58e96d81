package figures_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/figures/figurestest"
	"mirsad/internal/programme"
)

// A figure uses facts effective ≤ on and recorded ≤ as at (docs/rules.md#on-and-as-at).
func TestOnAndAsAt(t *testing.T) {
	w := figurestest.New(t)
	w.Service(programme.Service{Code: "a"})
	launch := w.Rollout("a", programme.ActionLaunch, "2019-02-01", programme.LevelInformative)
	launch.VerifiedBy, launch.RecordedAt = "admin", civiltest.Noon(civiltest.Day("2026-11-25"))
	w.States("a", "2019-02", programme.ChannelWeb, programme.Reported, 5).RecordedAt = civiltest.Noon(civiltest.Day("2026-11-25"))
	for name, test := range map[string]struct {
		known *figures.Knowledge
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
	w := figurestest.New(t)
	today := figures.Knowing{Today: civiltest.Day("2026-11-25")}
	if got := w.Knowing(today).On(figures.Question{}); got != civiltest.Day("2026-11-25") {
		t.Errorf("without any date it is %v", got)
	}
	settings := programme.DefaultSettings()
	settings.ReportingDate = civiltest.Day("2016-09-30")
	w.Settings(settings)
	if got := w.Knowing(today).On(figures.Question{}); got != civiltest.Day("2016-09-30") {
		t.Errorf("with a reporting date it is %v", got)
	}
	if got := w.Knowing(figures.Knowing{}).On(figures.Question{}); got != civiltest.Day("2016-09-30") {
		t.Errorf("without today it is %v", got)
	}
	if got := w.Knowing(today).On(figures.Question{On: civiltest.Day("2015-01-01")}); got != civiltest.Day("2015-01-01") {
		t.Errorf("asked for it is %v", got)
	}
}

// The rule is a versioned fact: each figure carries the version in force on its date.
func TestRuleVersions(t *testing.T) {
	w := figurestest.New(t)
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
	k, err := figures.NewKnowledge(programme.Facts{}, programme.Use{}, figures.Knowing{Today: civiltest.Day("2015-06-30"), Provisional: true})
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
	w := figurestest.New(t)
	w.Entity("moi")
	second := w.Facts.Streams[len(w.Facts.Streams)-1]
	second.ID, second.RecordedAt = "another", second.RecordedAt.Add(time.Second)
	second.Body = json.RawMessage(`{"code":"moi","name":"Usurper"}`)
	w.Facts.Streams = append([]programme.Fact{second}, w.Facts.Streams...)
	if e := figurestest.EntityOf(t, w.Figures("2015-06-30"), "moi"); e.Name != "Entity moi" {
		t.Errorf("%s stands", e.Name)
	}
}

// A fact that can't be read is named.
func TestUnreadableFact(t *testing.T) {
	for _, family := range []programme.Family{programme.FamilyProgramme, programme.FamilyEntity, programme.FamilyService, programme.FamilyAssessment, programme.FamilyPlan} {
		facts := programme.Facts{Streams: []programme.Fact{{Family: family, Subject: "x", Seq: 3, Body: json.RawMessage(`{"goal": "many", "code": 7, "kind": 7}`)}}}
		_, err := figures.NewKnowledge(facts, programme.Use{}, figures.Knowing{})
		if !errors.Is(err, programme.ErrInvalid) || !strings.Contains(err.Error(), string(family)+"/x/3") {
			t.Errorf("%s: %v", family, err)
		}
	}
}
