package adoption_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A state without a value is no report: a service that says that it has no counter is digital-only all the same
// (docs/rules.md#take-up).
func TestAStateOnACounterMakesNoServiceMixed(t *testing.T) {
	for _, state := range programme.States() {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "a", Channels: []programme.Channel{programme.ChannelWeb}})
		w.Rollout("a", programme.ActionLaunch, "2015-01-01", 3)
		w.States("a", "2016-08", programme.ChannelWeb, programme.Reported, 9)
		w.States("a", "2016-08", programme.ChannelCounter, state, 0)
		got := w.Knowledge().TakeUp(civiltest.Day("2016-08-31"), civiltest.Period("2016-08"))
		apart := state != programme.Reported
		if apart != (got.DigitalOnly == 1) || apart == (got.Services == 1) {
			t.Errorf("%s: %d digital-only, %d in the ratio", state, got.DigitalOnly, got.Services)
		}
	}
}
