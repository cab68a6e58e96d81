package figures_test

import (
	"testing"

	"mirsad/internal/figures"
)

// Each milestone is counted once, under its status, and is live or not by it.
func TestMilestonesAreCountedByStatus(t *testing.T) {
	notLive := map[figures.MilestoneStatus]bool{
		figures.MilestoneDone: false, figures.MilestoneAwaiting: false, figures.MilestoneLate: true, figures.MilestoneOpen: true,
	}
	for status, want := range map[figures.MilestoneStatus]figures.MilestoneCounts{
		figures.MilestoneDone:     {All: 2, Done: 2},
		figures.MilestoneAwaiting: {All: 2, AwaitingVerification: 2},
		figures.MilestoneLate:     {All: 2, Late: 2},
		figures.MilestoneOpen:     {All: 2, Open: 2},
	} {
		m, counts := figures.MilestoneFigures{Status: status}, figures.MilestoneCounts{}
		counts.Add(&m)
		counts.Add(&m)
		if counts != want {
			t.Errorf("two that are %s: %+v", status, counts)
		}
		if m.NotLive() != notLive[status] {
			t.Errorf("one that is %s has yet to go live: %v", status, m.NotLive())
		}
	}
}
