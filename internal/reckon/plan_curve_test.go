package reckon_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// The first approved milestone dates a service for good; later baselines draw the current plan
// (docs/rules.md#plan-curve).
func TestReplanMovesOnlyTheCurrentPlan(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.Service(programme.Service{Code: "b"})
	w.Plan("moi", "2015-01-10", reckontest.Milestone("a", "2015-06-01"), reckontest.Milestone("b", "2015-07-01"))
	before := w.Figures("2015-12-31")
	w.Plan("moi", "2015-05-01", reckontest.Milestone("a", "2016-06-01"))
	after := w.Figures("2015-12-31")

	for _, f := range []*figures.Figures{before, after} {
		if f.Verified.Plan != programme.CountOf(2) {
			t.Errorf("the original plan is %v, want 2", f.Verified.Plan)
		}
	}
	last := func(f *figures.Figures, on string) figures.ProgressMonth {
		for _, point := range f.Verified.Series {
			if point.Month == civiltest.Month(on) {
				return point
			}
		}
		t.Fatalf("no point for %s", on)
		return figures.ProgressMonth{}
	}
	if got := last(before, "2015-12").CurrentPlan; got != programme.CountOf(2) {
		t.Errorf("the current plan was %v, want 2", got)
	}
	if got := last(after, "2015-12").CurrentPlan; got != programme.CountOf(0) {
		t.Errorf("the current plan is %v, want 0: one service moved, one was dropped", got)
	}
	if got := last(after, "2016-06").CurrentPlan; got != programme.CountOf(1) {
		t.Errorf("the current plan of June 2016 is %v, want 1", got)
	}
	if s := reckontest.ServiceOf(t, after, "a"); s.PlannedOn != civiltest.Day("2015-06-01") || s.ExpectedOn != civiltest.Day("2016-06-01") {
		t.Errorf("planned %v and expected %v, want 2015-06-01 and 2016-06-01", s.PlannedOn, s.ExpectedOn)
	}
}

// On a date before a re-plan the plan is the one approved by then.
func TestAReplanIsNotInForceBeforeItsApproval(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.Service(programme.Service{Code: "b"})
	w.Plan("moi", "2015-01-10", reckontest.Milestone("a", "2015-06-01"))
	w.Plan("moi", "2015-05-01", reckontest.Milestone("a", "2016-06-01"), reckontest.Milestone("b", "2015-05-02"))
	for on, want := range map[string]struct {
		milestones int
		current    string
	}{"2015-04-30": {1, "2015-06-01"}, "2015-05-01": {2, "2016-06-01"}} {
		list := w.Figures(on).Plans.Milestones
		for _, m := range list {
			if m.Service == "a" && m.CurrentOn != civiltest.Day(want.current) {
				t.Errorf("on %s a is planned for %s, want %s", on, m.CurrentOn, want.current)
			}
		}
		if len(list) != want.milestones {
			t.Errorf("on %s %d milestones, want %d", on, len(list), want.milestones)
		}
	}
}

// A plan that is approved again on the same day is a later baseline: it rewrites no original date.
func TestASecondApprovalOfADayRewritesNoOriginalDate(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.Plan("moi", "2015-01-10", reckontest.Milestone("a", "2015-06-01"))
	w.Plan("moi", "2015-01-10", reckontest.Milestone("a", "2015-03-01"))
	m := w.Figures("2015-12-31").Plans.Milestones[0]
	if m.OriginalOn != civiltest.Day("2015-06-01") || m.CurrentOn != civiltest.Day("2015-03-01") {
		t.Errorf("first planned for %s and now for %s, want 2015-06-01 and 2015-03-01", m.OriginalOn, m.CurrentOn)
	}
}

// A plan is in force from its approval, and before the first there is none.
func TestPlanIsInForceFromItsApproval(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.Plan("moi", "2015-03-10", reckontest.Milestone("a", "2015-02-01"))
	for on, want := range map[string]programme.Count{
		"2015-03-09": {State: programme.NotProvided}, "2015-03-10": programme.CountOf(1), "2016-01-01": programme.CountOf(1),
	} {
		p := w.Figures(on).Verified
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
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.Service(programme.Service{Code: "b", Entity: "moc"})
	w.Plan("moi", "2015-01-01", reckontest.Milestone("a", "2015-02-01"))
	w.Plan("moc", "2015-06-10", reckontest.Milestone("b", "2015-03-01"))
	series := w.Figures("2015-12-31").Verified.Series
	for m, want := range map[string]programme.Count{"2015-03": programme.CountOf(1), "2015-05": programme.CountOf(1), "2015-06": programme.CountOf(2)} {
		if got := series[civiltest.Month(m)-series[0].Month].Plan; got != want {
			t.Errorf("the plan of %s is %v, want %v", m, got, want)
		}
	}
}

// Existing stock is in the plan when the rule counts it, and neither planned nor counted when it doesn't.
func TestExistingStockInThePlan(t *testing.T) {
	w := reckontest.New(t)
	w.Live("old", "2013-05-01", programme.LevelInformative)
	w.Live("new", "2014-05-01", programme.LevelInformative)
	w.Plan("moi", "2014-01-01", reckontest.Milestone("new", "2014-04-01"))
	if p := w.Figures("2014-12-31").Verified; p.Counted != 2 || p.Plan != programme.CountOf(2) {
		t.Errorf("with existing services %d of %v, want 2 of 2", p.Counted, p.Plan)
	}
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative})
	if p := w.Figures("2014-12-31").Verified; p.Counted != 1 || p.Plan != programme.CountOf(1) {
		t.Errorf("without existing services %d of %v, want 1 of 1", p.Counted, p.Plan)
	}
}

// Existing stock is what counted on the day before the programme's start, by the catalogue of that day.
func TestTheStockIsThatOfTheEveOfTheProgramme(t *testing.T) {
	for name, test := range map[string]struct {
		build func(w *reckontest.World)
		want  int
	}{
		"live on the eve":       {func(w *reckontest.World) { w.Live("a", "2013-12-31", programme.LevelInformative) }, 1},
		"live on the first day": {func(w *reckontest.World) { w.Live("a", "2014-01-01", programme.LevelInformative) }, 0},
		"live on the day after": {func(w *reckontest.World) { w.Live("a", "2014-01-02", programme.LevelInformative) }, 0},
		"in no catalogue before": {func(w *reckontest.World) {
			w.ServiceFrom(civiltest.Day("2014-03-01"), programme.Service{Code: "a"})
			w.Rollout("a", programme.ActionLaunch, "2013-05-01", programme.LevelInformative).VerifiedBy = "admin"
		}, 1},
		"out of the catalogue by then": {func(w *reckontest.World) {
			w.Live("a", "2013-05-01", programme.LevelInformative)
			w.ServiceFrom(civiltest.Day("2013-12-31"), programme.Service{Code: "a", Removed: true})
		}, 0},
		"out of it on the first day": {func(w *reckontest.World) {
			w.Live("a", "2013-05-01", programme.LevelInformative)
			w.ServiceFrom(civiltest.Day("2014-01-01"), programme.Service{Code: "a", Removed: true})
		}, 1},
	} {
		w := reckontest.New(t)
		w.Entity("moi")
		w.Entity("moc")
		w.Service(programme.Service{Code: "other", Entity: "moc"})
		w.Plan("moc", "2014-01-01", reckontest.Milestone("other", "2014-02-01"))
		test.build(w)
		f := w.Figures("2014-12-31")
		if f.Verified.Plan != programme.CountOf(1+test.want) {
			t.Errorf("%s: the plan is %v, want %d", name, f.Verified.Plan, 1+test.want)
		}
		if owner := reckontest.EntityOf(t, f, "moi"); owner.Plan.Known() {
			t.Errorf("%s: an entity without a plan has one of %v", name, owner.Plan)
		}
	}
}

// Milestones below the rule's minimum, of parts and of services out of scope, are not in the plan.
func TestPlanHoldsOnlyWhatCanCount(t *testing.T) {
	w := reckontest.New(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInteractive, Audiences: []string{"citizens"}, CountExisting: true})
	for _, s := range []programme.Service{
		{Code: "low", Audience: "citizens"},
		{Code: "part", Audience: "citizens", PartOf: "whole"},
		{Code: "visitors", Audience: "visitors"},
		{Code: "whole", Audience: "citizens"},
	} {
		w.Service(s)
	}
	interactive := func(code string) programme.Milestone {
		m := reckontest.Milestone(code, "2015-06-01")
		m.Level = programme.LevelInteractive
		return m
	}
	w.Plan("moi", "2015-01-01", reckontest.Milestone("low", "2015-06-01"), interactive("part"), interactive("visitors"), interactive("whole"))
	f := w.Figures("2015-12-31")
	if f.Verified.Plan != programme.CountOf(1) {
		t.Errorf("the plan is %v, want the whole alone", f.Verified.Plan)
	}
	if e := reckontest.EntityOf(t, f, "moi"); e.Reason.Milestones != 1 || e.Plan != programme.CountOf(1) {
		t.Errorf("the entity has %d milestones and a plan of %v, want 1 and 1", e.Reason.Milestones, e.Plan)
	}
}

// A service that moves takes its planned date along; the new owner has a plan from the day it was due.
func TestPlanFollowsTheOwner(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Entity("moc")
	w.Service(programme.Service{Code: "a", Entity: "moi"})
	w.Plan("moi", "2015-01-01", reckontest.Milestone("a", "2015-03-01"))
	w.ServiceFrom(civiltest.Day("2015-06-01"), programme.Service{Code: "a", Entity: "moc"})
	f := w.Figures("2015-12-31")
	if moi, moc := reckontest.EntityOf(t, f, "moi"), reckontest.EntityOf(t, f, "moc"); moi.Plan != programme.CountOf(0) || moc.Plan != programme.CountOf(1) {
		t.Errorf("plans are %v and %v, want 0 and 1", moi.Plan, moc.Plan)
	}
	if now := reckontest.EntityOf(t, f, "moc").Series[11]; now.CurrentPlan != programme.CountOf(1) || now.Plan != programme.CountOf(1) {
		t.Errorf("the new owner's plans are %v and now %v, want 1 and 1", now.Plan, now.CurrentPlan)
	}
	if moc := reckontest.EntityOf(t, f, "moc"); moc.Status != figures.StatusLate {
		t.Errorf("the new owner is %s, want late", moc.Status)
	}
}

// Done before the newest revision, which no longer names it, a service stays in the current plan from its launch.
func TestDoneServiceStaysInTheCurrentPlan(t *testing.T) {
	w := reckontest.New(t)
	w.Live("done", "2015-02-01", programme.LevelInformative)
	w.Service(programme.Service{Code: "open"})
	w.Plan("moi", "2015-01-01", reckontest.Milestone("done", "2015-02-15"), reckontest.Milestone("open", "2015-09-01"))
	w.Plan("moi", "2015-05-01", reckontest.Milestone("open", "2015-10-01"))
	f := w.Figures("2015-12-31")
	points := f.Verified.Series
	if got := points[len(points)-1].CurrentPlan; got != programme.CountOf(2) {
		t.Errorf("the current plan ends at %v, want 2", got)
	}
}
