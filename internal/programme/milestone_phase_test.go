package programme

import (
	"slices"
	"testing"
	"time"
)

func phase(id, milestone string, done Phase, on, recorded string) MilestoneEvent {
	return MilestoneEvent{ID: id, Entity: "moi", Service: "visa", Milestone: milestone, Phase: done, DoneOn: day(on), RecordedAt: noon(day(recorded))}
}

func TestPhasesOfMilestones(t *testing.T) {
	events := []MilestoneEvent{
		phase("1", "m1", PhaseBuild, "2015-03-10", "2015-03-11"), // told before the design
		phase("2", "m1", PhaseDesign, "2015-02-10", "2015-03-12"),
		phase("3", "m1", PhaseTest, "2015-06-01", "2015-03-13"),   // announced ahead of time
		phase("4", "m2", PhaseDesign, "2015-02-20", "2015-02-21"), // said again under another id
		phase("5", "m2", PhaseDesign, "2015-02-25", "2015-02-26"),
		phase("6", "m3", PhaseDesign, "2015-02-20", "2015-02-21"), // corrected: it was the build
		phase("6", "m3", PhaseBuild, "2015-02-22", "2015-03-01"),
		{ID: "1", Entity: "moj", Service: "deed", Milestone: "m1", Phase: PhaseGoLive, DoneOn: day("2015-01-01"), RecordedAt: noon(day("2015-01-01"))},
	}
	for name, test := range map[string]struct {
		on, until, entity, milestone string
		latest                       Phase
		done                         []PhaseDone
	}{
		"in the order of phases":    {"2015-03-31", "", "moi", "m1", PhaseBuild, []PhaseDone{{PhaseDesign, day("2015-02-10")}, {PhaseBuild, day("2015-03-10")}}},
		"done later":                {"2015-06-01", "", "moi", "m1", PhaseTest, []PhaseDone{{PhaseDesign, day("2015-02-10")}, {PhaseBuild, day("2015-03-10")}, {PhaseTest, day("2015-06-01")}}},
		"known then":                {"2015-06-01", "2015-03-11", "moi", "m1", PhaseBuild, []PhaseDone{{PhaseBuild, day("2015-03-10")}}},
		"the last word on a phase":  {"2015-03-31", "", "moi", "m2", PhaseDesign, []PhaseDone{{PhaseDesign, day("2015-02-25")}}},
		"a corrected event":         {"2015-03-31", "", "moi", "m3", PhaseBuild, []PhaseDone{{PhaseBuild, day("2015-02-22")}}},
		"before the correction":     {"2015-03-31", "2015-02-28", "moi", "m3", PhaseDesign, []PhaseDone{{PhaseDesign, day("2015-02-20")}}},
		"another entity's own code": {"2015-03-31", "", "moj", "m1", PhaseGoLive, []PhaseDone{{PhaseGoLive, day("2015-01-01")}}},
		"nothing yet":               {"2015-01-31", "", "moi", "m1", "", nil},
	} {
		until := time.Time{}
		if test.until != "" {
			until = noon(day(test.until))
		}
		for range 2 {
			got := FoldPhases(events, day(test.on), until)[MilestoneKey{test.entity, test.milestone}]
			if got.Latest != test.latest || !slices.Equal(got.Done, test.done) {
				t.Errorf("%s: %s, %v", name, got.Latest, got.Done)
			}
			slices.Reverse(events) // the order in which they come is no matter
		}
	}
}
