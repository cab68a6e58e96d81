package reckon_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Approval freezes the revision as last submitted; drafts, submissions and returns plan nothing
// (docs/rules.md#baseline).
func TestApprovalFreezesWhatWasSubmitted(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.Submit(programme.PlanDraft, "2015-01-01", reckontest.Milestone("a", "2015-02-01"))
	w.Submit(programme.PlanSubmitted, "2015-01-02", reckontest.Milestone("a", "2015-03-01"))
	if p := w.Figures("2015-12-31").Verified.Plan; p.Known() {
		t.Errorf("a submitted plan counts %v", p)
	}
	w.Submit(programme.PlanReturned, "2015-01-03")
	w.Submit(programme.PlanSubmitted, "2015-01-04", reckontest.Milestone("a", "2015-04-01"))
	w.Submit(programme.PlanApproved, "2015-01-05")
	f := w.Figures("2015-12-31")
	if s := reckontest.ServiceOf(t, f, "a"); s.PlannedOn != civiltest.Day("2015-04-01") || f.Verified.Plan != programme.CountOf(1) {
		t.Errorf("planned on %v of %v, want 2015-04-01 of 1", s.PlannedOn, f.Verified.Plan)
	}
}

// An approval is in force from the day it states, else from its effective day, else from its recording.
func TestApprovalDay(t *testing.T) {
	for name, test := range map[string]struct{ stated, effective, recorded, want civil.Date }{
		"stated":    {civiltest.Day("2015-01-03"), civiltest.Day("2015-01-02"), civiltest.Day("2015-01-01"), civiltest.Day("2015-01-03")},
		"effective": {0, civiltest.Day("2015-01-02"), civiltest.Day("2015-01-01"), civiltest.Day("2015-01-02")},
		"recorded":  {0, 0, civiltest.Day("2015-01-01"), civiltest.Day("2015-01-01")},
	} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "a"})
		w.Fact(programme.FamilyPlan, "moi", test.effective, test.recorded, programme.Plan{
			Kind: programme.PlanApproved, Revision: 1, ApprovedOn: test.stated, Milestones: []programme.Milestone{reckontest.Milestone("a", "2015-01-01")},
		})
		k := w.Knowledge()
		if k.Figures(test.want-1).Verified.Plan.Known() || !k.Figures(test.want).Verified.Plan.Known() {
			t.Errorf("%s: not in force from %v", name, test.want)
		}
	}
}

// Of two milestones of one service in one baseline the earlier is its go-live; one without a date plans nothing.
func TestEarliestMilestoneOfABaseline(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	undated := reckontest.Milestone("b", "2015-05-01")
	undated.PlannedOn = 0
	w.Service(programme.Service{Code: "b"})
	w.Plan("moi", "2015-01-01", reckontest.Milestone("a", "2015-05-01"), reckontest.Milestone("a", "2015-04-01"), undated)
	f := w.Figures("2015-12-31")
	if s := reckontest.ServiceOf(t, f, "a"); s.PlannedOn != civiltest.Day("2015-04-01") {
		t.Errorf("planned on %v", s.PlannedOn)
	}
	late := reckontest.Milestone("c", "2015-06-01")
	undated.Service = "c"
	w.Service(programme.Service{Code: "c"})
	w.Entity("moc")
	w.Plan("moc", "2015-01-01", late, undated)
	if m := w.Figures("2015-12-31").Plans.Milestones[1]; m.Service != "c" || m.OriginalOn != late.PlannedOn || m.CurrentOn != late.PlannedOn {
		t.Errorf("beside one without a date: %+v", m)
	}
	if s := reckontest.ServiceOf(t, f, "b"); s.Status != figures.ServiceOffline {
		t.Errorf("a milestone without a date makes it %s", s.Status)
	}
}

// Of two milestones of one service on one day the first of the plan is its go-live.
func TestTheFirstOfTwoMilestonesOfADay(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	first, second := reckontest.Milestone("a", "2015-05-01"), reckontest.Milestone("a", "2015-05-01")
	first.Code, first.Reason, first.ExpectedOn = "m1", "the first", civiltest.Day("2016-05-01")
	second.Code, second.Reason, second.ExpectedOn = "m2", "the second", civiltest.Day("2016-06-01")
	w.Plan("moi", "2015-01-01", first, second)
	m := w.Figures("2015-12-31").Plans.Milestones[0]
	if m.Milestone != "m1" || m.Reason != "the first" || m.ExpectedOn != civiltest.Day("2016-05-01") {
		t.Errorf("%+v", m)
	}
}
