package reckon_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Each milestone of a unit that can count is in the history of delays: once, from its approval on, and open until it
// counts or is given up (docs/rules.md#history-of-delays).
func TestWhatAForecastRestsOn(t *testing.T) {
	const on = "2015-06-30"
	type held struct{ slips, lags, open, finished int }
	plan := func(w *reckontest.World, approved string) {
		w.Plan("moi", approved, reckontest.Milestone("a", "2015-03-20"))
	}
	live := func(w *reckontest.World, on string) { w.Live("a", on, programme.LevelInformative) }
	listed := func(w *reckontest.World) { w.Service(programme.Service{Code: "a"}) }
	for name, test := range map[string]struct {
		build func(w *reckontest.World)
		want  held
	}{
		"open":                            {func(w *reckontest.World) { listed(w); plan(w, "2014-02-10") }, held{slips: 1, open: 1}},
		"counted":                         {func(w *reckontest.World) { live(w, "2015-04-30"); plan(w, "2014-02-10") }, held{1, 1, 0, 1}},
		"counted on the day":              {func(w *reckontest.World) { live(w, on); plan(w, "2014-02-10") }, held{1, 1, 0, 1}},
		"counts the day after":            {func(w *reckontest.World) { live(w, "2015-07-01"); plan(w, "2014-02-10") }, held{slips: 1, open: 1}},
		"live on the day of its approval": {func(w *reckontest.World) { live(w, "2014-02-10"); plan(w, "2014-02-10") }, held{1, 1, 0, 1}},
		"live the day before it":          {func(w *reckontest.World) { live(w, "2014-02-09"); plan(w, "2014-02-10") }, held{}},
		"approved on the day":             {func(w *reckontest.World) { listed(w); plan(w, on) }, held{slips: 1, open: 1}},
		"approved the day after":          {func(w *reckontest.World) { listed(w); plan(w, "2015-07-01") }, held{}},
		"by a rule without what existed": {func(w *reckontest.World) {
			w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative})
			live(w, "2015-04-30")
			plan(w, "2014-02-10")
		}, held{1, 1, 0, 1}},
		"existed, by such a rule": {func(w *reckontest.World) {
			w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative})
			live(w, "2013-05-01")
			plan(w, "2013-02-10")
		}, held{}},
		"nobody planned it":          {func(w *reckontest.World) { live(w, "2015-04-30") }, held{}},
		"planned, of the stock":      {func(w *reckontest.World) { live(w, "2013-05-01"); plan(w, "2013-02-10") }, held{}},
		"a part, which cannot count": {func(w *reckontest.World) { w.Service(programme.Service{Code: "a", PartOf: "b"}); plan(w, "2014-02-10") }, held{}},
		"retired before it went live": {func(w *reckontest.World) {
			listed(w)
			plan(w, "2014-02-10")
			w.Rollout("a", programme.ActionRetire, "2014-12-20", 0)
		}, held{}},
		"retired after it counted": {func(w *reckontest.World) {
			live(w, "2015-04-30")
			plan(w, "2014-02-10")
			w.Rollout("a", programme.ActionRetire, "2015-05-20", 0)
		}, held{1, 1, 0, 1}},
		"dropped by the newest revision":  {func(w *reckontest.World) { listed(w); plan(w, "2014-02-10"); w.Plan("moi", "2014-09-10") }, held{}},
		"dropped after it counted":        {func(w *reckontest.World) { live(w, "2014-04-30"); plan(w, "2014-02-10"); w.Plan("moi", "2014-09-10") }, held{1, 1, 0, 1}},
		"dropped by one of the day after": {func(w *reckontest.World) { listed(w); plan(w, "2014-02-10"); w.Plan("moi", "2015-07-01") }, held{slips: 1, open: 1}},
		"claimed, it waits": {func(w *reckontest.World) {
			listed(w)
			plan(w, "2014-02-10")
			w.Rollout("a", programme.ActionLaunch, "2015-04-30", 1)
		}, held{slips: 1, lags: 1, open: 1}},
		"a unit with two milestones": {func(w *reckontest.World) {
			listed(w)
			w.Service(programme.Service{Code: "b", Succeeds: []string{"a"}})
			w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"), reckontest.Milestone("b", "2015-04-20"))
		}, held{slips: 1, open: 1}},
	} {
		w := reckontest.New(t)
		w.Entity("moi")
		test.build(w)
		input := w.Knowledge().InputOf(civiltest.Day(on), civil.Never, figures.Verified)
		got := held{len(input.Slips), len(input.Lags), len(input.Open), input.Finished}
		if got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

// A plan is known on the day on which it was recorded, and not the day before, however early it was approved.
func TestAForecastKnowsThePlansRecordedByItsDay(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Service(programme.Service{Code: "a"})
	w.Fact(programme.FamilyPlan, "moi", civiltest.Day("2014-02-10"), civiltest.Day("2014-03-31"), programme.Plan{
		Kind: programme.PlanApproved, Entity: "moi", Revision: 1, ApprovedOn: civiltest.Day("2014-02-10"),
		Milestones: []programme.Milestone{reckontest.Milestone("a", "2015-03-20")},
	})
	for known, want := range map[string]int{"2014-03-30": 0, "2014-03-31": 1, "2014-04-01": 1} {
		input := w.Knowledge().InputOf(civiltest.Day("2014-04-30"), civiltest.Day(known), figures.Verified)
		if len(input.Open) != want {
			t.Errorf("by what was recorded until %s %d are open, want %d", known, len(input.Open), want)
		}
	}
}
