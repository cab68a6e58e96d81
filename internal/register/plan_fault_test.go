package register_test

import (
	"fmt"
	"maps"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// A fault names what would have been taken, so that it can be put right.
func TestAFaultOfAMilestoneNamesWhatIsAllowed(t *testing.T) {
	number := func(n int) *int { return &n }
	m := programme.Milestone{
		Code: "m", Service: "s1", Level: 5, PlannedOn: civiltest.Day("2016-03-01"),
		Before: &programme.Effort{Visits: number(-1)},
		Phases: phasesOn(programme.PhaseGoLive, "2016-02-01", programme.PhaseBuild, "2016-03-02", programme.PhaseTest, "2016-03-01"),
	}
	want := map[string]string{
		"milestones.0.level":          "map[least:1 most:4]",
		"milestones.0.before.visits":  "map[least:0 most:10000]",
		"milestones.0.phases.0.phase": "map[allowed:[redesign design build test] value:go_live]",
		"milestones.0.phases.1.on":    "map[from:1970-01-01 to:2016-03-01]",
		"milestones.0.phases.2.on":    "map[from:2016-03-02 to:2016-03-01]",
	}
	got := map[string]string{}
	for _, fault := range newPlanDesk(t).planning.Faults("moi", []programme.Milestone{m}, "") {
		got[fault.Field] = fmt.Sprint(fault.Args)
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestMilestonesOfOnePlanDifferByMoreThanCase(t *testing.T) {
	d := newPlanDesk(t)
	got := kindsOf(d.planning.Faults("moi", []programme.Milestone{
		{Code: "m-1", Service: "s1", Level: 3, PlannedOn: civiltest.Day("2016-03-01")},
		{Code: "M-1", Service: "s2", Level: 3, PlannedOn: civiltest.Day("2016-03-01")},
	}, ""))
	if got != "milestones.1.code differs_by_case" {
		t.Error(got)
	}
}
