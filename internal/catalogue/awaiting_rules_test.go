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

// A bundle waits while each of its live parts has the level or waits for it, since the newest of their claims.
func TestABundleWaitsByItsParts(t *testing.T) {
	type part struct {
		launched string
		level    programme.Level
		verified bool
		retired  bool
	}
	for name, test := range map[string]struct {
		parts []part
		want  string
	}{
		"one waits":                        {[]part{{"2015-02-01", 2, false, false}}, "2015-02-01"},
		"both wait":                        {[]part{{"2015-02-01", 2, false, false}, {"2015-03-01", 3, false, false}}, "2015-03-01"},
		"both wait, the first is newer":    {[]part{{"2015-04-01", 2, false, false}, {"2015-03-01", 3, false, false}}, "2015-04-01"},
		"one has the level":                {[]part{{"2015-02-01", 2, false, false}, {"2015-03-01", 2, true, false}}, "2015-02-01"},
		"one claims a lower level":         {[]part{{"2015-02-01", 2, false, false}, {"2015-03-01", 1, false, false}}, ""},
		"one has a lower level":            {[]part{{"2015-02-01", 2, false, false}, {"2015-03-01", 1, true, false}}, ""},
		"one is retired":                   {[]part{{"2015-02-01", 2, false, false}, {"2015-03-01", 1, false, true}}, "2015-02-01"},
		"one is launched later":            {[]part{{"2015-02-01", 2, false, false}, {"2015-07-01", 1, false, false}}, "2015-02-01"},
		"both have the level":              {[]part{{"2015-02-01", 2, true, false}, {"2015-03-01", 2, true, false}}, ""},
		"the one that has it claims again": {[]part{{"2015-02-01", 2, true, false}, {"2015-03-01", 3, false, false}}, "2015-03-01"},
	} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "bundle"})
		for i, p := range test.parts {
			code := []string{"one", "two"}[i]
			w.Service(programme.Service{Code: code, PartOf: "bundle"})
			if r := w.Rollout(code, programme.ActionLaunch, p.launched, p.level); p.verified {
				r.VerifiedBy = "admin"
			}
			if p.retired {
				w.Rollout(code, programme.ActionRetire, "2015-05-01", 0)
			}
		}
		k, want := w.Knowledge(), civil.Never
		if test.want != "" {
			want = civiltest.Day(test.want)
		}
		if got := k.AwaitsSince(k.FindService("bundle"), 2, civiltest.Day("2015-06-30")); got != want {
			t.Errorf("%s: it waits since %s, want %q", name, got, test.want)
		}
	}
}
