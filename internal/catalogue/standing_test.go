package catalogue_test

import (
	"testing"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
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
	if channels := programme.ChannelSetOf(
		s.Channels,
	); !channels.Has(programme.ChannelMobile.Index()) ||
		channels.Has(programme.ChannelWeb.Index()) {
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
	if s := reckontest.ServiceOf(
		t,
		k.Figures(civiltest.Day("2014-06-01")),
		"old",
	); s.Status != figures.ServiceRetired || s.RetiredOn != civiltest.Day("2014-06-01") ||
		s.Clause != programme.ClauseRetired {
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
	if s := reckontest.ServiceOf(
		t,
		w.Figures("2015-05-31"),
		"a",
	); s.LevelClaimed != programme.LevelInteractive ||
		s.Clause != programme.ClauseBelowMinimum {
		t.Errorf("claimed %d again, clause %q; something was verified before", s.LevelClaimed, s.Clause)
	}
}

// standingOf is a service on a date.
func standingOf(w *reckontest.World, code, on string) catalogue.Standing {
	k := w.Knowledge()
	return k.StandingOn(k.FindService(code), civiltest.Day(on))
}

// A level is claimed from the claim's day on and verified from the verification's; what was once verified is kept.
func TestLevelsOfADate(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInteractive)
	claim := *w.ClaimOn("a", "2015-03-01", programme.LevelIntegrated)
	w.AnswerTo(&claim, programme.AssessmentVerified, "2015-05-01", programme.LevelTransactional)
	w.Rollout("a", programme.ActionDowngrade, "2015-07-01", programme.LevelInformative).VerifiedBy = "admin"
	for on, want := range map[string][3]programme.Level{
		"2014-12-31": {0, 0, 0},
		"2015-01-01": {programme.LevelInteractive, programme.LevelInteractive, programme.LevelInteractive},
		"2015-02-28": {programme.LevelInteractive, programme.LevelInteractive, programme.LevelInteractive},
		"2015-03-01": {programme.LevelIntegrated, programme.LevelInteractive, programme.LevelInteractive},
		"2015-04-30": {programme.LevelIntegrated, programme.LevelInteractive, programme.LevelInteractive},
		"2015-05-01": {programme.LevelIntegrated, programme.LevelTransactional, programme.LevelTransactional},
		"2015-07-01": {programme.LevelInformative, programme.LevelInformative, programme.LevelTransactional},
	} {
		s := standingOf(w, "a", on)
		if got := [3]programme.Level{s.Level(figures.Claimed), s.Level(figures.Verified), s.VerifiedBefore}; got != want {
			t.Errorf("on %s claimed, verified and verified before are %v, want %v", on, got, want)
		}
	}
}

// What was once verified is kept at each level, the lowest included.
func TestTheLevelVerifiedBefore(t *testing.T) {
	for level := programme.LevelInformative; level <= programme.LevelIntegrated; level++ {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", level)
		if got := standingOf(w, "a", "2015-01-01").VerifiedBefore; got != level {
			t.Errorf("verified at %d: %d before", level, got)
		}
	}
}

// A service is open on what its rollouts say beside the catalogue of the date, and out of the catalogue on those alone.
func TestChannelsOfADate(t *testing.T) {
	const web, mobile, counter = programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter
	w := reckontest.New(t)
	w.ServiceFrom(civiltest.Day("2015-01-01"), programme.Service{Code: "a", Channels: []programme.Channel{web}})
	w.ServiceFrom(civiltest.Day("2015-02-01"), programme.Service{Code: "a", Channels: []programme.Channel{web, counter}})
	w.Rollout("a", programme.ActionLaunch, "2015-03-01", programme.LevelInformative, mobile)
	w.Rollout("a", programme.ActionAddChannel, "2015-04-01", 0, web)
	w.ServiceFrom(civiltest.Day("2015-05-01"), programme.Service{Code: "a", Removed: true})
	for on, want := range map[string][]programme.Channel{
		"2014-12-31": nil,
		"2015-01-01": {web},
		"2015-02-01": {web, counter},
		"2015-02-28": {web, counter},
		"2015-03-01": {mobile, counter},
		"2015-04-01": {web, mobile, counter},
		"2015-05-01": {web, mobile},
	} {
		s := standingOf(w, "a", on)
		if got := s.Channels(); got != programme.ChannelSetOf(want) {
			t.Errorf("on %s: %v, want %v", on, got.List(), want)
		}
	}
}

// The first date at a level is that on which the service was launched and at the level
// (docs/rules.md#first-date-at-a-level); nothing later resets it.
func TestTheFirstDateAtALevel(t *testing.T) {
	never := civil.Never.String()
	for name, test := range map[string]struct {
		say                      func(w *reckontest.World)
		basis                    figures.Basis
		launched, level1, level3 string
	}{
		"a launch at the level": {func(w *reckontest.World) {
			w.Live("a", "2015-01-01", programme.LevelTransactional)
		}, figures.Verified, "2015-01-01", "2015-01-01", "2015-01-01"},
		"claimed at its launch, verified by nobody": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelTransactional)
		}, figures.Verified, "2015-01-01", never, never},
		"the same as claimed": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelTransactional)
		}, figures.Claimed, "2015-01-01", "2015-01-01", "2015-01-01"},
		"a claim before the launch": {func(w *reckontest.World) {
			w.ClaimOn("a", "2014-06-01", programme.LevelTransactional)
			w.Rollout("a", programme.ActionLaunch, "2015-01-01", 0)
		}, figures.Claimed, "2015-01-01", "2015-01-01", "2015-01-01"},
		"an upgrade": {func(w *reckontest.World) {
			w.Live("a", "2015-01-01", programme.LevelInteractive)
			w.Rollout("a", programme.ActionUpgrade, "2015-04-01", programme.LevelTransactional).VerifiedBy = "admin"
		}, figures.Verified, "2015-01-01", "2015-01-01", "2015-04-01"},
		"a downgrade and an upgrade": {func(w *reckontest.World) {
			w.Live("a", "2015-01-01", programme.LevelTransactional)
			w.Rollout("a", programme.ActionDowngrade, "2015-04-01", programme.LevelInformative).VerifiedBy = "admin"
			w.Rollout("a", programme.ActionUpgrade, "2015-06-01", programme.LevelTransactional).VerifiedBy = "admin"
		}, figures.Verified, "2015-01-01", "2015-01-01", "2015-01-01"},
		"never launched": {func(w *reckontest.World) {
			w.ClaimOn("a", "2014-06-01", programme.LevelTransactional)
		}, figures.Claimed, never, never, never},
		"a bundle, by its part's entry": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Live("part", "2015-01-01", programme.LevelInteractive)
			w.ServiceFrom(civiltest.Day("2015-03-01"), programme.Service{Code: "part", PartOf: "a"})
		}, figures.Verified, "2015-03-01", "2015-03-01", never},
	} {
		w := reckontest.New(t)
		test.say(w)
		reached := service(t, w, "a").Reached[test.basis]
		got := [3]string{reached[0].String(), reached[1].String(), reached[3].String()}
		if want := [3]string{test.launched, test.level1, test.level3}; got != want {
			t.Errorf("%s: launched, at level 1 and at 3 on %v, want %v", name, got, want)
		}
	}
}

// Bundles are in bundles, four deep; a circle of them ends, and has the level of none.
func TestBundlesOfBundles(t *testing.T) {
	w := reckontest.New(t)
	for i, code := range []string{"b1", "b2", "b3", "b4", "b5"} {
		w.Service(programme.Service{Code: code, PartOf: []string{"", "b1", "b2", "b3", "b4"}[i]})
	}
	w.Service(programme.Service{Code: "leaf", PartOf: "b5"})
	w.Rollout("leaf", programme.ActionLaunch, "2015-02-01", programme.LevelInteractive, programme.ChannelWeb).VerifiedBy = "admin"
	w.Service(programme.Service{Code: "c1", PartOf: "c2"})
	w.Service(programme.Service{Code: "c2", PartOf: "c1"})
	for code, want := range map[string]bool{"b5": true, "b2": true, "b1": false, "c1": false, "c2": false} {
		if s := standingOf(
			w,
			code,
			"2015-02-01",
		); s.Live() != want ||
			(s.Level(figures.Verified) == programme.LevelInteractive) != want {
			t.Errorf("%s: live %v at level %d", code, s.Live(), s.Level(figures.Verified))
		}
		if s := standingOf(w, code, "2015-01-31"); s.Live() {
			t.Errorf("%s is live the day before", code)
		}
	}
}

// A bundle's first dates are the earliest of its live parts; a part that the catalogue takes out is no part of it.
func TestABundleSinceItsFirstPart(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "bundle"})
	for code, on := range map[string]string{"p1": "2015-02-01", "p2": "2015-04-01"} {
		w.Service(programme.Service{Code: code, PartOf: "bundle"})
		w.Rollout(code, programme.ActionLaunch, on, programme.LevelInformative, programme.ChannelWeb).VerifiedBy = "admin"
	}
	w.ServiceFrom(civiltest.Day("2015-06-01"), programme.Service{Code: "p1", PartOf: "bundle", Removed: true})
	for on, want := range map[string]string{"2015-05-31": "2015-02-01", "2015-06-01": "2015-04-01"} {
		s := standingOf(w, "bundle", on)
		if since := civiltest.Day(want); s.Rollout.FirstLaunch != since || s.Rollout.LiveSince != since {
			t.Errorf("on %s live since %s, launched %s; want %s", on, s.Rollout.LiveSince, s.Rollout.FirstLaunch, want)
		}
	}
}
