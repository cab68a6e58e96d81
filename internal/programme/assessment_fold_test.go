package programme

import "testing"

// claimOn lets the entity claim a level by its answers.
func (w *world) claimOn(service, on string, level Level, answers ...Answer) *Fact {
	f := w.fact(FamilyAssessment, service, day(on), day(on), Assessment{
		Kind: AssessmentClaim, Service: service, Level: level, EffectiveOn: day(on), Answers: answers,
	})
	f.Actor = "entity"
	return f
}

// answerTo is the programme office's step on a claim.
func (w *world) answerTo(claim *Fact, kind AssessmentKind, on string, level Level) *Fact {
	return w.fact(FamilyAssessment, claim.Subject, day(on), day(on), Assessment{
		Kind: kind, Service: claim.Subject, Level: level, Claim: claim.ID, EffectiveOn: day(on),
	})
}

// A verification confirms the claimed level from the claim's date unless the planner gives a later one; never by
// the claimant (docs/rules.md#verification).
func TestVerification(t *testing.T) {
	for name, test := range map[string]struct {
		on    string
		level Level
		actor string
		want  map[string]Level
	}{
		"from the claim's date":  {"2015-01-20", 0, "planner", map[string]Level{"2015-02-09": 0, "2015-02-10": 3}},
		"from a later date":      {"2015-03-01", 3, "planner", map[string]Level{"2015-02-28": 0, "2015-03-01": 3}},
		"lower than was claimed": {"2015-02-10", 2, "planner", map[string]Level{"2015-02-10": 2}},
		"never higher":           {"2015-02-10", 4, "planner", map[string]Level{"2015-02-10": 3}},
		"not by the claimant":    {"2015-02-10", 3, "entity", map[string]Level{"2016-01-01": 0}},
	} {
		w := newWorld(t)
		w.service(Service{Code: "a"})
		w.rollout("a", ActionLaunch, "2015-01-01", 0)
		claim := *w.claimOn("a", "2015-02-10", LevelTransactional)
		w.answerTo(&claim, AssessmentVerified, test.on, test.level).Actor = test.actor
		k := w.knowledge()
		for on, want := range test.want {
			if s := serviceOf(t, k.Figures(day(on)), "a"); s.LevelVerified != want {
				t.Errorf("%s: on %s verified %d, want %d", name, on, s.LevelVerified, want)
			}
		}
	}
}

// A rollout event that names a level is a claim; its verification names the event.
func TestRolloutIsAClaim(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	claim := *w.rollout("a", ActionLaunch, "2015-01-01", LevelInteractive)
	if s := serviceOf(t, w.figures("2015-06-30"), "a"); s.LevelClaimed != LevelInteractive || s.LevelVerified != 0 || s.Clause != ClauseClaimedNotVerified {
		t.Errorf("claimed %d, verified %d, clause %q", s.LevelClaimed, s.LevelVerified, s.Clause)
	}
	w.verify(&claim, "2015-03-01", LevelInteractive)
	if s := serviceOf(t, w.figures("2015-06-30"), "a"); s.LevelVerified != LevelInteractive || !s.Counted {
		t.Errorf("verified %d, counted %v", s.LevelVerified, s.Counted)
	}
}

// A claim without a level takes that of its answers; one below level 1 is none, and so is an answer to no claim.
func TestClaimByAnswers(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a"})
	w.claimOn("a", "2015-01-01", 0, Answer{Criterion: CriterionInfo, Answer: AnswerYes}, Answer{Criterion: CriterionForm, Answer: AnswerYes})
	w.service(Service{Code: "b"})
	w.claimOn("b", "2015-01-01", 0, Answer{Criterion: CriterionForm, Answer: AnswerYes})
	w.answerTo(&Fact{Subject: "b", ID: "no such claim"}, AssessmentVerified, "2015-01-02", LevelIntegrated)
	f := w.figures("2015-06-30")
	if a, b := serviceOf(t, f, "a"), serviceOf(t, f, "b"); a.LevelClaimed != LevelInteractive || b.LevelClaimed != 0 || b.LevelVerified != 0 {
		t.Errorf("claimed %d and %d, verified %d; want 2, none, none", a.LevelClaimed, b.LevelClaimed, b.LevelVerified)
	}
}
