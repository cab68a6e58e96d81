package adoption_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A bundle of which a part was launched lives by its parts: while none is live it owes nothing, is silent about nothing
// and no take-up is asked of it, although it has no rollout event of its own (docs/rules.md#expected-use).
func TestABundleLivesByItsParts(t *testing.T) {
	for name, test := range map[string]struct {
		retired      bool
		live         int
		silent, owed bool
	}{"its part is live": {false, 2, true, true}, "its part is retired": {true, 0, false, false}} {
		w := reckontest.New(t)
		w.Entity("moi")
		w.Service(programme.Service{Code: "bundle", Channels: []programme.Channel{programme.ChannelWeb}})
		w.Service(programme.Service{Code: "part", PartOf: "bundle", Channels: []programme.Channel{programme.ChannelWeb}})
		w.Rollout("part", programme.ActionLaunch, "2015-01-01", 1, programme.ChannelWeb)
		if test.retired {
			w.Rollout("part", programme.ActionRetire, "2015-06-01", 0)
		}
		w.States("bundle", "2016-03", programme.ChannelWeb, programme.Reported, 50)
		k := w.Knowledge()
		on := civiltest.Day("2016-08-31")
		if got := k.TakeUp(on, civiltest.Period("2016-03")); got.DigitalOnly != test.live {
			t.Errorf("%s: %d digital-only, want %d", name, got.DigitalOnly, test.live)
		}
		if s := reckontest.ServiceOf(t, k.Figures(on), "bundle"); s.Silent != test.silent {
			t.Errorf("%s: silent %v, want %v", name, s.Silent, test.silent)
		}
		expected := k.Figures(civiltest.Day("2016-04-30")).Usage.Completed.Parts.Expected
		if owed := expected == 2; owed != test.owed {
			t.Errorf("%s: %d parts expected of April", name, expected)
		}
	}
}
