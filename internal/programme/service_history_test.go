package programme

import (
	"slices"
	"testing"
)

// The history tells each change by the date, oldest first; a level claimed by an event is told with the event.
func TestHistory(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	launch := *w.rollout("a", ActionLaunch, "2015-01-01", LevelInformative, ChannelWeb)
	w.verify(&launch, "2015-02-01", LevelInformative)
	w.rollout("a", ActionUpgrade, "2015-03-01", LevelInteractive).VerifiedBy = "admin"
	claim := *w.claimOn("a", "2015-04-01", LevelTransactional)
	w.answerTo(&claim, AssessmentReturned, "2015-04-02", 0)
	w.rollout("a", ActionRetire, "2015-07-01", 0)

	type line struct {
		on, action string
		level      Level
		sameAct    bool
	}
	var got []line
	for _, e := range serviceOf(t, w.figures("2015-04-01"), "a").History {
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
