package programme

import "testing"

// The first approved milestone dates a service for good; later baselines draw the current plan
// (docs/rules.md#plan-curve).
func TestReplanMovesOnlyTheCurrentPlan(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	w.service(Service{Code: "b"})
	w.plan("moi", "2015-01-10", milestone("a", "2015-06-01"), milestone("b", "2015-07-01"))
	before := w.figures("2015-12-31")
	w.plan("moi", "2015-05-01", milestone("a", "2016-06-01"))
	after := w.figures("2015-12-31")

	for _, f := range []*Figures{before, after} {
		if f.Verified.Plan != CountOf(2) {
			t.Errorf("the original plan is %v, want 2", f.Verified.Plan)
		}
	}
	last := func(f *Figures, on string) ProgressMonth {
		for _, point := range f.Verified.Series {
			if point.Month == month(on) {
				return point
			}
		}
		t.Fatalf("no point for %s", on)
		return ProgressMonth{}
	}
	if got := last(before, "2015-12").CurrentPlan; got != CountOf(2) {
		t.Errorf("the current plan was %v, want 2", got)
	}
	if got := last(after, "2015-12").CurrentPlan; got != CountOf(0) {
		t.Errorf("the current plan is %v, want 0: one service moved, one was dropped", got)
	}
	if got := last(after, "2016-06").CurrentPlan; got != CountOf(1) {
		t.Errorf("the current plan of June 2016 is %v, want 1", got)
	}
	if s := serviceOf(t, after, "a"); s.PlannedOn != day("2015-06-01") || s.ExpectedOn != day("2016-06-01") {
		t.Errorf("planned %v and expected %v, want 2015-06-01 and 2016-06-01", s.PlannedOn, s.ExpectedOn)
	}
}

// A plan is in force from its approval, and before the first there is none.
func TestPlanIsInForceFromItsApproval(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	w.plan("moi", "2015-03-10", milestone("a", "2015-02-01"))
	for on, want := range map[string]Count{
		"2015-03-09": {State: NotProvided}, "2015-03-10": CountOf(1), "2016-01-01": CountOf(1),
	} {
		p := w.figures(on).Verified
		if p.Plan != want {
			t.Errorf("on %s the plan is %v, want %v", on, p.Plan, want)
		}
		if p.Variance.Known() != want.Known() || p.ScheduleIndex.Known() != want.Known() {
			t.Errorf("on %s variance %v and index %v don't follow the plan %v", on, p.Variance, p.ScheduleIndex, want)
		}
	}
}

// A date approved late enters the plan with its approval: a past point is drawn as it was known then.
func TestLateApprovalEntersThePlanLate(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	w.service(Service{Code: "b", Entity: "moc"})
	w.plan("moi", "2015-01-01", milestone("a", "2015-02-01"))
	w.plan("moc", "2015-06-10", milestone("b", "2015-03-01"))
	series := w.figures("2015-12-31").Verified.Series
	for m, want := range map[string]Count{"2015-03": CountOf(1), "2015-05": CountOf(1), "2015-06": CountOf(2)} {
		if got := series[month(m)-series[0].Month].Plan; got != want {
			t.Errorf("the plan of %s is %v, want %v", m, got, want)
		}
	}
}

// Existing stock is in the plan when the rule counts it, and neither planned nor counted when it doesn't.
func TestExistingStockInThePlan(t *testing.T) {
	w := newWorld(t)
	w.live("old", "2013-05-01", LevelInformative)
	w.live("new", "2014-05-01", LevelInformative)
	w.plan("moi", "2014-01-01", milestone("new", "2014-04-01"))
	if p := w.figures("2014-12-31").Verified; p.Counted != 2 || p.Plan != CountOf(2) {
		t.Errorf("with existing services %d of %v, want 2 of 2", p.Counted, p.Plan)
	}
	w.rule(Rule{MinimumLevel: LevelInformative})
	if p := w.figures("2014-12-31").Verified; p.Counted != 1 || p.Plan != CountOf(1) {
		t.Errorf("without existing services %d of %v, want 1 of 1", p.Counted, p.Plan)
	}
}

// Milestones below the rule's minimum, of parts and of services out of scope, are not in the plan.
func TestPlanHoldsOnlyWhatCanCount(t *testing.T) {
	w := newWorld(t)
	w.rule(Rule{MinimumLevel: LevelInteractive, Audiences: []string{"citizens"}, CountExisting: true})
	for _, s := range []Service{
		{Code: "low", Audience: "citizens"},
		{Code: "part", Audience: "citizens", PartOf: "whole"},
		{Code: "visitors", Audience: "visitors"},
		{Code: "whole", Audience: "citizens"},
	} {
		w.service(s)
	}
	interactive := func(code string) Milestone {
		m := milestone(code, "2015-06-01")
		m.Level = LevelInteractive
		return m
	}
	w.plan("moi", "2015-01-01", milestone("low", "2015-06-01"), interactive("part"), interactive("visitors"), interactive("whole"))
	f := w.figures("2015-12-31")
	if f.Verified.Plan != CountOf(1) {
		t.Errorf("the plan is %v, want the whole alone", f.Verified.Plan)
	}
	if e := entityOf(t, f, "moi"); e.Reason.Milestones != 1 || e.Plan != CountOf(1) {
		t.Errorf("the entity has %d milestones and a plan of %v, want 1 and 1", e.Reason.Milestones, e.Plan)
	}
}

// A service that moves takes its planned date along; the new owner has a plan from the day it was due.
func TestPlanFollowsTheOwner(t *testing.T) {
	w := newWorld(t)
	w.entity("moi")
	w.entity("moc")
	w.service(Service{Code: "a", Entity: "moi"})
	w.plan("moi", "2015-01-01", milestone("a", "2015-03-01"))
	w.serviceFrom(day("2015-06-01"), Service{Code: "a", Entity: "moc"})
	f := w.figures("2015-12-31")
	if moi, moc := entityOf(t, f, "moi"), entityOf(t, f, "moc"); moi.Plan != CountOf(0) || moc.Plan != CountOf(1) {
		t.Errorf("plans are %v and %v, want 0 and 1", moi.Plan, moc.Plan)
	}
	if moc := entityOf(t, f, "moc"); moc.Status != StatusLate {
		t.Errorf("the new owner is %s, want late", moc.Status)
	}
}

// Done before the newest revision, which no longer names it, a service stays in the current plan from its launch.
func TestDoneServiceStaysInTheCurrentPlan(t *testing.T) {
	w := newWorld(t)
	w.live("done", "2015-02-01", LevelInformative)
	w.service(Service{Code: "open"})
	w.plan("moi", "2015-01-01", milestone("done", "2015-02-15"), milestone("open", "2015-09-01"))
	w.plan("moi", "2015-05-01", milestone("open", "2015-10-01"))
	f := w.figures("2015-12-31")
	points := f.Verified.Series
	if got := points[len(points)-1].CurrentPlan; got != CountOf(2) {
		t.Errorf("the current plan ends at %v, want 2", got)
	}
}
