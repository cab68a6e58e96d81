package reckon_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A milestone went live when the service or its successor first was at the level, whichever was first
// (docs/rules.md#go-live-of-a-milestone).
func TestTheFirstOfAServiceAndItsSuccessorMakesAMilestoneDone(t *testing.T) {
	for own, want := range map[string]string{"2015-05-01": "2015-03-01", "2015-02-01": "2015-02-01", "": "2015-03-01"} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "old"})
		if own != "" {
			w.Rollout("old", programme.ActionLaunch, own, 2).VerifiedBy = "admin"
		}
		w.Heir(programme.Service{Code: "new", Succeeds: []string{"old"}}, "2015-03-01", 2)
		w.Plan("moi", "2014-06-01", programme.Milestone{
			Code: "m", Service: "old", Level: 2, PlannedOn: civiltest.Day("2015-01-01"),
		})
		plans := w.Figures("2015-06-30").Plans
		var got civil.Date
		for _, m := range plans.Milestones {
			if m.Service == "old" {
				got = m.ActualOn
			}
		}
		if got != civiltest.Day(want) {
			t.Errorf("own launch %q: done on %s, want %s", own, got, want)
		}
	}
}
