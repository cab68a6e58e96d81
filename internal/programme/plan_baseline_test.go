package programme

import "testing"

// submit records a step of the entity's first plan revision.
func (w *world) submit(kind PlanKind, on string, milestones ...Milestone) {
	w.fact(FamilyPlan, "moi", day(on), day(on), Plan{Kind: kind, Entity: "moi", Revision: 1, Milestones: milestones})
}

// Approval freezes the revision as last submitted; drafts, submissions and returns plan nothing
// (docs/rules.md#baseline).
func TestApprovalFreezesWhatWasSubmitted(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	w.submit(PlanDraft, "2015-01-01", milestone("a", "2015-02-01"))
	w.submit(PlanSubmitted, "2015-01-02", milestone("a", "2015-03-01"))
	if p := w.figures("2015-12-31").Verified.Plan; p.Known() {
		t.Errorf("a submitted plan counts %v", p)
	}
	w.submit(PlanReturned, "2015-01-03")
	w.submit(PlanSubmitted, "2015-01-04", milestone("a", "2015-04-01"))
	w.submit(PlanApproved, "2015-01-05")
	f := w.figures("2015-12-31")
	if s := serviceOf(t, f, "a"); s.PlannedOn != day("2015-04-01") || f.Verified.Plan != CountOf(1) {
		t.Errorf("planned on %v of %v, want 2015-04-01 of 1", s.PlannedOn, f.Verified.Plan)
	}
}

// An approval is in force from the day it states, else from its effective day, else from its recording.
func TestApprovalDay(t *testing.T) {
	for name, test := range map[string]struct{ stated, effective, recorded, want Date }{
		"stated":    {day("2015-01-03"), day("2015-01-02"), day("2015-01-01"), day("2015-01-03")},
		"effective": {0, day("2015-01-02"), day("2015-01-01"), day("2015-01-02")},
		"recorded":  {0, 0, day("2015-01-01"), day("2015-01-01")},
	} {
		w := newWorld(t)
		w.service(Service{Code: "a"})
		w.fact(FamilyPlan, "moi", test.effective, test.recorded, Plan{
			Kind: PlanApproved, Revision: 1, ApprovedOn: test.stated, Milestones: []Milestone{milestone("a", "2015-01-01")},
		})
		k := w.knowledge()
		if k.Figures(test.want-1).Verified.Plan.Known() || !k.Figures(test.want).Verified.Plan.Known() {
			t.Errorf("%s: not in force from %v", name, test.want)
		}
	}
}

// Of two milestones of one service in one baseline the earlier is its go-live; one without a date plans nothing.
func TestEarliestMilestoneOfABaseline(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	undated := milestone("b", "2015-05-01")
	undated.PlannedOn = 0
	w.service(Service{Code: "b"})
	w.plan("moi", "2015-01-01", milestone("a", "2015-05-01"), milestone("a", "2015-04-01"), undated)
	f := w.figures("2015-12-31")
	if s := serviceOf(t, f, "a"); s.PlannedOn != day("2015-04-01") {
		t.Errorf("planned on %v", s.PlannedOn)
	}
	if s := serviceOf(t, f, "b"); s.Status != ServiceOffline {
		t.Errorf("a milestone without a date makes it %s", s.Status)
	}
}
