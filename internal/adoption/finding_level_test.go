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

// A finding needs 60 days of life and of the claim, and no completion in the two months that ended and since; a bundle
// speaks by its parts.
func TestWhenALevelWithoutUseIsAFinding(t *testing.T) {
	const on = "2016-09-30" // 60 days after 1 August
	const web = programme.ChannelWeb
	launch := func(w *reckontest.World, on string) {
		w.Rollout("a", programme.ActionLaunch, on, programme.LevelTransactional, web)
	}
	for name, test := range map[string]struct {
		say  func(w *reckontest.World)
		want bool
	}{
		"live for 60 days": {func(w *reckontest.World) { launch(w, "2016-08-01") }, true},
		"live for 59 days": {func(w *reckontest.World) { launch(w, "2016-08-02") }, false},
		"launched again 59 days ago": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Rollout("a", programme.ActionRetire, "2016-07-01", 0)
			launch(w, "2016-08-02")
		}, false},
		"claimed for 60 days": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInteractive, web)
			w.ClaimOn("a", "2016-08-01", programme.LevelIntegrated)
		}, true},
		"claimed for 59 days": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInteractive, web)
			w.ClaimOn("a", "2016-08-02", programme.LevelIntegrated)
		}, false},
		"no longer claimed": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Rollout("a", programme.ActionDowngrade, on, programme.LevelInteractive)
		}, false},
		"retired on the date": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Rollout("a", programme.ActionRetire, on, 0)
		}, false},
		"out of the catalogue": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.ServiceFrom(civiltest.Day(on), programme.Service{Code: "a", Removed: true})
		}, false},
		"used in the month before the two": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Uses("moi", "a", "2016-07", web, 1)
		}, true},
		"used in the first of the two": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Uses("moi", "a", "2016-08", web, 1)
		}, false},
		"used in the last of the two": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Uses("moi", "a", "2016-09", web, 1)
		}, false},
		"not applicable in one of them": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.States("a", "2016-08", web, programme.NotApplicable, 0)
		}, false},
		"a bundle": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Service(programme.Service{Code: "part", PartOf: "a"})
		}, false},
	} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "a"})
		test.say(w)
		found := w.Knowledge().LevelsWithoutUse(civiltest.Day(on))
		if got := len(found) == 1; got != test.want || len(found) > 1 {
			t.Errorf("%s: %+v", name, found)
		}
		if len(found) > 0 && found[0].Period != civiltest.Period("2016-08-01/2016-09-30") {
			t.Errorf("%s: of %s", name, found[0].Period)
		}
	}
}
