package programme

import "testing"

// Services launched on a digital channel ÷ all in the catalogue not retired, offline ones included
// (docs/rules.md#online-coverage). A removal is a change of the denominator.
func TestOnlineCoverage(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "web"})
	w.rollout("web", ActionLaunch, "2015-01-01", LevelInformative, ChannelWeb)
	w.service(Service{Code: "both"})
	w.rollout("both", ActionLaunch, "2015-01-01", LevelInformative, ChannelWeb, ChannelMobile)
	w.service(Service{Code: "mobile"})
	w.rollout("mobile", ActionLaunch, "2015-01-01", LevelInformative, ChannelMobile)
	w.service(Service{Code: "counter", Channels: []Channel{ChannelCounter}})
	w.rollout("counter", ActionLaunch, "2015-01-01", LevelInformative, ChannelCounter)
	w.service(Service{Code: "offline"})
	w.service(Service{Code: "retired"})
	w.rollout("retired", ActionLaunch, "2015-01-01", LevelInformative, ChannelWeb)
	w.rollout("retired", ActionRetire, "2015-02-01", 0)
	w.service(Service{Code: "removed"})
	w.serviceFrom(day("2015-06-01"), Service{Code: "removed", Removed: true})

	want := Coverage{
		Services: 5, Digital: 3, Web: 2, Mobile: 2, Both: 1, Share: RatioOf(3, 5), MobileShare: RatioOf(2, 5),
		LastMonthServices: CountOf(6),
	}
	if got := w.figures("2015-06-30").Coverage; got != want {
		t.Errorf("coverage is %+v, want %+v", got, want)
	}
}

// A channel counts while it is there.
func TestChannelsComeAndGo(t *testing.T) {
	w := newWorld(t)
	w.live("a", "2015-01-01", LevelInformative)
	w.rollout("a", ActionAddChannel, "2015-02-01", 0, ChannelMobile)
	w.rollout("a", ActionRemoveChannel, "2015-03-01", 0, ChannelWeb)
	k := w.knowledge()
	for on, want := range map[string][2]int{"2015-01-31": {1, 0}, "2015-02-28": {1, 1}, "2015-03-31": {0, 1}} {
		if got := k.Figures(day(on)).Coverage; got.Web != want[0] || got.Mobile != want[1] {
			t.Errorf("on %s web %d, mobile %d; want %v", on, got.Web, got.Mobile, want)
		}
	}
}
