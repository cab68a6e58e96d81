package reckon_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// counted lists the codes of the services that count.
func counted(f *figures.Figures) []string {
	var codes []string
	for i := range f.Services {
		if f.Services[i].Counted {
			codes = append(codes, f.Services[i].Code)
		}
	}
	return codes
}

// A connected set of successions is one unit, of which one counts (docs/rules.md#succession).
func TestOfAUnitOneCounts(t *testing.T) {
	for name, test := range map[string]struct {
		heirs []programme.Service
		want  []string
	}{
		"the successor":              {[]programme.Service{{Code: "new", Succeeds: []string{"old"}}}, []string{"new"}},
		"one of two":                 {[]programme.Service{{Code: "new1", Succeeds: []string{"old"}}, {Code: "new2", Succeeds: []string{"old"}}}, []string{"new1"}},
		"apart for a reason":         {[]programme.Service{{Code: "new1", Succeeds: []string{"old"}}, {Code: "new2", Succeeds: []string{"old"}, CountsApart: "two laws"}}, []string{"new1", "new2"}},
		"the newest of a chain":      {[]programme.Service{{Code: "a", Succeeds: []string{"old"}}, {Code: "b", Succeeds: []string{"a"}}}, []string{"b"}},
		"the first of a circle":      {[]programme.Service{{Code: "a", Succeeds: []string{"b"}}, {Code: "b", Succeeds: []string{"a"}}}, []string{"a", "old"}},
		"itself, which says nothing": {[]programme.Service{{Code: "a", Succeeds: []string{"a"}}}, []string{"a", "old"}},
	} {
		w := reckontest.New(t)
		w.Live("old", "2014-05-01", programme.LevelInformative)
		for _, s := range test.heirs {
			w.Heir(s, "2015-05-01", programme.LevelInformative)
		}
		if got := counted(w.Figures("2015-12-31")); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v count, want %v", name, got, test.want)
		}
	}
}

// Of two successors the one at the higher level stands for the unit; the other says why it doesn't count.
func TestHigherLevelStandsForTheUnit(t *testing.T) {
	w := reckontest.New(t)
	w.Live("old", "2014-05-01", programme.LevelInformative)
	w.Heir(programme.Service{Code: "new1", Succeeds: []string{"old"}}, "2015-05-01", programme.LevelInformative)
	w.Heir(programme.Service{Code: "new2", Succeeds: []string{"old"}}, "2015-05-01", programme.LevelTransactional)
	f := w.Figures("2015-12-31")
	if f.Verified.ByLevel != (programme.ByLevel{0, 0, 1, 0}) {
		t.Errorf("levels %v, want the higher one", f.Verified.ByLevel)
	}
	if clause := reckontest.ServiceOf(t, f, "new1").Clause; clause != programme.ClauseSucceeded {
		t.Errorf("the other fails %q", clause)
	}
}

// What is succeeded counts until its heir does, and again when the heir leaves the catalogue.
func TestTheOldCountsUntilItsHeirDoes(t *testing.T) {
	for name, test := range map[string]struct {
		build func(w *reckontest.World)
		want  []string
	}{
		"an heir that is not live": {func(w *reckontest.World) { w.Service(programme.Service{Code: "new", Succeeds: []string{"old"}}) }, []string{"old"}},
		"an heir that is live": {func(w *reckontest.World) {
			w.Heir(programme.Service{Code: "new", Succeeds: []string{"old"}}, "2015-05-01", 1)
		}, []string{"new"}},
		"an heir that left the catalogue": {func(w *reckontest.World) {
			w.Heir(programme.Service{Code: "new", Succeeds: []string{"old"}}, "2015-05-01", 1)
			w.ServiceFrom(civiltest.Day("2015-08-01"), programme.Service{Code: "new", Succeeds: []string{"old"}, Removed: true})
		}, []string{"old"}},
	} {
		w := reckontest.New(t)
		w.Live("old", "2014-05-01", programme.LevelInformative)
		test.build(w)
		f := w.Figures("2015-12-31")
		if got := counted(f); !slices.Equal(got, test.want) || f.Verified.Counted != 1 {
			t.Errorf("%s: %v count (%d), want %v", name, got, f.Verified.Counted, test.want)
		}
	}
}

// Succession never resets the first date: the heir of an existing service existed before.
func TestSuccessionKeepsTheFirstDate(t *testing.T) {
	w := reckontest.New(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative})
	w.Live("old", "2013-05-01", programme.LevelInformative)
	w.Rollout("old", programme.ActionRetire, "2015-05-01", 0)
	w.Heir(programme.Service{Code: "new", Succeeds: []string{"old"}}, "2015-05-01", programme.LevelInformative)
	if clause := reckontest.ServiceOf(t, w.Figures("2015-12-31"), "new").Clause; clause != programme.ClauseExistedBefore {
		t.Errorf("the heir fails %q, want existed_before", clause)
	}
}

// What existed before says so where nothing else keeps it from counting but its heir.
func TestWhatExistedBeforeSaysWhyItDoesNotCount(t *testing.T) {
	w := reckontest.New(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative})
	for _, code := range []string{"alone", "gone", "old"} {
		w.Live(code, "2013-05-01", programme.LevelInformative)
	}
	w.Rollout("gone", programme.ActionRetire, "2015-05-01", 0)
	w.Heir(programme.Service{Code: "new", Succeeds: []string{"old"}}, "2015-05-01", programme.LevelInformative)
	f := w.Figures("2015-12-31")
	for code, want := range map[string]programme.Clause{
		"alone": programme.ClauseExistedBefore, "gone": programme.ClauseRetired, "old": programme.ClauseExistedBefore,
		"new": programme.ClauseExistedBefore,
	} {
		if got := reckontest.ServiceOf(t, f, code).Clause; got != want {
			t.Errorf("%s fails %q, want %q", code, got, want)
		}
	}
}

// A unit is planned once, and the launch of an heir is that of what it succeeds.
func TestHeirMeetsThePlanOfItsUnit(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "old"})
	w.Heir(programme.Service{Code: "new", Succeeds: []string{"old"}}, "2015-03-11", programme.LevelInformative)
	w.Plan("moi", "2015-01-01", reckontest.Milestone("old", "2015-03-01"), reckontest.Milestone("new", "2015-09-01"))
	f := w.Figures("2015-12-31")
	if f.Verified.Plan != programme.CountOf(1) || f.Verified.Counted != 1 {
		t.Errorf("%d of %v, want 1 of 1", f.Verified.Counted, f.Verified.Plan)
	}
	if slip := reckontest.ServiceOf(t, f, "old").Slip; slip != programme.CountOf(10) {
		t.Errorf("slip %v, want 10 days", slip)
	}
	if len(f.Attention.Late) != 0 {
		t.Errorf("late: %v", f.Attention.Late)
	}
}

// What replaced the heir is an heir too: of a chain of successions the first that is at the level counts.
func TestTheHeirOfAnHeirMeetsThePlan(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "old"})
	w.Service(programme.Service{Code: "middle", Succeeds: []string{"old"}})
	w.Heir(programme.Service{Code: "new", Succeeds: []string{"middle"}}, "2015-03-11", programme.LevelInformative)
	w.Plan("moi", "2015-01-01", reckontest.Milestone("old", "2015-03-01"))
	f := w.Figures("2015-12-31")
	if s := reckontest.ServiceOf(t, f, "old"); s.Slip != programme.CountOf(10) || len(f.Attention.Late) != 0 {
		t.Errorf("slip %v, late %v, want 10 days and nothing late", s.Slip, f.Attention.Late)
	}
}

// One that counts apart is planned apart.
func TestPlannedApart(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "old"})
	w.Service(programme.Service{Code: "new", Succeeds: []string{"old"}, CountsApart: "two laws"})
	w.Plan("moi", "2015-01-01", reckontest.Milestone("old", "2015-03-01"), reckontest.Milestone("new", "2015-09-01"))
	if plan := w.Figures("2015-12-31").Verified.Plan; plan != programme.CountOf(2) {
		t.Errorf("the plan is %v, want 2", plan)
	}
}
