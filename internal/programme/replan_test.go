package programme

import (
	"reflect"
	"testing"
	"time"
)

// planOf is what of a date's figures no later re-plan may change.
type planOf struct {
	plan      Count
	index     Ratio
	slip      Ratio
	originals map[string]Date
	series    []Count
	entity    Count
}

func originalPlan(t *testing.T, k *Knowledge, on string) planOf {
	t.Helper()
	f := k.Figures(day(on))
	p := planOf{plan: f.Verified.Plan, index: f.Verified.ScheduleIndex, slip: f.Verified.SlipMedian, originals: map[string]Date{}, entity: entityOf(t, f, "moi").Plan}
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
	w := newWorld(t)
	w.entity("moi")
	w.live("a", "2014-05-20", LevelInformative)
	for _, code := range []string{"b", "c", "d"} {
		w.service(Service{Code: code})
	}
	w.plan("moi", "2014-01-10", milestone("a", "2014-05-01"), milestone("b", "2014-09-01"), milestone("c", "2015-02-01"))
	dates := []string{"2014-03-31", "2014-12-31", "2015-06-30", "2016-12-31"}
	asAt := []string{"2014-01-31", "2014-12-31", "2015-03-10", "2016-12-31"}
	before := map[string]planOf{}
	for _, on := range dates {
		before[on] = originalPlan(t, w.knowledge(), on)
		for _, at := range asAt {
			before[on+at] = originalPlan(t, w.asAt(at), on)
		}
	}
	moved := milestone("b", "2016-05-01")
	moved.ExpectedOn = moved.PlannedOn
	w.plan("moi", "2015-03-10", moved, milestone("c", "2016-06-01"))
	w.plan("moi", "2015-08-10", moved)
	for _, on := range dates {
		// What was expected of an open milestone is known better after a re-plan, and with it the slip; the rest stands.
		after := originalPlan(t, w.knowledge(), on)
		after.slip = before[on].slip
		if !reflect.DeepEqual(after, before[on]) {
			t.Errorf("on %s: %+v became %+v", on, before[on], after)
		}
		for _, at := range asAt[:2] {
			if got := originalPlan(t, w.asAt(at), on); !reflect.DeepEqual(got, before[on+at]) {
				t.Errorf("on %s as at %s: %+v became %+v", on, at, before[on+at], got)
			}
		}
		for _, at := range asAt[2:] {
			got := originalPlan(t, w.asAt(at), on)
			got.slip = before[on+at].slip
			if !reflect.DeepEqual(got, before[on+at]) {
				t.Errorf("on %s as at %s: %+v became %+v", on, at, before[on+at], got)
			}
		}
	}
}

// An entity that re-plans every month, so that nothing of its newest plan is ever late, still shows its whole slip.
func TestMonthlyReplansHideNoSlip(t *testing.T) {
	w := newWorld(t)
	w.entity("moi")
	w.service(Service{Code: "a"})
	w.plan("moi", "2014-01-10", milestone("a", "2014-06-30"))
	for m := month("2014-06"); m <= month("2015-08"); m++ {
		w.plan("moi", m.First().AddDays(9).String(), milestone("a", (m+1).Last().String()))
	}
	f := w.figures("2015-08-31")
	whole := int(day("2015-09-30") - day("2014-06-30"))
	if s := serviceOf(t, f, "a"); s.PlannedOn != day("2014-06-30") || s.Slip != CountOf(whole) {
		t.Errorf("planned on %v, slip %v, want 2014-06-30 and %d", s.PlannedOn, s.Slip, whole)
	}
	m := f.Plans.Milestones[0]
	if m.OriginalOn != day("2014-06-30") || m.CurrentOn != day("2015-09-30") || m.Slip != whole || m.Status != MilestoneLate {
		t.Errorf("%+v", m)
	}
	if e := entityOf(t, f, "moi"); e.Status != StatusLate || e.SlipMedian != RateOf(float64(whole), 1) || e.SlipOver30 != 1 {
		t.Errorf("the entity is %s with a slip of %v", e.Status, e.SlipMedian)
	}
	if f.Verified.Plan != CountOf(1) || f.Verified.Variance != CountOf(-1) {
		t.Errorf("the plan is %v, the variance %v", f.Verified.Plan, f.Verified.Variance)
	}
	past := w.knowing(Knowing{AsAt: day("2014-07-15").Time().Add(23 * time.Hour)}).Figures(day("2014-07-15"))
	if m := past.Plans.Milestones[0]; m.OriginalOn != day("2014-06-30") || m.Slip != int(day("2014-08-31")-day("2014-06-30")) {
		t.Errorf("as at July 2014: %+v", m)
	}
}
