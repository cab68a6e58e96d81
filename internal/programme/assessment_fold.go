package programme

import (
	"cmp"
	"slices"
	"time"
)

// claim is a level that an entity says its service has, or one that the programme office confirmed.
type claim struct {
	id         string
	on         Date
	recordedAt time.Time
	level      Level
	actor      string
	// sameAct says that the claim came with its verification, by an administrator's import.
	sameAct bool
	// ofRollout says that a rollout event made the claim, so that the service's history tells it there.
	ofRollout bool
}

// ladder is what is claimed of a service's level and what is verified, each in the order in which it applies.
type ladder struct {
	claims   []claim
	verified []claim
	// answered are the claims that the programme office has decided on since they were made or corrected last.
	answered map[string]bool
	// returned are those of them whose newest decision was a return.
	returned map[string]bool
}

// foldAssessments gathers the claims and verifications of one service: from its assessments, and from those of
// its rollout events that name a level (docs/rules.md#claims).
func foldAssessments(steps []recorded[Assessment], rollouts []Rollout) ladder {
	var l ladder
	for i := range rollouts {
		r := &rollouts[i]
		if !r.Level.Valid() {
			continue
		}
		made := claim{
			id: r.ID, on: r.EffectiveOn, recordedAt: r.RecordedAt, level: r.Level,
			actor: r.Actor, sameAct: r.VerifiedBy != "", ofRollout: true,
		}
		l.claims = append(l.claims, made)
		if made.sameAct {
			l.verified = append(l.verified, made)
		}
	}
	for i := range steps {
		if made, ok := claimOf(&steps[i]); ok {
			l.claims = append(l.claims, made)
		}
	}
	l.answer(steps)
	slices.SortFunc(l.claims, compareClaims)
	slices.SortFunc(l.verified, compareClaims)
	return l
}

// claimOf reads a claim; one without a level takes that of its answers.
func claimOf(step *recorded[Assessment]) (claim, bool) {
	level := step.body.Level
	if level == 0 {
		level = LevelOf(step.body.Answers)
	}
	made := claim{
		id: step.ID, on: cmp.Or(step.body.EffectiveOn, step.EffectiveOn),
		recordedAt: step.RecordedAt, level: level, actor: step.Actor,
	}
	return made, step.body.Kind == AssessmentClaim && level.Valid()
}

// answer applies the programme office's steps to the claims they name.
func (l *ladder) answer(steps []recorded[Assessment]) {
	byID := make(map[string]claim, len(l.claims))
	for _, made := range l.claims {
		byID[made.id] = made
	}
	l.answered, l.returned = map[string]bool{}, map[string]bool{}
	for i := range steps {
		step := &steps[i]
		made, found := byID[step.body.Claim]
		if !found || !made.answeredBy(step) {
			continue
		}
		if step.body.Kind == AssessmentVerified {
			l.verified = append(l.verified, confirm(made, step))
		}
		if !step.RecordedAt.Before(made.recordedAt) {
			l.answered[made.id], l.returned[made.id] = true, step.body.Kind == AssessmentReturned
		}
	}
}

// answeredBy reports whether a step decides on the claim: a verification or a return by another than the claimant.
func (c *claim) answeredBy(step *recorded[Assessment]) bool {
	decides := step.body.Kind == AssessmentVerified || step.body.Kind == AssessmentReturned
	return decides && step.body.Claim == c.id && (step.Actor == "" || step.Actor != c.actor)
}

// confirm is a claim's verification (docs/rules.md#verification): from the claim's date unless the planner gives a
// later one. A claim that was corrected since is confirmed no higher than what the planner saw. Of two verifications of
// one claim the later holds from its own date on, and the earlier until then: so a level is lowered without rewriting
// what it was.
func confirm(made claim, step *recorded[Assessment]) claim {
	level := made.level
	if step.body.Level.Valid() {
		level = min(level, step.body.Level)
	}
	return claim{
		id: step.ID, on: max(made.on, step.body.EffectiveOn), recordedAt: step.RecordedAt,
		level: level, actor: step.Actor,
	}
}

func compareClaims(a, b claim) int {
	return cmp.Or(cmp.Compare(a.on, b.on), a.recordedAt.Compare(b.recordedAt), cmp.Compare(a.id, b.id))
}

// newestOn returns the newest claim that is effective on the date; nil for none.
func newestOn(claims []claim, on Date) *claim {
	for i := range slices.Backward(claims) {
		if claims[i].on <= on {
			return &claims[i]
		}
	}
	return nil
}

// levelOn returns the level of the newest claim effective on the date; 0 for none.
func levelOn(claims []claim, on Date) Level {
	if newest := newestOn(claims, on); newest != nil {
		return newest.level
	}
	return 0
}

// everReached reports whether any claim effective by the date is at or above the level.
func everReached(claims []claim, level Level, on Date) bool {
	return slices.ContainsFunc(claims, func(c claim) bool { return c.on <= on && c.level >= level })
}
