package adoption_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

func TestALevelWithoutUseIsAFinding(t *testing.T) {
	w := reckontest.New(t)
	for _, code := range []string{"used", "zero", "silent", "new", "lower", "unasked", "fresh claim", "since used", "by counter"} {
		w.Service(programme.Service{Code: code})
		on, level := "2015-01-01", programme.LevelTransactional
		switch code {
		case "new":
			on = "2016-09-01"
		case "lower":
			level = programme.LevelInteractive
		case "fresh claim":
			level = programme.LevelInformative
		}
		w.Rollout(code, programme.ActionLaunch, on, level, programme.ChannelWeb)
	}
	w.Rollout("fresh claim", programme.ActionUpgrade, "2016-08-15", programme.LevelIntegrated)
	for _, inMonth := range []string{"2016-08", "2016-09"} {
		w.Uses("moi", "used", inMonth, programme.ChannelWeb, 4)
		w.States("zero", inMonth, programme.ChannelWeb, programme.Reported, 0)
		w.States("unasked", inMonth, programme.ChannelWeb, programme.NotRequested, 0)
		w.States("by counter", inMonth, programme.ChannelWeb, programme.Reported, 0)
		w.States("by counter", inMonth, programme.ChannelCounter, programme.Reported, 900)
	}
	w.Uses("moi", "since used", "2016-10", programme.ChannelWeb, 1)
	w.Daily("since used", "2016-10-03", 1)
	k := w.Knowledge()
	for on, want := range map[string]map[string]programme.State{
		"2016-09-30": {"zero": programme.Reported, "silent": programme.NotProvided, "by counter": programme.Reported, "since used": programme.NotProvided},
		"2016-10-15": {"zero": programme.Reported, "silent": programme.NotProvided, "by counter": programme.Reported, "fresh claim": programme.NotProvided},
	} {
		found := map[string]programme.State{}
		for _, each := range k.LevelsWithoutUse(civiltest.Day(on)) {
			found[each.Service] = each.Completed.State
			if each.Entity != "moi" || each.Kind != programme.FindingLevelWithoutUse || !each.Level.EndToEnd() {
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
