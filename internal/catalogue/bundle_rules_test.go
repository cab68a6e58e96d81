package catalogue_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A bundle without a launch of its own has the channels of its live parts, and none of its entry
// (docs/rules.md#bundle).
func TestABundleIsOpenOnTheChannelsOfItsParts(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "bundle", Channels: []programme.Channel{programme.ChannelWeb, programme.ChannelPost}})
	for _, part := range []string{"a", "b"} {
		w.Service(programme.Service{Code: part, PartOf: "bundle", Channels: []programme.Channel{programme.ChannelCounter}})
	}
	channels := func(on string) []programme.Channel {
		k := w.Knowledge()
		standing := k.StandingOn(k.FindService("bundle"), civiltest.Day(on))
		return standing.Channels().List()
	}
	w.Rollout("a", programme.ActionLaunch, "2015-01-01", 3, programme.ChannelMobile)
	w.Rollout("b", programme.ActionLaunch, "2015-02-01", 3, programme.ChannelKiosk)
	w.Rollout("a", programme.ActionRetire, "2015-03-01", 0)
	for on, want := range map[string][]programme.Channel{
		"2014-12-31": {programme.ChannelWeb, programme.ChannelPost},
		"2015-01-01": {programme.ChannelMobile, programme.ChannelCounter},
		"2015-02-01": {programme.ChannelMobile, programme.ChannelKiosk, programme.ChannelCounter},
		"2015-03-01": {programme.ChannelKiosk, programme.ChannelCounter},
	} {
		if got := channels(on); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", on, got, want)
		}
	}
	w.Rollout("bundle", programme.ActionLaunch, "2015-04-01", 3, programme.ChannelAssisted)
	if got := channels("2015-04-01"); !slices.Equal(got, []programme.Channel{programme.ChannelAssisted, programme.ChannelPost}) {
		t.Errorf("with a launch of its own: %v", got)
	}
}

// A bundle lives on every day on which a part does, also when none does at the end of a stretch
// (docs/rules.md#expected-use).
func TestABundleWasLiveWhileAPartWas(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "bundle"})
	w.Service(programme.Service{Code: "a", PartOf: "bundle", Channels: []programme.Channel{programme.ChannelWeb}})
	w.Rollout("a", programme.ActionLaunch, "2015-01-10", 3)
	w.Rollout("a", programme.ActionAddChannel, "2015-01-20", 0, programme.ChannelMobile)
	w.Rollout("a", programme.ActionRetire, "2015-01-25", 0)
	k := w.Knowledge()
	web, both := []programme.Channel{programme.ChannelWeb}, []programme.Channel{programme.ChannelWeb, programme.ChannelMobile}
	for _, test := range []struct {
		from, to civil.Date
		live     bool
		channels []programme.Channel
	}{
		{civiltest.Day("2015-01-01"), civiltest.Day("2015-01-09"), false, nil},
		{civiltest.Day("2015-01-01"), civiltest.Day("2015-01-10"), true, web},
		{civiltest.Day("2015-01-10"), civiltest.Day("2015-01-19"), true, web},
		{civiltest.Day("2015-01-01"), civiltest.Day("2015-01-31"), true, both},
		{civiltest.Day("2015-01-24"), civiltest.Day("2015-01-31"), true, both},
		{civiltest.Day("2015-01-25"), civiltest.Day("2015-01-31"), false, nil},
	} {
		live, channels := k.BundleSpanOn(k.FindService("bundle"), test.from, test.to)
		if live != test.live || !slices.Equal(channels.List(), test.channels) {
			t.Errorf("%s to %s: live %v on %v, want %v on %v", test.from, test.to, live, channels.List(), test.live, test.channels)
		}
	}
}

// What rollout events add or take away counts from a launch on (docs/rules.md#channels-of-a-service).
func TestAServiceThatWasNeverLaunchedHasTheChannelsOfItsEntry(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a", Channels: []programme.Channel{programme.ChannelWeb, programme.ChannelCounter}})
	w.Rollout("a", programme.ActionRemoveChannel, "2015-01-10", 0, programme.ChannelWeb)
	w.Rollout("a", programme.ActionAddChannel, "2015-01-11", 0, programme.ChannelMobile)
	k := w.Knowledge()
	standing := k.StandingOn(k.FindService("a"), civiltest.Day("2015-02-01"))
	if got := standing.Channels().List(); !slices.Equal(got, []programme.Channel{programme.ChannelWeb, programme.ChannelCounter}) {
		t.Errorf("%v", got)
	}
}
