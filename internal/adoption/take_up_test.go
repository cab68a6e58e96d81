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
