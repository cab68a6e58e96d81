package programme

import (
	"slices"
	"testing"
)

// heir puts a live service into the catalogue that succeeds others.
func (w *world) heir(s Service, on string, level Level) {
	w.service(s)
	w.rollout(s.Code, ActionLaunch, on, level, ChannelWeb).VerifiedBy = "admin"
}

// counted lists the codes of the services that count.
func counted(f *Figures) []string {
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
		heirs []Service
		want  []string
	}{
		"the successor":              {[]Service{{Code: "new", Succeeds: []string{"old"}}}, []string{"new"}},
		"one of two":                 {[]Service{{Code: "new1", Succeeds: []string{"old"}}, {Code: "new2", Succeeds: []string{"old"}}}, []string{"new1"}},
		"apart for a reason":         {[]Service{{Code: "new1", Succeeds: []string{"old"}}, {Code: "new2", Succeeds: []string{"old"}, CountsApart: "two laws"}}, []string{"new1", "new2"}},
		"the newest of a chain":      {[]Service{{Code: "a", Succeeds: []string{"old"}}, {Code: "b", Succeeds: []string{"a"}}}, []string{"b"}},
		"the first of a circle":      {[]Service{{Code: "a", Succeeds: []string{"b"}}, {Code: "b", Succeeds: []string{"a"}}}, []string{"a", "old"}},
		"itself, which says nothing": {[]Service{{Code: "a", Succeeds: []string{"a"}}}, []string{"a", "old"}},
	} {
		w := newWorld(t)
		w.live("old", "2014-05-01", LevelInformative)
		for _, s := range test.heirs {
			w.heir(s, "2015-05-01", LevelInformative)
		}
		if got := counted(w.figures("2015-12-31")); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v count, want %v", name, got, test.want)
		}
	}
}

// Of two successors the one at the higher level stands for the unit; the other says why it doesn't count.
func TestHigherLevelStandsForTheUnit(t *testing.T) {
	w := newWorld(t)
	w.live("old", "2014-05-01", LevelInformative)
	w.heir(Service{Code: "new1", Succeeds: []string{"old"}}, "2015-05-01", LevelInformative)
	w.heir(Service{Code: "new2", Succeeds: []string{"old"}}, "2015-05-01", LevelTransactional)
	f := w.figures("2015-12-31")
	if f.Verified.ByLevel != (ByLevel{0, 0, 1, 0}) {
		t.Errorf("levels %v, want the higher one", f.Verified.ByLevel)
	}
	if clause := serviceOf(t, f, "new1").Clause; clause != ClauseSucceeded {
		t.Errorf("the other fails %q", clause)
	}
}

// Succession never resets the first date: the heir of an existing service existed before.
func TestSuccessionKeepsTheFirstDate(t *testing.T) {
	w := newWorld(t)
	w.rule(Rule{MinimumLevel: LevelInformative})
	w.live("old", "2013-05-01", LevelInformative)
	w.rollout("old", ActionRetire, "2015-05-01", 0)
	w.heir(Service{Code: "new", Succeeds: []string{"old"}}, "2015-05-01", LevelInformative)
	if clause := serviceOf(t, w.figures("2015-12-31"), "new").Clause; clause != ClauseExistedBefore {
		t.Errorf("the heir fails %q, want existed_before", clause)
	}
}

// A unit is planned once, and the launch of an heir is that of what it succeeds.
func TestHeirMeetsThePlanOfItsUnit(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "old"})
	w.heir(Service{Code: "new", Succeeds: []string{"old"}}, "2015-03-11", LevelInformative)
	w.plan("moi", "2015-01-01", milestone("old", "2015-03-01"), milestone("new", "2015-09-01"))
	f := w.figures("2015-12-31")
	if f.Verified.Plan != CountOf(1) || f.Verified.Counted != 1 {
		t.Errorf("%d of %v, want 1 of 1", f.Verified.Counted, f.Verified.Plan)
	}
	if slip := serviceOf(t, f, "old").Slip; slip != CountOf(10) {
		t.Errorf("slip %v, want 10 days", slip)
	}
	if len(f.Attention.Late) != 0 {
		t.Errorf("late: %v", f.Attention.Late)
	}
}

// One that counts apart is planned apart.
func TestPlannedApart(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "old"})
	w.service(Service{Code: "new", Succeeds: []string{"old"}, CountsApart: "two laws"})
	w.plan("moi", "2015-01-01", milestone("old", "2015-03-01"), milestone("new", "2015-09-01"))
	if plan := w.figures("2015-12-31").Verified.Plan; plan != CountOf(2) {
		t.Errorf("the plan is %v, want 2", plan)
	}
}
