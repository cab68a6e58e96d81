package programme

import "testing"

// The count follows the owner on the date; a scorecard adds up what the owner has.
func TestScorecard(t *testing.T) {
	w := newWorld(t)
	w.entity("moi")
	w.live("done", "2015-02-11", LevelTransactional)
	w.live("more", "2015-02-01", LevelInformative)
	w.live("gone", "2015-02-01", LevelInformative)
	w.rollout("gone", ActionRetire, "2015-03-01", 0)
	w.service(Service{Code: "claimed"})
	w.rollout("claimed", ActionLaunch, "2015-02-01", LevelInteractive)
	w.service(Service{Code: "late"})
	w.plan("moi", "2015-01-01", milestone("done", "2015-02-01"), milestone("late", "2015-05-01"))

	e := entityOf(t, w.figures("2015-06-30"), "moi")
	if e.Name != "Entity moi" || e.NameAr != "جهة moi" {
		t.Errorf("it is named %q, %q", e.Name, e.NameAr)
	}
	if e.Services != 4 || e.Live != 3 || e.Counted != 2 || e.EndToEnd != 1 {
		t.Errorf("%d services, %d live, %d counted, %d end-to-end; want 4, 3, 2, 1", e.Services, e.Live, e.Counted, e.EndToEnd)
	}
	if e.ByLevel != (ByLevel{1, 0, 1, 0}) || e.ClaimedLevels != (ByLevel{1, 1, 1, 0}) {
		t.Errorf("verified %v, claimed %v", e.ByLevel, e.ClaimedLevels)
	}
	if e.Plan != CountOf(2) || e.Variance != CountOf(0) || e.ScheduleIndex != RatioOf(1, 1) {
		t.Errorf("plan %v, variance %v, index %v", e.Plan, e.Variance, e.ScheduleIndex)
	}
	if e.SlipMedian != RateOf(70, 2) || e.SlipOver30 != 1 || e.Status != StatusLate { // 10 and 60 days
		t.Errorf("slip %v with %d over 30, %s", e.SlipMedian, e.SlipOver30, e.Status)
	}
}

// An entity shows when the catalogue has it, or when it owns a service or a plan on the date.
func TestWhichEntitiesShow(t *testing.T) {
	w := newWorld(t)
	w.entity("known")
	w.service(Service{Code: "a", Entity: "owner"})
	w.plan("planner", "2015-01-01", milestone("b", "2015-05-01"))
	w.serviceFrom(day("2016-01-01"), Service{Code: "c", Entity: "later"})
	f := w.figures("2015-06-30")
	for _, code := range []string{"known", "owner", "planner"} {
		entityOf(t, f, code)
	}
	if len(f.Entities) != 3 {
		t.Errorf("%d entities show, want 3", len(f.Entities))
	}
	if e := entityOf(t, f, "known"); e.Status != StatusNoData || e.Plan.Known() || e.Completeness.Grade != "" || e.TakeUp.Known() {
		t.Errorf("an entity without anything has %+v", e)
	}
	if e := entityOf(t, f, "owner"); e.Name != "owner" {
		t.Errorf("an entity without facts is named %q, want its code", e.Name)
	}
}
