package programme

import (
	"slices"
	"testing"
	"time"
)

// Facts of one service on one day apply in the order (effective_on, recorded_at, id)
// (docs/rules.md#facts-and-their-order).
func TestRolloutsApplyInOrder(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	retired := w.rollout("a", ActionRetire, "2015-01-01", 0)
	retired.RecordedAt = noon(day("2015-01-05"))
	w.rollout("a", ActionLaunch, "2015-01-01", LevelInformative)
	if s := serviceOf(t, w.figures("2015-01-01"), "a"); s.Status != ServiceRetired {
		t.Errorf("it is %s; the launch was recorded first and the retirement later", s.Status)
	}
}

// An event sent again under its identifier corrects: the newest recorded stands, in whatever order they come.
func TestRolloutSentAgainCorrects(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	first := *w.rollout("a", ActionLaunch, "2015-01-01", LevelInformative)
	again := first
	again.EffectiveOn, again.RecordedAt = day("2015-02-01"), first.RecordedAt.Add(time.Hour)
	for _, order := range [][]Rollout{{first, again}, {again, first}} {
		w.facts.Rollouts = order
		if s := serviceOf(t, w.figures("2015-06-30"), "a"); s.LaunchedOn != day("2015-02-01") || len(s.History) != 1 {
			t.Errorf("launched on %v by %d events, want 2015-02-01 by one", s.LaunchedOn, len(s.History))
		}
	}
}

// A launch names which digital channels opened; the counter stays as the catalogue lists it.
func TestChannelsOfALaunch(t *testing.T) {
	catalogue := channelSetOf([]Channel{ChannelWeb, ChannelMobile, ChannelCounter})
	for name, test := range map[string]struct {
		events []Rollout
		want   []Channel
	}{
		"not launched":    {nil, []Channel{ChannelWeb, ChannelMobile, ChannelCounter}},
		"as listed":       {[]Rollout{{Action: ActionLaunch}}, []Channel{ChannelWeb, ChannelMobile, ChannelCounter}},
		"one opened":      {[]Rollout{{Action: ActionLaunch, Channels: []Channel{ChannelWeb}}}, []Channel{ChannelWeb, ChannelCounter}},
		"one added":       {[]Rollout{{Action: ActionLaunch, Channels: []Channel{ChannelWeb}}, {Action: ActionAddChannel, Channels: []Channel{ChannelKiosk}}}, []Channel{ChannelWeb, ChannelKiosk, ChannelCounter}},
		"one removed":     {[]Rollout{{Action: ActionLaunch}, {Action: ActionRemoveChannel, Channels: []Channel{ChannelMobile}}}, []Channel{ChannelWeb, ChannelCounter}},
		"removed, added":  {[]Rollout{{Action: ActionLaunch}, {Action: ActionRemoveChannel, Channels: []Channel{ChannelMobile}}, {Action: ActionAddChannel, Channels: []Channel{ChannelMobile}}}, []Channel{ChannelWeb, ChannelMobile, ChannelCounter}},
		"a level changes": {[]Rollout{{Action: ActionLaunch}, {Action: ActionUpgrade, Level: LevelInteractive}}, []Channel{ChannelWeb, ChannelMobile, ChannelCounter}},
	} {
		states := foldRollouts(test.events)
		state := stateOn(states, 1)
		if got := state.channels(catalogue).list(); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestParseAction(t *testing.T) {
	for _, action := range Actions() {
		if got, err := ParseAction(string(action)); err != nil || got != action {
			t.Errorf("%s reads as %s, %v", action, got, err)
		}
	}
	if _, err := ParseAction("open"); err == nil {
		t.Error("open is an action")
	}
}
