package adoption_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Take-up: only services whose every listed channel is reported or doesn't apply; digital-only ones apart
// (docs/rules.md#take-up).
func TestTakeUp(t *testing.T) {
	w := reckontest.New(t)
	for _, code := range []string{"known", "open", "inapplicable"} {
		w.Live(code, "2015-01-01", programme.LevelInformative)
		w.States(code, "2016-03", programme.ChannelWeb, programme.Reported, 60)
	}
	w.States("known", "2016-03", programme.ChannelCounter, programme.Reported, 40)
	w.States("inapplicable", "2016-03", programme.ChannelCounter, programme.NotApplicable, 0)
	w.Service(programme.Service{Code: "online only", Channels: []programme.Channel{programme.ChannelWeb}})
	w.Rollout("online only", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelWeb)
	w.States("online only", "2016-03", programme.ChannelWeb, programme.Reported, 1000)
	w.Live("nothing", "2015-01-01", programme.LevelInformative)
	w.Service(programme.Service{Code: "not live"})

	got := w.Knowledge().TakeUp(civiltest.Day("2016-03-31"), civil.Period{})
	want := figures.TakeUp{
		Period: civiltest.Period("2016-03"), Value: programme.RatioOf(120, 160), CoveredShare: programme.RatioOf(2, 5), Services: 2, Live: 5,
		DigitalOnly: 1, DigitalOnlyCompleted: programme.CountOf(1000), Digital: programme.CountOf(120), All: programme.CountOf(160),
	}
	if got != want {
		t.Errorf("take-up is %+v, want %+v", got, want)
	}
}

// Without any service whose every channel is known there is no value, and 0 is none.
func TestTakeUpWithoutCoverage(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	got := w.Knowledge().TakeUp(civiltest.Day("2016-03-31"), civiltest.Period("2016-03"))
	if got.Value.Known() || got.Digital.Known() || got.CoveredShare != programme.RatioOf(0, 1) {
		t.Errorf("take-up is %+v", got)
	}
}

// A service known only by its use is live where it reported, and a channel it used unlisted is counted.
func TestTakeUpOfImportedUse(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "uk", Channels: []programme.Channel{programme.ChannelWeb, programme.ChannelOther}})
	w.States("uk", "2016-Q1", programme.ChannelWeb, programme.Reported, 30)
	w.States("uk", "2016-Q1", programme.ChannelOther, programme.Reported, 10)
	w.States("uk", "2016-Q1", programme.ChannelPost, programme.Reported, 20)
	got := w.Knowledge().TakeUp(civiltest.Day("2016-03-31"), civiltest.Period("2016-Q1"))
	if got.Value != programme.RatioOf(30, 60) || got.Live != 1 {
		t.Errorf("take-up is %+v, want 30 of 60", got)
	}
	if got := w.Knowledge().TakeUp(civiltest.Day("2016-06-30"), civiltest.Period("2016-Q2")); got.Live != 0 {
		t.Errorf("where it reported nothing it is live: %+v", got)
	}
}

// A service is in the ratio when every channel that it lists is known and one is reported, apart when all of its channels
// are digital, and in neither while it is not live.
func TestWhoseUseIsTakenUp(t *testing.T) {
	const web, mobile, counter = programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter
	launch := func(w *reckontest.World, channels ...programme.Channel) {
		w.Service(programme.Service{Code: "a", Channels: channels})
		w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, web)
	}
	said := func(w *reckontest.World, channel programme.Channel, state programme.State, value int64) {
		w.States("a", "2016-03", channel, state, value)
	}
	for name, test := range map[string]struct {
		say                         func(w *reckontest.World)
		live, services, digitalOnly int
		value                       programme.Ratio
	}{
		"both channels reported": {func(w *reckontest.World) {
			launch(w, web, counter)
			said(w, web, programme.Reported, 30)
			said(w, counter, programme.Reported, 10)
		}, 1, 1, 0, programme.RatioOf(30, 40)},
		"the counter is missing": {func(w *reckontest.World) {
			launch(w, web, counter)
			said(w, web, programme.Reported, 30)
		}, 1, 0, 0, programme.RatioOf(0, 0)},
		"the counter was not asked": {func(w *reckontest.World) {
			launch(w, web, counter)
			said(w, web, programme.Reported, 30)
			said(w, counter, programme.NotRequested, 0)
		}, 1, 0, 0, programme.RatioOf(0, 0)},
		"neither applies": {func(w *reckontest.World) {
			launch(w, web, counter)
			said(w, web, programme.NotApplicable, 0)
			said(w, counter, programme.NotApplicable, 0)
		}, 1, 0, 0, programme.RatioOf(0, 0)},
		"digital alone": {func(w *reckontest.World) {
			launch(w, web)
			said(w, web, programme.Reported, 30)
		}, 1, 0, 1, programme.RatioOf(0, 0)},
		"digital alone, and missing": {func(w *reckontest.World) { launch(w, web) }, 1, 0, 1, programme.RatioOf(0, 0)},
		"a counter that is not listed": {func(w *reckontest.World) {
			launch(w, web)
			said(w, web, programme.Reported, 30)
			said(w, counter, programme.Reported, 10)
		}, 1, 1, 0, programme.RatioOf(30, 40)},
		"another digital one that is not listed": {func(w *reckontest.World) {
			launch(w, web, counter)
			said(w, web, programme.Reported, 30)
			said(w, mobile, programme.Reported, 20)
			said(w, counter, programme.Reported, 50)
		}, 1, 1, 0, programme.RatioOf(50, 100)},
		"retired before": {func(w *reckontest.World) {
			launch(w, web, counter)
			w.Rollout("a", programme.ActionRetire, "2016-03-01", 0)
			said(w, web, programme.Reported, 30)
			said(w, counter, programme.Reported, 10)
		}, 0, 0, 0, programme.RatioOf(0, 0)},
		"known by its use, not applicable": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			said(w, web, programme.NotApplicable, 0)
		}, 0, 0, 0, programme.RatioOf(0, 0)},
		"not in the catalogue": {func(w *reckontest.World) { said(w, web, programme.Reported, 30) }, 0, 0, 0, programme.RatioOf(0, 0)},
	} {
		w := reckontest.New(t)
		test.say(w)
		got := w.Knowledge().TakeUp(civiltest.Day("2016-03-31"), civiltest.Period("2016-03"))
		if got.Live != test.live || got.Services != test.services || got.DigitalOnly != test.digitalOnly || got.Value != test.value {
			t.Errorf("%s: %+v, want %d live, %d with both, %d digital-only, %v", name, got, test.live, test.services, test.digitalOnly, test.value)
		}
		if figure := w.Figures("2016-03-31").Usage.TakeUp; figure != got {
			t.Errorf("%s: the figures have %+v", name, figure)
		}
	}
}
