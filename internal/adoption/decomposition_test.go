package adoption_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// What appeared is launched when its unit was first live in the period, else returned; what is missing is retired when
// all of its unit is by the period's end, or by the date in a period that runs, else silent (docs/rules.md#decomposition).
func TestWhyUseAppearedOrWentMissing(t *testing.T) {
	const web = programme.ChannelWeb
	appears := func(w *reckontest.World, code string) { w.Uses("moi", code, "2016-03", web, 5) }
	goes := func(w *reckontest.World, code string) { w.Uses("moi", code, "2016-02", web, 5) }
	launched, returned := figures.Decomposition{Launched: 5, New: 5, Change: 5}, figures.Decomposition{Returned: 5, New: 5, Change: 5}
	retired, silent := figures.Decomposition{Retired: -5, Lost: -5, Change: -5}, figures.Decomposition{Silent: -5, Lost: -5, Change: -5}
	live := func(w *reckontest.World, code, on string) { w.Live(code, on, programme.LevelInformative) }
	for name, test := range map[string]struct {
		say  func(w *reckontest.World)
		on   string
		want figures.Decomposition
	}{
		"launched on the first day": {func(w *reckontest.World) { live(w, "a", "2016-03-01"); appears(w, "a") }, "2016-03-31", launched},
		"launched on the last day":  {func(w *reckontest.World) { live(w, "a", "2016-03-31"); appears(w, "a") }, "2016-03-31", launched},
		"launched the day before":   {func(w *reckontest.World) { live(w, "a", "2016-02-29"); appears(w, "a") }, "2016-03-31", returned},
		"live long ago, at no level yet": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Rollout("a", programme.ActionLaunch, "2015-01-01", 0, web)
			appears(w, "a")
		}, "2016-03-31", returned},
		"known by its use, first seen": {func(w *reckontest.World) { w.Service(programme.Service{Code: "a"}); appears(w, "a") }, "2016-03-31", launched},
		"known by its use, seen before": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Uses("moi", "a", "2016-01", web, 1)
			appears(w, "a")
		}, "2016-03-31", returned},
		"an heir of what was live before": {func(w *reckontest.World) {
			live(w, "old", "2015-01-01")
			w.Heir(programme.Service{Code: "a", Succeeds: []string{"old"}}, "2016-03-01", programme.LevelInformative)
			appears(w, "a")
		}, "2016-03-31", returned},
		"one that another is no heir of": {func(w *reckontest.World) {
			live(w, "old", "2015-01-01")
			w.Heir(programme.Service{Code: "b", Succeeds: []string{"old"}}, "2016-01-01", programme.LevelInformative)
			live(w, "a", "2016-03-01")
			appears(w, "a")
		}, "2016-03-31", launched},
		"an heir of one seen before": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a", Succeeds: []string{"old"}})
			w.Uses("moi", "old", "2016-01", web, 1)
			appears(w, "a")
		}, "2016-03-31", returned},
		"retired on the last day": {func(w *reckontest.World) {
			live(w, "a", "2015-01-01")
			w.Rollout("a", programme.ActionRetire, "2016-03-31", 0)
			goes(w, "a")
		}, "2016-04-30", retired},
		"retired the day after": {func(w *reckontest.World) {
			live(w, "a", "2015-01-01")
			w.Rollout("a", programme.ActionRetire, "2016-04-01", 0)
			goes(w, "a")
		}, "2016-04-30", silent},
		"while the month runs": {func(w *reckontest.World) {
			live(w, "a", "2015-01-01")
			w.Rollout("a", programme.ActionRetire, "2016-03-15", 0)
			goes(w, "a")
		}, "2016-03-15", figures.Decomposition{}},
		"retired, and its heir is not": {func(w *reckontest.World) {
			live(w, "a", "2015-01-01")
			w.Rollout("a", programme.ActionRetire, "2016-03-15", 0)
			w.Heir(programme.Service{Code: "b", Succeeds: []string{"a"}}, "2016-03-15", programme.LevelInformative)
			goes(w, "a")
		}, "2016-03-31", silent},
		"taken out of the catalogue": {func(w *reckontest.World) {
			live(w, "a", "2015-01-01")
			w.ServiceFrom(civiltest.Day("2016-03-31"), programme.Service{Code: "a", Removed: true})
			goes(w, "a")
		}, "2016-03-31", retired},
		"never in the catalogue": {func(w *reckontest.World) { goes(w, "a") }, "2016-03-31", silent},
	} {
		w := reckontest.New(t)
		test.say(w)
		if got := w.GrowthOf(test.on, "2016-03").Decomposition; got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

// New splits into launched and returned, lost into retired and silent.
func TestDecomposition(t *testing.T) {
	w := reckontest.New(t)
	use := func(code string, before, now int64) {
		if before > 0 {
			w.Uses("moi", code, "2016-02", programme.ChannelWeb, before)
		}
		if now > 0 {
			w.Uses("moi", code, "2016-03", programme.ChannelWeb, now)
		}
	}
	w.Live("existing", "2015-01-01", programme.LevelInformative)
	use("existing", 50, 70)
	w.Live("launched", "2016-03-05", programme.LevelInformative)
	use("launched", 0, 11)
	w.Live("returned", "2015-01-01", programme.LevelInformative)
	use("returned", 0, 7)
	w.Live("retired", "2015-01-01", programme.LevelInformative)
	w.Rollout("retired", programme.ActionRetire, "2016-03-01", 0)
	use("retired", 5, 0)
	w.Live("silent", "2015-01-01", programme.LevelInformative)
	use("silent", 3, 0)
	w.Service(programme.Service{Code: "removed"})
	w.ServiceFrom(civiltest.Day("2016-03-01"), programme.Service{Code: "removed", Removed: true})
	use("removed", 2, 0)
	w.Service(programme.Service{Code: "first heard of"})
	use("first heard of", 0, 1)
	got := w.GrowthOf("2016-03-31", "2016-03").Decomposition
	want := figures.Decomposition{
		Change: 29, Existing: 20, New: 19, Launched: 12, Returned: 7, Lost: -10, Retired: -7, Silent: -3,
	}
	if got != want {
		t.Errorf("the change is %+v, want %+v", got, want)
	}
}

// The three parts sum to the change exactly, whatever the world.
func TestDecompositionSumsExactly(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	for range 50 {
		w := reckontest.New(t)
		for i := range 20 {
			code := fmt.Sprintf("s%d", i)
			w.Live(code, "2015-01-01", programme.LevelInformative)
			for _, m := range []string{"2016-01", "2016-02"} {
				if random.IntN(3) > 0 {
					w.Uses("moi", code, m, programme.Channels()[random.IntN(8)], int64(random.IntN(1000)))
				}
			}
		}
		g := w.GrowthOf("2016-02-29", "2016-02")
		d := g.Decomposition
		if change := g.Total.Value - g.PreviousTotal.Value; d.Change != change || d.Existing+d.New+d.Lost != change {
			t.Fatalf("%+v does not sum to %d", d, change)
		}
		if d.Launched+d.Returned != d.New || d.Retired+d.Silent != d.Lost || d.Lost > 0 {
			t.Fatalf("%+v does not split", d)
		}
	}
}
