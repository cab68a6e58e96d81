package reckon_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// The time that an entity's milestones span, as first planned and as it stands, the longest slip first.
func TestEntityPlans(t *testing.T) {
	got := platforms(t).Plans.Entities
	want := []figures.EntityPlan{
		{
			Entity: "moi", Milestones: 2, Late: 1, DoneShare: programme.RatioOf(0, 2), OriginalFrom: civiltest.Day("2015-05-31"), OriginalTo: civiltest.Day("2015-07-01"),
			CurrentFrom: civiltest.Day("2015-07-01"), CurrentTo: civiltest.Day("2015-07-30"), Slip: programme.RateOf(60, 1),
		},
		{
			Entity: "moc", Milestones: 3, Late: 1, DoneShare: programme.RatioOf(0, 3), OriginalFrom: civiltest.Day("2015-06-10"), OriginalTo: civiltest.Day("2016-12-31"),
			CurrentFrom: civiltest.Day("2015-06-30"), CurrentTo: civiltest.Day("2016-12-31"), Slip: programme.RateOf(20, 1),
		},
		{
			Entity: "mof", Milestones: 3, Done: 2, DoneShare: programme.RatioOf(2, 3), OriginalFrom: civiltest.Day("2015-03-01"), OriginalTo: civiltest.Day("2015-07-29"),
			CurrentFrom: civiltest.Day("2015-03-02"), CurrentTo: civiltest.Day("2015-07-29"), Slip: programme.RateOf(1, 2),
		},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

// Go-lives by month, those without any between the first and the last too.
func TestPlanMonths(t *testing.T) {
	p := platforms(t).Plans
	var planned, current, gone int
	for i, m := range p.Months {
		planned, current, gone = planned+m.Planned, current+m.Current, gone+m.GoneLive
		if i > 0 && m.Month != p.Months[i-1].Month+1 {
			t.Errorf("%s follows %s", m.Month, p.Months[i-1].Month)
		}
	}
	if first := p.Months[0]; first != (figures.PlanMonth{Month: civiltest.Day("2015-03-01").Month(), Planned: 2, Current: 2, GoneLive: 2}) {
		t.Errorf("the first is %+v", first)
	}
	if planned != 8 || current != 8 || gone != 2 || len(p.Months) != 22 {
		t.Errorf("%d planned, %d current, %d gone live in %d months", planned, current, gone, len(p.Months))
	}
	if none := reckontest.New(t).Figures("2015-06-30").Plans; none.Months == nil || len(none.Months) != 0 || none.Entities == nil || len(none.Entities) != 0 {
		t.Errorf("without a plan: %+v", none)
	}
}

// What is due in some days is not late; what was done in some days was done by the date itself too.
func TestMilestonesWithinDays(t *testing.T) {
	on := civiltest.Day("2015-06-30")
	var due, done []string
	for _, m := range platforms(t).Plans.Milestones {
		if m.DueWithin(on, 29) {
			due = append(due, m.Service)
		}
		if m.DoneWithin(on, 91) {
			done = append(done, m.Service)
		}
	}
	if !slices.Equal(due, []string{"own", "two", "three"}) || done != nil {
		t.Errorf("due %v, done %v", due, done)
	}
	m := figures.MilestoneFigures{Status: figures.MilestoneDone, ActualOn: civiltest.Day("2015-03-31")}
	if m.DoneWithin(on, 91) || !m.DoneWithin(on, 92) {
		t.Error("the day itself and the days before it are counted")
	}
}
