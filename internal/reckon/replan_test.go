package reckon_test

import (
	"reflect"
	"testing"
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
	"mirsad/internal/reckon/reckontest"
)

// planOf is what of a date's figures no later re-plan may change.
type planOf struct {
	plan      programme.Count
	index     programme.Ratio
	slip      programme.Ratio
	originals map[string]civil.Date
	series    []programme.Count
	entity    programme.Count
}

func originalPlan(t *testing.T, k *reckon.Knowledge, on string) planOf {
	t.Helper()
	f := k.Figures(civiltest.Day(on))
	p := planOf{plan: f.Verified.Plan, index: f.Verified.ScheduleIndex, slip: f.Verified.SlipMedian, originals: map[string]civil.Date{}, entity: reckontest.EntityOf(t, f, "moi").Plan}
	for i := range f.Plans.Milestones {
		p.originals[f.Plans.Milestones[i].Service] = f.Plans.Milestones[i].OriginalOn
	}
	for _, m := range f.Verified.Series {
		p.series = append(p.series, m.Plan)
	}
	return p
}

// A re-plan after approval changes no original date and no frozen baseline: the figures of the original plan are the
// same before and after it, on any date and as at any day.
func TestReplanChangesNoOriginalDate(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Live("a", "2014-05-20", programme.LevelInformative)
	for _, code := range []string{"b", "c", "d"} {
		w.Service(programme.Service{Code: code})
	}
	w.Plan("moi", "2014-01-10", reckontest.Milestone("a", "2014-05-01"), reckontest.Milestone("b", "2014-09-01"), reckontest.Milestone("c", "2015-02-01"))
	dates := []string{"2014-03-31", "2014-12-31", "2015-06-30", "2016-12-31"}
	asAt := []string{"2014-01-31", "2014-12-31", "2015-03-10", "2016-12-31"}
	before := map[string]planOf{}
	for _, on := range dates {
		before[on] = originalPlan(t, w.Knowledge(), on)
		for _, at := range asAt {
			before[on+at] = originalPlan(t, w.AsAt(at), on)
		}
	}
	moved := reckontest.Milestone("b", "2016-05-01")
	moved.ExpectedOn = moved.PlannedOn
	w.Plan("moi", "2015-03-10", moved, reckontest.Milestone("c", "2016-06-01"))
	w.Plan("moi", "2015-08-10", moved)
	for _, on := range dates {
		// What was expected of an open milestone is known better after a re-plan, and with it the slip; the rest stands.
		after := originalPlan(t, w.Knowledge(), on)
		after.slip = before[on].slip
		if !reflect.DeepEqual(after, before[on]) {
			t.Errorf("on %s: %+v became %+v", on, before[on], after)
		}
		for _, at := range asAt[:2] {
			if got := originalPlan(t, w.AsAt(at), on); !reflect.DeepEqual(got, before[on+at]) {
				t.Errorf("on %s as at %s: %+v became %+v", on, at, before[on+at], got)
			}
		}
		for _, at := range asAt[2:] {
			got := originalPlan(t, w.AsAt(at), on)
			got.slip = before[on+at].slip
			if !reflect.DeepEqual(got, before[on+at]) {
				t.Errorf("on %s as at %s: %+v became %+v", on, at, before[on+at], got)
			}
		}
	}
}

// An entity that re-plans every month, so that nothing of its newest plan is ever late, still shows its whole slip.
func TestMonthlyReplansHideNoSlip(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Service(programme.Service{Code: "a"})
	w.Plan("moi", "2014-01-10", reckontest.Milestone("a", "2014-06-30"))
	for m := civiltest.Month("2014-06"); m <= civiltest.Month("2015-08"); m++ {
		w.Plan("moi", m.First().AddDays(9).String(), reckontest.Milestone("a", (m+1).Last().String()))
	}
	f := w.Figures("2015-08-31")
	whole := int(civiltest.Day("2015-09-30") - civiltest.Day("2014-06-30"))
	if s := reckontest.ServiceOf(t, f, "a"); s.PlannedOn != civiltest.Day("2014-06-30") || s.Slip != programme.CountOf(whole) {
		t.Errorf("planned on %v, slip %v, want 2014-06-30 and %d", s.PlannedOn, s.Slip, whole)
	}
	m := f.Plans.Milestones[0]
	if m.OriginalOn != civiltest.Day("2014-06-30") || m.CurrentOn != civiltest.Day("2015-09-30") || m.Slip != whole || m.Status != figures.MilestoneLate {
		t.Errorf("%+v", m)
	}
	if e := reckontest.EntityOf(t, f, "moi"); e.Status != figures.StatusLate || e.SlipMedian != programme.RateOf(float64(whole), 1) || e.SlipOver30 != 1 {
		t.Errorf("the entity is %s with a slip of %v", e.Status, e.SlipMedian)
	}
	if f.Verified.Plan != programme.CountOf(1) || f.Verified.Variance != programme.CountOf(-1) {
		t.Errorf("the plan is %v, the variance %v", f.Verified.Plan, f.Verified.Variance)
	}
	past := w.Knowing(catalogue.Knowing{AsAt: civiltest.Day("2014-07-15").Time().Add(23 * time.Hour)}).Figures(civiltest.Day("2014-07-15"))
	if m := past.Plans.Milestones[0]; m.OriginalOn != civiltest.Day("2014-06-30") || m.Slip != int(civiltest.Day("2014-08-31")-civiltest.Day("2014-06-30")) {
		t.Errorf("as at July 2014: %+v", m)
	}
}
