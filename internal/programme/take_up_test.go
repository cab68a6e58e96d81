package programme

import "testing"

// Take-up: only services whose every listed channel is reported or doesn't apply; digital-only ones apart
// (docs/rules.md#take-up).
func TestTakeUp(t *testing.T) {
	w := newWorld(t)
	for _, code := range []string{"known", "open", "inapplicable"} {
		w.live(code, "2015-01-01", LevelInformative)
		w.states(code, "2016-03", ChannelWeb, Reported, 60)
	}
	w.states("known", "2016-03", ChannelCounter, Reported, 40)
	w.states("inapplicable", "2016-03", ChannelCounter, NotApplicable, 0)
	w.service(Service{Code: "online only", Channels: []Channel{ChannelWeb}})
	w.rollout("online only", ActionLaunch, "2015-01-01", LevelInformative, ChannelWeb)
	w.states("online only", "2016-03", ChannelWeb, Reported, 1000)
	w.live("nothing", "2015-01-01", LevelInformative)
	w.service(Service{Code: "not live"})

	got := w.knowledge().TakeUp(day("2016-03-31"), Period{})
	want := TakeUp{
		Period: period("2016-03"), Value: RatioOf(120, 160), CoveredShare: RatioOf(2, 5), Services: 2, Live: 5,
		DigitalOnly: 1, DigitalOnlyCompleted: CountOf(1000), Digital: CountOf(120), All: CountOf(160),
	}
	if got != want {
		t.Errorf("take-up is %+v, want %+v", got, want)
	}
}

// Without any service whose every channel is known there is no value, and 0 is none.
func TestTakeUpWithoutCoverage(t *testing.T) {
	w := newWorld(t)
	w.live("a", "2015-01-01", LevelInformative)
	got := w.knowledge().TakeUp(day("2016-03-31"), period("2016-03"))
	if got.Value.Known() || got.Digital.Known() || got.CoveredShare != RatioOf(0, 1) {
		t.Errorf("take-up is %+v", got)
	}
}

// A service known only by its use is live where it reported, and a channel it used unlisted is counted.
func TestTakeUpOfImportedUse(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "uk", Channels: []Channel{ChannelWeb, ChannelOther}})
	w.states("uk", "2016-Q1", ChannelWeb, Reported, 30)
	w.states("uk", "2016-Q1", ChannelOther, Reported, 10)
	w.states("uk", "2016-Q1", ChannelPost, Reported, 20)
	got := w.knowledge().TakeUp(day("2016-03-31"), period("2016-Q1"))
	if got.Value != RatioOf(30, 60) || got.Live != 1 {
		t.Errorf("take-up is %+v, want 30 of 60", got)
	}
	if got := w.knowledge().TakeUp(day("2016-06-30"), period("2016-Q2")); got.Live != 0 {
		t.Errorf("where it reported nothing it is live: %+v", got)
	}
}
