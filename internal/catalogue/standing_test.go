package catalogue_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A bundle counts at its weakest live part, the parts don't count (docs/rules.md#bundle).
func TestBundleIsAtItsWeakestLivePart(t *testing.T) {
	w := reckontest.New(t)
	w.Live("bundle", "2015-01-01", programme.LevelIntegrated)
	for code, level := range map[string]programme.Level{"p1": programme.LevelTransactional, "p2": programme.LevelInteractive, "p3": programme.LevelInformative} {
		w.Service(programme.Service{Code: code, PartOf: "bundle"})
		w.Rollout(code, programme.ActionLaunch, "2015-02-01", level, programme.ChannelWeb).VerifiedBy = "admin"
	}
	w.Rollout("p3", programme.ActionRetire, "2015-03-01", 0)
	k := w.Knowledge()
	for on, want := range map[string]programme.Level{"2015-01-31": programme.LevelIntegrated, "2015-02-28": programme.LevelInformative, "2015-03-31": programme.LevelInteractive} {
		f := k.Figures(civiltest.Day(on))
		if s := reckontest.ServiceOf(t, f, "bundle"); s.LevelVerified != want || !s.Counted || f.Verified.Counted != 1 {
			t.Errorf("on %s level %d, counted %v of %d; want level %d alone", on, s.LevelVerified, s.Counted, f.Verified.Counted, want)
		}
	}
}

// A bundle without a launch of its own is live with its first part, and not counted when no part is live.
func TestBundleLivesByItsParts(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "bundle"})
	w.Service(programme.Service{Code: "part", PartOf: "bundle"})
	w.Rollout("part", programme.ActionLaunch, "2015-02-01", programme.LevelInteractive, programme.ChannelMobile).VerifiedBy = "admin"
	w.Rollout("part", programme.ActionRetire, "2015-06-01", 0)
	k := w.Knowledge()
	if s := reckontest.ServiceOf(t, k.Figures(civiltest.Day("2015-01-31")), "bundle"); s.Clause != programme.ClauseNotLaunched {
		t.Errorf("before its part it fails %q", s.Clause)
	}
	s := reckontest.ServiceOf(t, k.Figures(civiltest.Day("2015-02-28")), "bundle")
	if !s.Counted || s.LaunchedOn != civiltest.Day("2015-02-01") || s.LevelVerified != programme.LevelInteractive {
		t.Errorf("with its part: %+v", s)
	}
	if channels := programme.ChannelSetOf(s.Channels); !channels.Has(programme.ChannelMobile.Index()) || channels.Has(programme.ChannelWeb.Index()) {
		t.Errorf("its channels are %v, want its part's", s.Channels)
	}
	if s := reckontest.ServiceOf(t, k.Figures(civiltest.Day("2015-06-30")), "bundle"); s.Counted {
		t.Error("it counts without any live part")
	}
}

// Retiring and launching again doesn't reset the first date; the present life starts anew.
func TestRelaunchKeepsTheFirstDate(t *testing.T) {
	w := reckontest.New(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative})
	w.Live("old", "2013-02-01", programme.LevelInformative)
	w.Rollout("old", programme.ActionRetire, "2014-06-01", 0)
	w.Rollout("old", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelWeb).VerifiedBy = "admin"
	k := w.Knowledge()
	if s := reckontest.ServiceOf(t, k.Figures(civiltest.Day("2014-06-01")), "old"); s.Status != figures.ServiceRetired || s.RetiredOn != civiltest.Day("2014-06-01") || s.Clause != programme.ClauseRetired {
		t.Errorf("retired: %s since %v, clause %q", s.Status, s.RetiredOn, s.Clause)
	}
	s := reckontest.ServiceOf(t, k.Figures(civiltest.Day("2015-06-30")), "old")
	if s.Clause != programme.ClauseExistedBefore || s.LaunchedOn != civiltest.Day("2013-02-01") || s.Status != figures.ServiceLive {
		t.Errorf("launched again: %s since %v, clause %q", s.Status, s.LaunchedOn, s.Clause)
	}
}

// A downgrade takes the level back and keeps what was reached.
func TestDowngrade(t *testing.T) {
	w := reckontest.New(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInteractive, NewAtLevel: programme.LevelInteractive, CountExisting: true})
	w.Live("a", "2015-01-01", programme.LevelTransactional)
	w.Rollout("a", programme.ActionDowngrade, "2015-03-01", programme.LevelInformative).VerifiedBy = "admin"
	s := reckontest.ServiceOf(t, w.Figures("2015-03-31"), "a")
	if s.LevelVerified != programme.LevelInformative || s.Clause != programme.ClauseBelowMinimum {
		t.Errorf("level %d, clause %q", s.LevelVerified, s.Clause)
	}
	w.Rollout("a", programme.ActionUpgrade, "2015-05-01", programme.LevelInteractive)
	if s := reckontest.ServiceOf(t, w.Figures("2015-05-31"), "a"); s.LevelClaimed != programme.LevelInteractive || s.Clause != programme.ClauseBelowMinimum {
		t.Errorf("claimed %d again, clause %q; something was verified before", s.LevelClaimed, s.Clause)
	}
}
