package programme_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A verification confirms the claimed level from the claim's date unless the planner gives a later one; never by
// the claimant (docs/rules.md#verification).
func TestVerification(t *testing.T) {
	for name, test := range map[string]struct {
		on    string
		level programme.Level
		actor string
		want  map[string]programme.Level
	}{
		"from the claim's date":  {"2015-01-20", 0, "planner", map[string]programme.Level{"2015-02-09": 0, "2015-02-10": 3}},
		"from a later date":      {"2015-03-01", 3, "planner", map[string]programme.Level{"2015-02-28": 0, "2015-03-01": 3}},
		"lower than was claimed": {"2015-02-10", 2, "planner", map[string]programme.Level{"2015-02-10": 2}},
		"never higher":           {"2015-02-10", 4, "planner", map[string]programme.Level{"2015-02-10": 3}},
		"not by the claimant":    {"2015-02-10", 3, "entity", map[string]programme.Level{"2016-01-01": 0}},
	} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "a"})
		w.Rollout("a", programme.ActionLaunch, "2015-01-01", 0)
		claim := *w.ClaimOn("a", "2015-02-10", programme.LevelTransactional)
		w.AnswerTo(&claim, programme.AssessmentVerified, test.on, test.level).Actor = test.actor
		k := w.Knowledge()
		for on, want := range test.want {
			if s := reckontest.ServiceOf(t, k.Figures(civiltest.Day(on)), "a"); s.LevelVerified != want {
				t.Errorf("%s: on %s verified %d, want %d", name, on, s.LevelVerified, want)
			}
		}
	}
}

// A rollout event that names a level is a claim; its verification names the event.
func TestRolloutIsAClaim(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	claim := *w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInteractive)
	if s := reckontest.ServiceOf(t, w.Figures("2015-06-30"), "a"); s.LevelClaimed != programme.LevelInteractive || s.LevelVerified != 0 || s.Clause != programme.ClauseClaimedNotVerified {
		t.Errorf("claimed %d, verified %d, clause %q", s.LevelClaimed, s.LevelVerified, s.Clause)
	}
	w.Verify(&claim, "2015-03-01", programme.LevelInteractive)
	if s := reckontest.ServiceOf(t, w.Figures("2015-06-30"), "a"); s.LevelVerified != programme.LevelInteractive || !s.Counted {
		t.Errorf("verified %d, counted %v", s.LevelVerified, s.Counted)
	}
}

// A claim without a level takes that of its answers; one below level 1 is none, and so is an answer to no claim.
func TestClaimByAnswers(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.ClaimOn("a", "2015-01-01", 0, programme.Answer{Criterion: programme.CriterionInfo, Answer: programme.AnswerYes}, programme.Answer{Criterion: programme.CriterionForm, Answer: programme.AnswerYes})
	w.Service(programme.Service{Code: "b"})
	w.ClaimOn("b", "2015-01-01", 0, programme.Answer{Criterion: programme.CriterionForm, Answer: programme.AnswerYes})
	w.AnswerTo(&programme.Fact{Subject: "b", ID: "no such claim"}, programme.AssessmentVerified, "2015-01-02", programme.LevelIntegrated)
	f := w.Figures("2015-06-30")
	if a, b := reckontest.ServiceOf(t, f, "a"), reckontest.ServiceOf(t, f, "b"); a.LevelClaimed != programme.LevelInteractive || b.LevelClaimed != 0 || b.LevelVerified != 0 {
		t.Errorf("claimed %d and %d, verified %d; want 2, none, none", a.LevelClaimed, b.LevelClaimed, b.LevelVerified)
	}
}
