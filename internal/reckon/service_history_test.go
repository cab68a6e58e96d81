package reckon_test

import (
	"slices"
	"testing"

	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// The history tells each change by the date, oldest first; a level claimed by an event is told with the event.
func TestHistory(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	launch := *w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelWeb)
	w.Verify(&launch, "2015-02-01", programme.LevelInformative)
	w.Rollout("a", programme.ActionUpgrade, "2015-03-01", programme.LevelInteractive).VerifiedBy = "admin"
	claim := *w.ClaimOn("a", "2015-04-01", programme.LevelTransactional)
	w.AnswerTo(&claim, programme.AssessmentReturned, "2015-04-02", 0)
	w.Rollout("a", programme.ActionRetire, "2015-07-01", 0)

	type line struct {
		on, action string
		level      programme.Level
		sameAct    bool
	}
	var got []line
	for _, e := range reckontest.ServiceOf(t, w.Figures("2015-04-01"), "a").History {
		got = append(got, line{e.On.String(), e.Action, e.Level, e.SameAct})
	}
	want := []line{
		{"2015-01-01", "launch", 1, false},
		{"2015-02-01", "verified", 1, false},
		{"2015-03-01", "upgrade", 2, true},
		{"2015-04-01", "claimed", 3, false},
	}
	if !slices.Equal(got, want) {
		t.Errorf("the history is %v, want %v", got, want)
	}
}
