package programme

import (
	"cmp"
	"slices"
	"time"

	"mirsad/internal/civil"
)

// LevelClaim is a level that an entity says its service has, or one that the programme office confirmed.
type LevelClaim struct {
	ID         string
	On         civil.Date
	RecordedAt time.Time
	Level      Level
	Actor      string
	// SameAct says that the claim came with its verification, by an administrator's import.
	SameAct bool
	// OfRollout says that a rollout event made the claim, so that the service's history has it there.
	OfRollout bool
}

// Ladder is what is claimed of a service's level and what is verified, each in the order in which it applies.
type Ladder struct {
	Claims   []LevelClaim
	Verified []LevelClaim
	// Answered are the claims that the programme office has decided on since they were made or corrected last, each with
	// the first day from which a decision is in effect.
	Answered map[string]civil.Date
	// Returned are those of them whose newest decision was a return.
	Returned map[string]bool
}

// FoldAssessments gathers the claims and verifications of one service: from its assessments, and from those of
// its rollout events that name a level (docs/rules.md#claims).
func FoldAssessments(steps []Recorded[Assessment], rollouts []Rollout) Ladder {
	var l Ladder
	for i := range rollouts {
		r := &rollouts[i]
		if !r.Level.Valid() {
			continue
		}
		made := LevelClaim{
			ID: r.ID, On: r.EffectiveOn, RecordedAt: r.RecordedAt, Level: r.Level,
			Actor: r.Actor, SameAct: r.VerifiedBy != "", OfRollout: true,
		}
		l.Claims = append(l.Claims, made)
		if made.SameAct {
			l.Verified = append(l.Verified, made)
		}
	}
	for i := range steps {
		if made, ok := ClaimOf(&steps[i]); ok {
			l.Claims = append(l.Claims, made)
		}
	}
	l.answer(steps)
	slices.SortFunc(l.Claims, CompareClaims)
	slices.SortFunc(l.Verified, CompareClaims)
	return l
}

// ClaimOf reads a claim; one without a level takes that of its answers.
func ClaimOf(step *Recorded[Assessment]) (LevelClaim, bool) {
	level := step.Body.Level
	if level == 0 {
		level = LevelOf(step.Body.Answers)
	}
	made := LevelClaim{
		ID: step.ID, On: cmp.Or(step.Body.EffectiveOn, step.EffectiveOn),
		RecordedAt: step.RecordedAt, Level: level, Actor: step.Actor,
	}
	return made, step.Body.Kind == AssessmentClaim && level.Valid()
}

// answer applies the programme office's steps to the claims they name.
func (l *Ladder) answer(steps []Recorded[Assessment]) {
	byID := make(map[string]LevelClaim, len(l.Claims))
	for _, made := range l.Claims {
		byID[made.ID] = made
	}
	l.Answered, l.Returned = map[string]civil.Date{}, map[string]bool{}
	for i := range steps {
		step := &steps[i]
		made, found := byID[step.Body.Claim]
		if !found || !made.AnsweredBy(step) {
			continue
		}
		if step.Body.Kind == AssessmentVerified {
			l.Verified = append(l.Verified, Confirm(made, step))
		}
		if !step.RecordedAt.Before(made.RecordedAt) {
			since := max(made.On, cmp.Or(step.Body.EffectiveOn, step.EffectiveOn))
			if first, found := l.Answered[made.ID]; found {
				since = min(since, first)
			}
			l.Answered[made.ID], l.Returned[made.ID] = since, step.Body.Kind == AssessmentReturned
		}
	}
}

// WaitsOn reports whether nobody has decided on a claim by a date: no decision is in effect, nor was it verified in the
// act that made it.
func (l *Ladder) WaitsOn(made *LevelClaim, on civil.Date) bool {
	since, found := l.Answered[made.ID]
	return !made.SameAct && (!found || since > on)
}

// AnsweredBy reports whether a step decides on the claim: a verification or a return by another than the claimant.
func (c *LevelClaim) AnsweredBy(step *Recorded[Assessment]) bool {
	decides := step.Body.Kind == AssessmentVerified || step.Body.Kind == AssessmentReturned
	return decides && step.Body.Claim == c.ID && (step.Actor == "" || step.Actor != c.Actor)
}

// Confirm is a claim's verification (docs/rules.md#verification): from the claim's date unless the planner gives a
// later one. A claim that was corrected since is confirmed no higher than what the planner saw. Of two verifications of
// one claim the later holds from its own date on, and the earlier until then: so a level is lowered without rewriting
// what it was.
func Confirm(made LevelClaim, step *Recorded[Assessment]) LevelClaim {
	level := made.Level
	if step.Body.Level.Valid() {
		level = min(level, step.Body.Level)
	}
	return LevelClaim{
		ID: step.ID, On: max(made.On, step.Body.EffectiveOn), RecordedAt: step.RecordedAt,
		Level: level, Actor: step.Actor,
	}
}

// CompareClaims orders claims by the day from which they hold, then by when they were recorded.
func CompareClaims(a, b LevelClaim) int {
	return cmp.Or(cmp.Compare(a.On, b.On), a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID))
}

// NewestOn returns the newest claim that is effective on the date; nil for none.
func NewestOn(claims []LevelClaim, on civil.Date) *LevelClaim {
	for i := range slices.Backward(claims) {
		if claims[i].On <= on {
			return &claims[i]
		}
	}
	return nil
}

// LevelOn returns the level of the newest claim effective on the date; 0 for none.
func LevelOn(claims []LevelClaim, on civil.Date) Level {
	if newest := NewestOn(claims, on); newest != nil {
		return newest.Level
	}
	return 0
}

// EverReached reports whether any claim effective by the date is at or above the level.
func EverReached(claims []LevelClaim, level Level, on civil.Date) bool {
	return slices.ContainsFunc(claims, func(c LevelClaim) bool { return c.On <= on && c.Level >= level })
}
