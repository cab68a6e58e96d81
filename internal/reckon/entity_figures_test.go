package reckon_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// The count follows the owner on the date; a scorecard adds up what the owner has.
func TestScorecard(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Live("done", "2015-02-11", programme.LevelTransactional)
	w.Live("more", "2015-02-01", programme.LevelInformative)
	w.Live("gone", "2015-02-01", programme.LevelInformative)
	w.Rollout("gone", programme.ActionRetire, "2015-03-01", 0)
	w.Service(programme.Service{Code: "claimed"})
	w.Rollout("claimed", programme.ActionLaunch, "2015-02-01", programme.LevelInteractive)
	w.Service(programme.Service{Code: "late"})
	w.Plan("moi", "2015-01-01", reckontest.Milestone("done", "2015-02-01"), reckontest.Milestone("late", "2015-05-01"))

	e := reckontest.EntityOf(t, w.Figures("2015-06-30"), "moi")
	if e.Name != "Entity moi" || e.NameAr != "جهة moi" {
		t.Errorf("it is named %q, %q", e.Name, e.NameAr)
	}
	if e.Services != 4 || e.Live != 3 || e.Counted != 2 || e.EndToEnd != 1 {
		t.Errorf("%d services, %d live, %d counted, %d end-to-end; want 4, 3, 2, 1", e.Services, e.Live, e.Counted, e.EndToEnd)
	}
	if e.ByLevel != (programme.ByLevel{1, 0, 1, 0}) || e.ClaimedLevels != (programme.ByLevel{1, 1, 1, 0}) {
		t.Errorf("verified %v, claimed %v", e.ByLevel, e.ClaimedLevels)
	}
	if e.Plan != programme.CountOf(2) || e.Variance != programme.CountOf(0) || e.ScheduleIndex != programme.RatioOf(1, 1) {
		t.Errorf("plan %v, variance %v, index %v", e.Plan, e.Variance, e.ScheduleIndex)
	}
	if e.SlipMedian != programme.RateOf(70, 2) || e.SlipOver30 != 1 || e.Status != figures.StatusLate { // 10 and 60 days
		t.Errorf("slip %v with %d over 30, %s", e.SlipMedian, e.SlipOver30, e.Status)
	}
}

// An entity shows when the catalogue has it, or when it owns a service or a plan on the date.
func TestWhichEntitiesShow(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("known")
	w.Service(programme.Service{Code: "a", Entity: "owner"})
	w.Plan("planner", "2015-01-01", reckontest.Milestone("b", "2015-05-01"))
	w.ServiceFrom(civiltest.Day("2016-01-01"), programme.Service{Code: "c", Entity: "later"})
	f := w.Figures("2015-06-30")
	for _, code := range []string{"known", "owner", "planner"} {
		reckontest.EntityOf(t, f, code)
	}
	if len(f.Entities) != 3 {
		t.Errorf("%d entities show, want 3", len(f.Entities))
	}
	if e := reckontest.EntityOf(t, f, "known"); e.Status != figures.StatusNoData || e.Plan.Known() || e.Completeness.Grade != "" || e.TakeUp.Known() {
		t.Errorf("an entity without anything has %+v", e)
	}
	if e := reckontest.EntityOf(t, f, "owner"); e.Name != "owner" {
		t.Errorf("an entity without facts is named %q, want its code", e.Name)
	}
}
