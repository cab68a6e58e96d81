package catalogue_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A service waits for a level that it claims and does not have, since its newest claim; one that has the level waits for
// none at it, whatever it claims again (docs/rules.md#standing-of-a-milestone).
func TestWhatWaitsForALevel(t *testing.T) {
	type awaits map[programme.Level]string
	for name, test := range map[string]struct {
		build func(w *reckontest.World)
		want  awaits
	}{
		"claimed": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-02-01", 2)
		}, awaits{1: "2015-02-01", 2: "2015-02-01", 3: ""}},
		"verified": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-02-01", 2).VerifiedBy = "admin"
		}, awaits{1: "", 2: "", 3: ""}},
		"verified, and claimed again": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-02-01", 2).VerifiedBy = "admin"
			w.Rollout("a", programme.ActionUpgrade, "2015-03-01", 2)
		}, awaits{1: "", 2: "", 3: ""}},
		"verified, and more is claimed": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-02-01", 2).VerifiedBy = "admin"
			w.Rollout("a", programme.ActionUpgrade, "2015-03-01", 3)
		}, awaits{1: "", 2: "", 3: "2015-03-01", 4: ""}},
		"claimed and retired": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-02-01", 2)
			w.Rollout("a", programme.ActionRetire, "2015-03-01", 0)
		}, awaits{1: "", 2: ""}},
		"claimed later": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-07-01", 2)
		}, awaits{1: "", 2: ""}},
	} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "a"})
		test.build(w)
		k := w.Knowledge()
		for level, want := range test.want {
			since := civil.Never
			if want != "" {
				since = civiltest.Day(want)
			}
			if got := k.AwaitsSince(k.FindService("a"), level, civiltest.Day("2015-06-30")); got != since {
				t.Errorf("%s: it waits for level %d since %s, want %q", name, level, got, want)
			}
		}
	}
}
