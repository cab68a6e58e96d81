package programme_test

import (
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Facts of one service on one day apply in the order (effective_on, recorded_at, id)
// (docs/rules.md#facts-and-their-order).
func TestRolloutsApplyInOrder(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	retired := w.Rollout("a", programme.ActionRetire, "2015-01-01", 0)
	retired.RecordedAt = civiltest.Noon(civiltest.Day("2015-01-05"))
	w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInformative)
	if s := reckontest.ServiceOf(t, w.Figures("2015-01-01"), "a"); s.Status != figures.ServiceRetired {
		t.Errorf("it is %s; the launch was recorded first and the retirement later", s.Status)
	}
}

// An event sent again under its identifier corrects: the newest recorded stands, in whatever order they come.
func TestRolloutSentAgainCorrects(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	first := *w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInformative)
	again := first
	again.EffectiveOn, again.RecordedAt = civiltest.Day("2015-02-01"), first.RecordedAt.Add(time.Hour)
	for _, order := range [][]programme.Rollout{{first, again}, {again, first}} {
		w.Facts.Rollouts = order
		if s := reckontest.ServiceOf(t, w.Figures("2015-06-30"), "a"); s.LaunchedOn != civiltest.Day("2015-02-01") || len(s.History) != 1 {
			t.Errorf("launched on %v by %d events, want 2015-02-01 by one", s.LaunchedOn, len(s.History))
		}
	}
}

// A launch names which digital channels opened; the counter stays as the catalogue lists it.
func TestChannelsOfALaunch(t *testing.T) {
	catalogue := programme.ChannelSetOf([]programme.Channel{programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter})
	for name, test := range map[string]struct {
		events []programme.Rollout
		want   []programme.Channel
	}{
		"not launched":    {nil, []programme.Channel{programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter}},
		"as listed":       {[]programme.Rollout{{Action: programme.ActionLaunch}}, []programme.Channel{programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter}},
		"one opened":      {[]programme.Rollout{{Action: programme.ActionLaunch, Channels: []programme.Channel{programme.ChannelWeb}}}, []programme.Channel{programme.ChannelWeb, programme.ChannelCounter}},
		"one added":       {[]programme.Rollout{{Action: programme.ActionLaunch, Channels: []programme.Channel{programme.ChannelWeb}}, {Action: programme.ActionAddChannel, Channels: []programme.Channel{programme.ChannelKiosk}}}, []programme.Channel{programme.ChannelWeb, programme.ChannelKiosk, programme.ChannelCounter}},
		"one removed":     {[]programme.Rollout{{Action: programme.ActionLaunch}, {Action: programme.ActionRemoveChannel, Channels: []programme.Channel{programme.ChannelMobile}}}, []programme.Channel{programme.ChannelWeb, programme.ChannelCounter}},
		"removed, added":  {[]programme.Rollout{{Action: programme.ActionLaunch}, {Action: programme.ActionRemoveChannel, Channels: []programme.Channel{programme.ChannelMobile}}, {Action: programme.ActionAddChannel, Channels: []programme.Channel{programme.ChannelMobile}}}, []programme.Channel{programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter}},
		"a level changes": {[]programme.Rollout{{Action: programme.ActionLaunch}, {Action: programme.ActionUpgrade, Level: programme.LevelInteractive}}, []programme.Channel{programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter}},
	} {
		states := programme.FoldRollouts(test.events)
		state := programme.StateOn(states, 1)
		if got := state.Channels(catalogue).List(); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestParseAction(t *testing.T) {
	for _, action := range programme.Actions() {
		if got, err := programme.ParseAction(string(action)); err != nil || got != action {
			t.Errorf("%s reads as %s, %v", action, got, err)
		}
	}
	if _, err := programme.ParseAction("open"); err == nil {
		t.Error("open is an action")
	}
}
