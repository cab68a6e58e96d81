package adoption_test

import (
	"reflect"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A service that is known by its use alone stays so on a date, whatever rollout event follows after it
// (docs/rules.md#on-and-as-at).
func TestALaterLaunchChangesNothingBefore(t *testing.T) {
	world := func(later func(w *reckontest.World)) *reckontest.World {
		w := reckontest.New(t)
		w.Entity("moi")
		w.Service(programme.Service{Code: "a", Entity: "moi", Channels: []programme.Channel{programme.ChannelWeb, programme.ChannelCounter}})
		w.Service(programme.Service{Code: "b", Entity: "moi", Channels: []programme.Channel{programme.ChannelWeb}})
		for _, month := range []string{"2016-05", "2016-06"} {
			w.States("a", month, programme.ChannelWeb, programme.Reported, 40)
		}
		for _, month := range []string{"2016-06", "2016-07"} {
			w.States("b", month, programme.ChannelWeb, programme.Reported, 7)
		}
		later(w)
		return w
	}
	before := world(func(*reckontest.World) {})
	after := world(func(w *reckontest.World) {
		w.Rollout("a", programme.ActionLaunch, "2016-10-01", 3)
		w.Rollout("b", programme.ActionRetire, "2016-10-01", 0)
	})
	for _, on := range []string{"2016-06-30", "2016-07-31", "2016-08-31", "2016-09-30"} {
		query := figures.UsageQuery{By: figures.ByService}
		want := before.Knowledge().Usage(civiltest.Day(on), query)
		if got := after.Knowledge().Usage(civiltest.Day(on), query); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: use is %+v, want %+v", on, got, want)
		}
		for _, month := range []string{"2016-06", "2016-07"} {
			if got, want := after.GrowthOf(on, month), before.GrowthOf(on, month); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: growth of %s is %+v, want %+v", on, month, got, want)
			}
		}
		got, want2 := after.Figures(on), before.Figures(on)
		if !reflect.DeepEqual(got.Usage, want2.Usage) || !reflect.DeepEqual(got.Attention, want2.Attention) ||
			!reflect.DeepEqual(got.Completeness, want2.Completeness) {
			t.Errorf("%s: figures\n%+v\n%+v\n%+v, want\n%+v\n%+v\n%+v", on, got.Usage.TakeUp, got.Attention, got.Completeness,
				want2.Usage.TakeUp, want2.Attention, want2.Completeness)
		}
	}
}
