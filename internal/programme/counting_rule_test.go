package programme

import "testing"

// The clauses of docs/rules.md#clauses, each with a service that fails it first.
func TestClauseThatFails(t *testing.T) {
	w := newWorld(t)
	w.rule(Rule{MinimumLevel: LevelInteractive, NewAtLevel: LevelInteractive, Audiences: []string{"citizens", ""}})
	w.live("counted", "2015-03-01", LevelInteractive)
	w.live("bundle", "2015-03-01", LevelTransactional)
	w.service(Service{Code: "part", PartOf: "bundle"})
	w.rollout("part", ActionLaunch, "2015-03-01", LevelTransactional, ChannelWeb).VerifiedBy = "admin"
	w.service(Service{Code: "visitors", Audience: "visitors"})
	w.rollout("visitors", ActionLaunch, "2015-03-01", LevelTransactional, ChannelWeb).VerifiedBy = "admin"
	w.service(Service{Code: "unlaunched"})
	w.live("retired", "2015-03-01", LevelTransactional)
	w.rollout("retired", ActionRetire, "2016-01-01", 0)
	w.service(Service{Code: "claimed"})
	w.rollout("claimed", ActionLaunch, "2015-03-01", LevelInteractive, ChannelWeb)
	w.live("low", "2015-03-01", LevelInformative)
	w.live("old", "2013-03-01", LevelInteractive)

	f := w.figures("2016-01-31")
	for code, want := range map[string]Clause{
		"counted": "", "bundle": "", "part": ClausePartOfBundle, "visitors": ClauseOutOfScope,
		"unlaunched": ClauseNotLaunched, "retired": ClauseRetired, "claimed": ClauseClaimedNotVerified,
		"low": ClauseBelowMinimum, "old": ClauseExistedBefore,
	} {
		s := serviceOf(t, f, code)
		if s.Clause != want || s.Counted != (want == "") {
			t.Errorf("%s: clause %q, counted %v, want %q", code, s.Clause, s.Counted, want)
		}
	}
	if f.Verified.Counted != 2 || f.Claimed.Counted != 3 {
		t.Errorf("counted %d verified and %d claimed, want 2 and 3", f.Verified.Counted, f.Claimed.Counted)
	}
}
