package reckon_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// The clauses of docs/rules.md#clauses, each with a service that fails it first.
func TestClauseThatFails(t *testing.T) {
	w := reckontest.New(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInteractive, NewAtLevel: programme.LevelInteractive, Audiences: []string{"citizens", ""}})
	w.Live("counted", "2015-03-01", programme.LevelInteractive)
	w.Live("bundle", "2015-03-01", programme.LevelTransactional)
	w.Service(programme.Service{Code: "part", PartOf: "bundle"})
	w.Rollout("part", programme.ActionLaunch, "2015-03-01", programme.LevelTransactional, programme.ChannelWeb).VerifiedBy = "admin"
	w.Service(programme.Service{Code: "visitors", Audience: "visitors"})
	w.Rollout("visitors", programme.ActionLaunch, "2015-03-01", programme.LevelTransactional, programme.ChannelWeb).VerifiedBy = "admin"
	w.Service(programme.Service{Code: "unlaunched"})
	w.Live("retired", "2015-03-01", programme.LevelTransactional)
	w.Rollout("retired", programme.ActionRetire, "2016-01-01", 0)
	w.Service(programme.Service{Code: "claimed"})
	w.Rollout("claimed", programme.ActionLaunch, "2015-03-01", programme.LevelInteractive, programme.ChannelWeb)
	w.Live("low", "2015-03-01", programme.LevelInformative)
	w.Live("old", "2013-03-01", programme.LevelInteractive)

	f := w.Figures("2016-01-31")
	for code, want := range map[string]programme.Clause{
		"counted": "", "bundle": "", "part": programme.ClausePartOfBundle, "visitors": programme.ClauseOutOfScope,
		"unlaunched": programme.ClauseNotLaunched, "retired": programme.ClauseRetired, "claimed": programme.ClauseClaimedNotVerified,
		"low": programme.ClauseBelowMinimum, "old": programme.ClauseExistedBefore,
	} {
		s := reckontest.ServiceOf(t, f, code)
		if s.Clause != want || s.Counted != (want == "") {
			t.Errorf("%s: clause %q, counted %v, want %q", code, s.Clause, s.Counted, want)
		}
	}
	if f.Verified.Counted != 2 || f.Claimed.Counted != 3 {
		t.Errorf("counted %d verified and %d claimed, want 2 and 3", f.Verified.Counted, f.Claimed.Counted)
	}
}

// A service is new by the first date at the rule's level, not by its launch.
func TestNewAtLevel(t *testing.T) {
	w := reckontest.New(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative, NewAtLevel: programme.LevelTransactional})
	w.Live("raised", "2013-01-01", programme.LevelInformative)
	w.Rollout("raised", programme.ActionUpgrade, "2015-01-01", programme.LevelTransactional).VerifiedBy = "admin"
	w.Live("high", "2013-01-01", programme.LevelTransactional)
	f := w.Figures("2015-06-30")
	if !reckontest.ServiceOf(t, f, "raised").Counted || reckontest.ServiceOf(t, f, "high").Counted {
		t.Errorf("counted: %v, want what was raised within the programme", counted(f))
	}
}

// What was claimed before the first day and verified after it existed before on the claimed basis alone.
func TestExistedIsOfItsBasis(t *testing.T) {
	w := reckontest.New(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative})
	w.Service(programme.Service{Code: "a"})
	w.Verify(w.Rollout("a", programme.ActionLaunch, "2013-06-01", programme.LevelInformative), "2014-06-01", programme.LevelInformative)
	s := reckontest.ServiceOf(t, w.Figures("2015-12-31"), "a")
	if s.Existed || !s.ClaimedExisted || s.Clause != "" || s.ClaimedClause != programme.ClauseExistedBefore {
		t.Errorf("existed %v, as claimed %v; clauses %q and %q", s.Existed, s.ClaimedExisted, s.Clause, s.ClaimedClause)
	}
}

// What was at the rule's level before the programme's first day existed before; what came on that day is new
// (docs/rules.md#existed-before).
func TestExistedBeforeTheFirstDay(t *testing.T) {
	start := programme.DefaultSettings().StartsOn
	for name, test := range map[string]struct {
		on   civil.Date
		want programme.Clause
	}{
		"the day before":   {start - 1, programme.ClauseExistedBefore},
		"the first day":    {start, ""},
		"the day after it": {start + 1, ""},
	} {
		w := reckontest.New(t)
		w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative})
		w.Live("a", test.on.String(), programme.LevelInformative)
		s := reckontest.ServiceOf(t, w.Figures("2015-12-31"), "a")
		if s.Clause != test.want || s.Existed != (test.want != "") {
			t.Errorf("%s: clause %q, existed %v", name, s.Clause, s.Existed)
		}
	}
}
