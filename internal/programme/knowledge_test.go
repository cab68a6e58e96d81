package programme

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

// A figure uses facts effective ≤ on and recorded ≤ as at (docs/rules.md#on-and-as-at).
func TestOnAndAsAt(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	launch := w.rollout("a", ActionLaunch, "2019-02-01", LevelInformative)
	launch.VerifiedBy, launch.RecordedAt = "admin", noon(day("2026-11-25"))
	w.states("a", "2019-02", ChannelWeb, Reported, 5).RecordedAt = noon(day("2026-11-25"))
	for name, test := range map[string]struct {
		known *Knowledge
		on    string
		live  bool
	}{
		"on a past day, known now":       {w.knowledge(), "2019-03-31", true},
		"before it took effect":          {w.knowledge(), "2019-01-31", false},
		"known the day it was recorded":  {w.asAt("2026-11-25"), "2019-03-31", true},
		"known the day before":           {w.asAt("2026-11-24"), "2019-03-31", false},
		"known long ago, before any use": {w.asAt("2019-03-31"), "2019-03-31", false},
	} {
		f := test.known.Figures(day(test.on))
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
	w := newWorld(t)
	today := Knowing{Today: day("2026-11-25")}
	if got := w.knowing(today).On(Question{}); got != day("2026-11-25") {
		t.Errorf("without any date it is %v", got)
	}
	settings := DefaultSettings()
	settings.ReportingDate = day("2016-09-30")
	w.settings(settings)
	if got := w.knowing(today).On(Question{}); got != day("2016-09-30") {
		t.Errorf("with a reporting date it is %v", got)
	}
	if got := w.knowing(Knowing{}).On(Question{}); got != day("2016-09-30") {
		t.Errorf("without today it is %v", got)
	}
	if got := w.knowing(today).On(Question{On: day("2015-01-01")}); got != day("2015-01-01") {
		t.Errorf("asked for it is %v", got)
	}
}

// The rule is a versioned fact: each figure carries the version in force on its date.
func TestRuleVersions(t *testing.T) {
	w := newWorld(t)
	stricter := DefaultSettings()
	stricter.Rule = Rule{MinimumLevel: LevelInteractive, CountExisting: true}
	w.fact(FamilyProgramme, ProgrammeSubject, day("2016-01-01"), day("2015-12-01"), stricter)
	w.live("a", "2015-01-01", LevelInformative)
	k := w.knowledge()
	for on, want := range map[string][2]int{"2015-12-31": {1, 1}, "2016-01-01": {2, 0}} {
		f := k.Figures(day(on))
		if int(f.RuleVersion) != want[0] || f.Verified.Counted != want[1] || f.Programme.Rule.NewAtLevel != f.Programme.Rule.MinimumLevel {
			t.Errorf("on %s rule %d counts %d, want rule %d and %d", on, f.RuleVersion, f.Verified.Counted, want[0], want[1])
		}
	}
	if s := DefaultSettings(); s.EarliestReportDate() != day("2009-01-01") {
		t.Errorf("data are taken from %v, want five years before the start", s.EarliestReportDate())
	}
	if s := (Settings{DataFrom: day("2012-07-01")}); s.EarliestReportDate() != day("2012-07-01") {
		t.Errorf("data are taken from %v", s.EarliestReportDate())
	}
}

// A programme that nobody has set has the defaults, version 0.
func TestUnsetProgramme(t *testing.T) {
	k, err := NewKnowledge(Facts{}, Use{}, Knowing{Today: day("2015-06-30"), Provisional: true})
	if err != nil {
		t.Fatal(err)
	}
	f := k.Figures(k.On(Question{}))
	if f.RuleVersion != 0 || f.Programme.Goal != 1000 || f.Verified.Counted != 0 || len(f.Services) != 0 || f.Completeness.Grade != "" {
		t.Errorf("an empty programme is %+v", f.Stamp)
	}
}

// Of two facts with one sequence the first recorded stands, as in the store.
func TestContestedSequence(t *testing.T) {
	w := newWorld(t)
	w.entity("moi")
	second := w.facts.Streams[len(w.facts.Streams)-1]
	second.ID, second.RecordedAt = "another", second.RecordedAt.Add(time.Second)
	second.Body = json.RawMessage(`{"code":"moi","name":"Usurper"}`)
	w.facts.Streams = append([]Fact{second}, w.facts.Streams...)
	if e := entityOf(t, w.figures("2015-06-30"), "moi"); e.Name != "Entity moi" {
		t.Errorf("%s stands", e.Name)
	}
}

// A fact that can't be read is named.
func TestUnreadableFact(t *testing.T) {
	for _, family := range []Family{FamilyProgramme, FamilyEntity, FamilyService, FamilyAssessment, FamilyPlan} {
		facts := Facts{Streams: []Fact{{Family: family, Subject: "x", Seq: 3, Body: json.RawMessage(`{"goal": "many", "code": 7, "kind": 7}`)}}}
		_, err := NewKnowledge(facts, Use{}, Knowing{})
		if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), string(family)+"/x/3") {
			t.Errorf("%s: %v", family, err)
		}
	}
}
