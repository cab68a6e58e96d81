package reckon_test

import (
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
)

func phase(id, milestone string, done programme.Phase, on, recorded string) programme.MilestoneEvent {
	return programme.MilestoneEvent{ID: id, Entity: "moi", Service: "visa", Milestone: milestone, Phase: done, DoneOn: civiltest.Day(on), RecordedAt: civiltest.Noon(civiltest.Day(recorded))}
}

func TestPhasesOfMilestones(t *testing.T) {
	events := []programme.MilestoneEvent{
		phase("1", "m1", programme.PhaseBuild, "2015-03-10", "2015-03-11"), // told before the design
		phase("2", "m1", programme.PhaseDesign, "2015-02-10", "2015-03-12"),
		phase("3", "m1", programme.PhaseTest, "2015-06-01", "2015-03-13"),   // announced ahead of time
		phase("4", "m2", programme.PhaseDesign, "2015-02-20", "2015-02-21"), // said again under another id
		phase("5", "m2", programme.PhaseDesign, "2015-02-25", "2015-02-26"),
		phase("6", "m3", programme.PhaseDesign, "2015-02-20", "2015-02-21"), // corrected: it was the build
		phase("6", "m3", programme.PhaseBuild, "2015-02-22", "2015-03-01"),
		{ID: "1", Entity: "moj", Service: "deed", Milestone: "m1", Phase: programme.PhaseGoLive, DoneOn: civiltest.Day("2015-01-01"), RecordedAt: civiltest.Noon(civiltest.Day("2015-01-01"))},
	}
	for name, test := range map[string]struct {
		on, until, entity, milestone string
		latest                       programme.Phase
		done                         []figures.PhaseDone
	}{
		"in the order of phases":    {"2015-03-31", "", "moi", "m1", programme.PhaseBuild, []figures.PhaseDone{{Phase: programme.PhaseDesign, DoneOn: civiltest.Day("2015-02-10")}, {Phase: programme.PhaseBuild, DoneOn: civiltest.Day("2015-03-10")}}},
		"done later":                {"2015-06-01", "", "moi", "m1", programme.PhaseTest, []figures.PhaseDone{{Phase: programme.PhaseDesign, DoneOn: civiltest.Day("2015-02-10")}, {Phase: programme.PhaseBuild, DoneOn: civiltest.Day("2015-03-10")}, {Phase: programme.PhaseTest, DoneOn: civiltest.Day("2015-06-01")}}},
		"known then":                {"2015-06-01", "2015-03-11", "moi", "m1", programme.PhaseBuild, []figures.PhaseDone{{Phase: programme.PhaseBuild, DoneOn: civiltest.Day("2015-03-10")}}},
		"the last word on a phase":  {"2015-03-31", "", "moi", "m2", programme.PhaseDesign, []figures.PhaseDone{{Phase: programme.PhaseDesign, DoneOn: civiltest.Day("2015-02-25")}}},
		"a corrected event":         {"2015-03-31", "", "moi", "m3", programme.PhaseBuild, []figures.PhaseDone{{Phase: programme.PhaseBuild, DoneOn: civiltest.Day("2015-02-22")}}},
		"before the correction":     {"2015-03-31", "2015-02-28", "moi", "m3", programme.PhaseDesign, []figures.PhaseDone{{Phase: programme.PhaseDesign, DoneOn: civiltest.Day("2015-02-20")}}},
		"another entity's own code": {"2015-03-31", "", "moj", "m1", programme.PhaseGoLive, []figures.PhaseDone{{Phase: programme.PhaseGoLive, DoneOn: civiltest.Day("2015-01-01")}}},
		"nothing yet":               {"2015-01-31", "", "moi", "m1", "", nil},
	} {
		until := time.Time{}
		if test.until != "" {
			until = civiltest.Noon(civiltest.Day(test.until))
		}
		for range 2 {
			got := reckon.FoldPhases(events, civiltest.Day(test.on), until)[figures.MilestoneKey{Entity: test.entity, Milestone: test.milestone}]
			if got.Latest != test.latest || !slices.Equal(got.Done, test.done) {
				t.Errorf("%s: %s, %v", name, got.Latest, got.Done)
			}
			slices.Reverse(events) // the order in which they come is no matter
		}
	}
}
