package programme

import "testing"

func TestALevelWithoutUseIsAFinding(t *testing.T) {
	w := newWorld(t)
	for _, code := range []string{"used", "zero", "silent", "new", "lower", "unasked", "fresh claim", "since used", "by counter"} {
		w.service(Service{Code: code})
		on, level := "2015-01-01", LevelTransactional
		switch code {
		case "new":
			on = "2016-09-01"
		case "lower":
			level = LevelInteractive
		case "fresh claim":
			level = LevelInformative
		}
		w.rollout(code, ActionLaunch, on, level, ChannelWeb)
	}
	w.rollout("fresh claim", ActionUpgrade, "2016-08-15", LevelIntegrated)
	for _, inMonth := range []string{"2016-08", "2016-09"} {
		w.uses("moi", "used", inMonth, ChannelWeb, 4)
		w.states("zero", inMonth, ChannelWeb, Reported, 0)
		w.states("unasked", inMonth, ChannelWeb, NotRequested, 0)
		w.states("by counter", inMonth, ChannelWeb, Reported, 0)
		w.states("by counter", inMonth, ChannelCounter, Reported, 900)
	}
	w.uses("moi", "since used", "2016-10", ChannelWeb, 1)
	k := w.knowledge()
	for on, want := range map[string]map[string]State{
		"2016-09-30": {"zero": Reported, "silent": NotProvided, "by counter": Reported, "since used": NotProvided},
		"2016-10-15": {"zero": Reported, "silent": NotProvided, "by counter": Reported, "fresh claim": NotProvided},
	} {
		found := map[string]State{}
		for _, each := range k.LevelsWithoutUse(day(on)) {
			found[each.Service] = each.Completed.State
			if each.Entity != "moi" || each.Kind != FindingLevelWithoutUse || !each.Level.EndToEnd() {
				t.Errorf("%+v", each)
			}
		}
		for code, state := range want {
			if found[code] != state {
				t.Errorf("%s: %s is %q, want %q", on, code, found[code], state)
			}
			delete(found, code)
		}
		if len(found) > 0 {
			t.Errorf("%s: also %v", on, found)
		}
	}
}
