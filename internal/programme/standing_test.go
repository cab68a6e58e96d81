package programme

import "testing"

// A bundle counts at its weakest live part, the parts don't count (docs/rules.md#bundle).
func TestBundleIsAtItsWeakestLivePart(t *testing.T) {
	w := newWorld(t)
	w.live("bundle", "2015-01-01", LevelIntegrated)
	for code, level := range map[string]Level{"p1": LevelTransactional, "p2": LevelInteractive, "p3": LevelInformative} {
		w.service(Service{Code: code, PartOf: "bundle"})
		w.rollout(code, ActionLaunch, "2015-02-01", level, ChannelWeb).VerifiedBy = "admin"
	}
	w.rollout("p3", ActionRetire, "2015-03-01", 0)
	k := w.knowledge()
	for on, want := range map[string]Level{"2015-01-31": LevelIntegrated, "2015-02-28": LevelInformative, "2015-03-31": LevelInteractive} {
		f := k.Figures(day(on))
		if s := serviceOf(t, f, "bundle"); s.LevelVerified != want || !s.Counted || f.Verified.Counted != 1 {
			t.Errorf("on %s level %d, counted %v of %d; want level %d alone", on, s.LevelVerified, s.Counted, f.Verified.Counted, want)
		}
	}
}

// A bundle without a launch of its own is live with its first part, and not counted when no part is live.
func TestBundleLivesByItsParts(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "bundle"})
	w.service(Service{Code: "part", PartOf: "bundle"})
	w.rollout("part", ActionLaunch, "2015-02-01", LevelInteractive, ChannelMobile).VerifiedBy = "admin"
	w.rollout("part", ActionRetire, "2015-06-01", 0)
	k := w.knowledge()
	if s := serviceOf(t, k.Figures(day("2015-01-31")), "bundle"); s.Clause != ClauseNotLaunched {
		t.Errorf("before its part it fails %q", s.Clause)
	}
	s := serviceOf(t, k.Figures(day("2015-02-28")), "bundle")
	if !s.Counted || s.LaunchedOn != day("2015-02-01") || s.LevelVerified != LevelInteractive {
		t.Errorf("with its part: %+v", s)
	}
	if channels := channelSetOf(s.Channels); !channels.has(channelIndex(ChannelMobile)) || channels.has(channelIndex(ChannelWeb)) {
		t.Errorf("its channels are %v, want its part's", s.Channels)
	}
	if s := serviceOf(t, k.Figures(day("2015-06-30")), "bundle"); s.Counted {
		t.Error("it counts without any live part")
	}
}

// Retiring and launching again doesn't reset the first date; the present life starts anew.
func TestRelaunchKeepsTheFirstDate(t *testing.T) {
	w := newWorld(t)
	w.rule(Rule{MinimumLevel: LevelInformative})
	w.live("old", "2013-02-01", LevelInformative)
	w.rollout("old", ActionRetire, "2014-06-01", 0)
	w.rollout("old", ActionLaunch, "2015-01-01", LevelInformative, ChannelWeb).VerifiedBy = "admin"
	k := w.knowledge()
	if s := serviceOf(t, k.Figures(day("2014-06-01")), "old"); s.Status != ServiceRetired || s.RetiredOn != day("2014-06-01") || s.Clause != ClauseRetired {
		t.Errorf("retired: %s since %v, clause %q", s.Status, s.RetiredOn, s.Clause)
	}
	s := serviceOf(t, k.Figures(day("2015-06-30")), "old")
	if s.Clause != ClauseExistedBefore || s.LaunchedOn != day("2013-02-01") || s.Status != ServiceLive {
		t.Errorf("launched again: %s since %v, clause %q", s.Status, s.LaunchedOn, s.Clause)
	}
}

// A downgrade takes the level back and keeps what was reached.
func TestDowngrade(t *testing.T) {
	w := newWorld(t)
	w.rule(Rule{MinimumLevel: LevelInteractive, NewAtLevel: LevelInteractive, CountExisting: true})
	w.live("a", "2015-01-01", LevelTransactional)
	w.rollout("a", ActionDowngrade, "2015-03-01", LevelInformative).VerifiedBy = "admin"
	s := serviceOf(t, w.figures("2015-03-31"), "a")
	if s.LevelVerified != LevelInformative || s.Clause != ClauseBelowMinimum {
		t.Errorf("level %d, clause %q", s.LevelVerified, s.Clause)
	}
	w.rollout("a", ActionUpgrade, "2015-05-01", LevelInteractive)
	if s := serviceOf(t, w.figures("2015-05-31"), "a"); s.LevelClaimed != LevelInteractive || s.Clause != ClauseBelowMinimum {
		t.Errorf("claimed %d again, clause %q; something was verified before", s.LevelClaimed, s.Clause)
	}
}

// A service is new by the first date at the rule's level, not by its launch.
func TestNewAtLevel(t *testing.T) {
	w := newWorld(t)
	w.rule(Rule{MinimumLevel: LevelInformative, NewAtLevel: LevelTransactional})
	w.live("raised", "2013-01-01", LevelInformative)
	w.rollout("raised", ActionUpgrade, "2015-01-01", LevelTransactional).VerifiedBy = "admin"
	w.live("high", "2013-01-01", LevelTransactional)
	f := w.figures("2015-06-30")
	if !serviceOf(t, f, "raised").Counted || serviceOf(t, f, "high").Counted {
		t.Errorf("counted: %v, want what was raised within the programme", counted(f))
	}
}
