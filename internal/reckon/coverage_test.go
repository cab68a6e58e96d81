package reckon_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Services launched on a digital channel ÷ all in the catalogue not retired, offline ones included
// (docs/rules.md#online-coverage). A removal is a change of the denominator.
func TestOnlineCoverage(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "web"})
	w.Rollout("web", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelWeb)
	w.Service(programme.Service{Code: "both"})
	w.Rollout("both", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelWeb, programme.ChannelMobile)
	w.Service(programme.Service{Code: "mobile"})
	w.Rollout("mobile", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelMobile)
	w.Service(programme.Service{Code: "counter", Channels: []programme.Channel{programme.ChannelCounter}})
	w.Rollout("counter", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelCounter)
	w.Service(programme.Service{Code: "offline"})
	w.Service(programme.Service{Code: "retired"})
	w.Rollout("retired", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelWeb)
	w.Rollout("retired", programme.ActionRetire, "2015-02-01", 0)
	w.Service(programme.Service{Code: "removed"})
	w.ServiceFrom(civiltest.Day("2015-06-01"), programme.Service{Code: "removed", Removed: true})

	want := figures.Coverage{
		Services: 5, Digital: 3, Web: 2, Mobile: 2, Both: 1, Share: programme.RatioOf(3, 5), MobileShare: programme.RatioOf(2, 5),
		LastMonthServices: programme.CountOf(6),
	}
	if got := w.Figures("2015-06-30").Coverage; got != want {
		t.Errorf("coverage is %+v, want %+v", got, want)
	}
}

// A channel counts while it is there.
func TestChannelsComeAndGo(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.Rollout("a", programme.ActionAddChannel, "2015-02-01", 0, programme.ChannelMobile)
	w.Rollout("a", programme.ActionRemoveChannel, "2015-03-01", 0, programme.ChannelWeb)
	k := w.Knowledge()
	for on, want := range map[string][2]int{"2015-01-31": {1, 0}, "2015-02-28": {1, 1}, "2015-03-31": {0, 1}} {
		if got := k.Figures(civiltest.Day(on)).Coverage; got.Web != want[0] || got.Mobile != want[1] {
			t.Errorf("on %s web %d, mobile %d; want %v", on, got.Web, got.Mobile, want)
		}
	}
}
