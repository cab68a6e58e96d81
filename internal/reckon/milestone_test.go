package reckon_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Slip = actual − original; open slip = max(expected, on) − original (docs/rules.md#slip).
func TestSlip(t *testing.T) {
	expecting := func(on, expected string) programme.Milestone {
		m := reckontest.Milestone("a", on)
		m.ExpectedOn = civiltest.Day(expected)
		return m
	}
	for name, test := range map[string]struct {
		planned  programme.Milestone
		launched string
		want     programme.Count
		expected string // none: it is done, or that day has passed
	}{
		"done late":             {reckontest.Milestone("a", "2015-03-01"), "2015-03-11", programme.CountOf(10), ""},
		"done early":            {reckontest.Milestone("a", "2015-03-11"), "2015-03-01", programme.CountOf(-10), ""},
		"open and not due":      {reckontest.Milestone("a", "2015-08-01"), "", programme.CountOf(0), "2015-08-01"},
		"open and overdue":      {reckontest.Milestone("a", "2015-06-25"), "", programme.CountOf(5), ""},
		"open, expected later":  {expecting("2015-06-25", "2015-07-05"), "", programme.CountOf(10), "2015-07-05"},
		"overdue what it hoped": {expecting("2015-06-10", "2015-06-20"), "", programme.CountOf(20), ""},
		"expected today":        {expecting("2015-06-10", "2015-06-30"), "", programme.CountOf(20), "2015-06-30"},
		"expected yesterday":    {expecting("2015-06-10", "2015-06-29"), "", programme.CountOf(20), ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := reckontest.New(t)
			w.Service(programme.Service{Code: "a"})
			if test.launched != "" {
				w.Rollout("a", programme.ActionLaunch, test.launched, programme.LevelInformative).VerifiedBy = "admin"
			}
			w.Plan("moi", "2015-01-01", test.planned)
			f := w.Figures("2015-06-30")
			s, m := reckontest.ServiceOf(t, f, "a"), f.Plans.Milestones[0]
			if s.Slip != test.want {
				t.Errorf("slip %v, want %v", s.Slip, test.want)
			}
			expected := civil.Date(0)
			if test.expected != "" {
				expected = civiltest.Day(test.expected)
			}
			none := test.expected == "" && test.launched == ""
			if s.ExpectedOn != expected || m.ExpectedOn != expected || m.NoDateGiven != none {
				t.Errorf("expected on %v and %v, no date given: %v", s.ExpectedOn, m.ExpectedOn, m.NoDateGiven)
			}
		})
	}
}

// The slip of an unplanned service does not apply.
func TestUnplannedServiceHasNoSlip(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	if s := reckontest.ServiceOf(t, w.Figures("2015-06-30"), "a"); s.Slip.State != programme.NotApplicable || !s.PlannedOn.IsZero() {
		t.Errorf("slip %v, planned %v", s.Slip, s.PlannedOn)
	}
}

// The figures behind a status: 30 days late is late, 31 days weighs more.
func TestStatusReason(t *testing.T) {
	w := reckontest.New(t)
	w.Live("done", "2015-02-01", programme.LevelInformative)
	for _, code := range []string{"thirty", "more", "open"} {
		w.Service(programme.Service{Code: code})
	}
	w.Plan("moi", "2015-01-01", reckontest.Milestone("done", "2015-02-01"), reckontest.Milestone("thirty", "2015-05-31"),
		reckontest.Milestone("more", "2015-05-30"), reckontest.Milestone("open", "2015-09-01"))
	e := reckontest.EntityOf(t, w.Figures("2015-06-30"), "moi")
	if want := (figures.StatusReason{Due: 3, Done: 1, Late: 2, LateOver30: 1, Milestones: 4}); e.Reason != want || e.Status != figures.StatusLate {
		t.Errorf("%s for %+v, want late for %+v", e.Status, e.Reason, want)
	}
}

// A milestone is due on its day and late from the day after it.
func TestDueOnItsDay(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Service(programme.Service{Code: "a"})
	w.Plan("moi", "2015-01-05", reckontest.Milestone("a", "2015-06-30"))
	for on, want := range map[string]figures.StatusReason{
		"2015-06-29": {Milestones: 1},
		"2015-06-30": {Milestones: 1, Due: 1},
		"2015-07-01": {Milestones: 1, Due: 1, Late: 1},
		"2015-07-30": {Milestones: 1, Due: 1, Late: 1},
		"2015-07-31": {Milestones: 1, Due: 1, Late: 1, LateOver30: 1},
	} {
		if got := reckontest.EntityOf(t, w.Figures(on), "moi").Reason; got != want {
			t.Errorf("on %s: %+v, want %+v", on, got, want)
		}
	}
}
