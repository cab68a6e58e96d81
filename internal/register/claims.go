package register

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// ClaimState is what has become of a claim.
type ClaimState string

// The states of a claim.
const (
	// ClaimOpen waits for the programme office; one that was corrected after a decision waits again.
	ClaimOpen     ClaimState = "open"
	ClaimReturned ClaimState = "returned"
	ClaimVerified ClaimState = "verified"
	// ClaimReplaced was open when the entity made another claim for the same day, which applies in its place.
	ClaimReplaced ClaimState = "replaced"
)

// ClaimStates lists the states.
func ClaimStates() []ClaimState {
	return []ClaimState{ClaimOpen, ClaimReturned, ClaimVerified, ClaimReplaced}
}

// Claim is a level that an entity says its service has, with everything that was decided on it. It was made in an
// assessment, or by a rollout event that names a level.
type Claim struct {
	ID string `json:"id"`
	// Number is its place in the service's stream of assessments; 0 for a rollout event's.
	Number      uint32             `json:"number,omitempty"`
	Service     string             `json:"service"`
	Level       programme.Level    `json:"level"`
	EffectiveOn civil.Date         `json:"effective_on"`
	Answers     []programme.Answer `json:"answers"`
	// Action is that of the rollout event that made the claim; none for an assessment.
	Action     programme.Action `json:"action,omitempty"`
	Comment    string           `json:"comment,omitempty"`
	Actor      string           `json:"actor"`
	RecordedAt time.Time        `json:"recorded_at"`
	State      ClaimState       `json:"state"`
	// Decisions are what the programme office decided, oldest first; their number is the claim's version.
	Decisions []ClaimDecision `json:"decisions"`
}

// ClaimDecision is a verification or a return of a claim.
type ClaimDecision struct {
	// Number is its place in the service's stream of assessments; 0 where an import verified the claim it made.
	Number   uint32                   `json:"number,omitempty"`
	Decision programme.AssessmentKind `json:"decision"`
	// Level and EffectiveOn are what was confirmed and from when; empty for a return.
	Level       programme.Level     `json:"level,omitempty"`
	EffectiveOn civil.Date          `json:"effective_on,omitzero"`
	Criterion   programme.Criterion `json:"criterion,omitempty"`
	Comment     string              `json:"comment,omitempty"`
	RecheckOn   civil.Date          `json:"recheck_on,omitzero"`
	Actor       string              `json:"actor"`
	RecordedAt  time.Time           `json:"recorded_at"`
}

// Version is how many decisions there are on the claim: who decides again says which they have read.
func (c *Claim) Version() int { return len(c.Decisions) }

// Newest returns the newest decision; nil for none.
func (c *Claim) Newest() *ClaimDecision {
	if len(c.Decisions) == 0 {
		return nil
	}
	return &c.Decisions[len(c.Decisions)-1]
}

// ClaimsOf returns every service's claims from the facts of assessments and the current rollout events: by
// service, then in the order in which they apply. Facts of other families are passed over.
func ClaimsOf(facts []programme.Fact, rollouts []programme.Rollout) ([]Claim, error) {
	steps, err := programme.ReadFamily[programme.Assessment](facts, programme.FamilyAssessment, programme.NoEnd)
	if err != nil {
		return nil, err
	}
	streams := programme.BySubject(steps)
	events := programme.RolloutsByService(programme.CurrentRollouts(rollouts, programme.NoEnd))
	services := map[string]bool{}
	for service := range streams {
		services[service] = true
	}
	for service := range events {
		services[service] = true
	}
	var all []Claim
	for service := range services {
		all = append(all, serviceClaims(streams[service], events[service])...)
	}
	slices.SortFunc(all, func(a, b Claim) int { return cmp.Or(cmp.Compare(a.Service, b.Service), compareMade(&a, &b)) })
	return all, nil
}

// compareMade is the order in which claims of one service apply.
func compareMade(a, b *Claim) int {
	return cmp.Or(
		cmp.Compare(a.EffectiveOn, b.EffectiveOn), a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID),
	)
}

// serviceClaims gathers the claims of one service.
func serviceClaims(steps []programme.Recorded[programme.Assessment], rollouts []programme.Rollout) []Claim {
	var claims []Claim
	for i := range rollouts {
		if made, ok := rolloutClaim(&rollouts[i]); ok {
			claims = append(claims, made)
		}
	}
	for i := range steps {
		step := &steps[i]
		made, ok := programme.ClaimOf(step)
		if !ok {
			continue
		}
		claims = append(claims, Claim{
			ID: step.ID, Number: step.Seq, Service: step.Subject, Level: made.Level, EffectiveOn: made.On,
			Answers: step.Body.Answers, Comment: step.Body.Comment, Actor: step.Actor, RecordedAt: step.RecordedAt,
		})
	}
	slices.SortFunc(claims, func(a, b Claim) int { return compareMade(&a, &b) })
	for i := range claims {
		claims[i].decide(steps)
	}
	for i := range claims {
		later := i+1 < len(claims) && claims[i+1].EffectiveOn == claims[i].EffectiveOn
		if claims[i].State == ClaimOpen && later {
			claims[i].State = ClaimReplaced
		}
	}
	return claims
}

// rolloutClaim is the claim that a rollout event makes, with its verification where an import verified it at once.
func rolloutClaim(r *programme.Rollout) (Claim, bool) {
	made := Claim{
		ID: r.ID, Service: r.Service, Level: r.Level, EffectiveOn: r.EffectiveOn, Answers: r.Evidence, Action: r.Action,
		Actor: r.Actor, RecordedAt: r.RecordedAt,
	}
	if r.VerifiedBy != "" {
		made.Decisions = []ClaimDecision{
			{
				Decision:    programme.AssessmentVerified,
				Level:       r.Level,
				EffectiveOn: r.EffectiveOn,
				Actor:       r.VerifiedBy,
				RecordedAt:  r.RecordedAt,
			},
		}
	}
	return made, r.Level.Valid()
}

// decide adds the decisions on a claim and says what has become of it. The same rule as the fold's: see answeredBy.
func (c *Claim) decide(steps []programme.Recorded[programme.Assessment]) {
	made := programme.LevelClaim{ID: c.ID, On: c.EffectiveOn, RecordedAt: c.RecordedAt, Level: c.Level, Actor: c.Actor}
	for i := range steps {
		step := &steps[i]
		if !made.AnsweredBy(step) {
			continue
		}
		decision := ClaimDecision{
			Number: step.Seq, Decision: step.Body.Kind, Criterion: step.Body.Criterion, Comment: step.Body.Comment,
			Actor: step.Actor, RecordedAt: step.RecordedAt,
		}
		if step.Body.Kind == programme.AssessmentVerified {
			confirmed := programme.Confirm(made, step)
			decision.Level, decision.EffectiveOn = confirmed.Level, confirmed.On
			decision.RecheckOn = step.Body.RecheckOn
		}
		c.Decisions = append(c.Decisions, decision)
	}
	c.State = ClaimOpen
	newest := c.Newest()
	if newest == nil || newest.RecordedAt.Before(c.RecordedAt) {
		return
	}
	c.State = ClaimVerified
	if newest.Decision == programme.AssessmentReturned {
		c.State = ClaimReturned
	}
}

// FindClaim returns the claim that is named by its identifier or, an assessment's, by its number; unknown is
// ErrNotFound.
func FindClaim(claims []Claim, name string) (*Claim, error) {
	for i := range claims {
		if claims[i].ID == name || (claims[i].Number > 0 && strconv.FormatUint(uint64(claims[i].Number), 10) == name) {
			return &claims[i], nil
		}
	}
	return nil, fmt.Errorf("%w: claim %q", programme.ErrNotFound, name)
}

// Recheck is a verified level that is to be looked at again.
type Recheck struct {
	Service   string          `json:"service"`
	Claim     string          `json:"claim"`
	Level     programme.Level `json:"level"`
	RecheckOn civil.Date      `json:"recheck_on"`
	// Days is how many days ago that was.
	Days int `json:"days"`
}

// OverdueRechecks lists the re-checks that were asked for by a date and have not been made: those of each service's
// verification that is in force on it, the longest overdue first. Looking again is another verification of the claim.
func OverdueRechecks(claims []Claim, on civil.Date) []Recheck {
	inForce := map[string]Recheck{}
	from := map[string]programme.LevelClaim{}
	for i := range claims {
		for _, d := range claims[i].Decisions {
			this := programme.LevelClaim{On: d.EffectiveOn, RecordedAt: d.RecordedAt}
			standing, found := from[claims[i].Service]
			if d.Decision != programme.AssessmentVerified || d.EffectiveOn > on ||
				(found && programme.CompareClaims(this, standing) < 0) {
				continue
			}
			from[claims[i].Service] = this
			inForce[claims[i].Service] = Recheck{
				Service:   claims[i].Service,
				Claim:     claims[i].ID,
				Level:     d.Level,
				RecheckOn: d.RecheckOn,
				Days:      int(on - d.RecheckOn),
			}
		}
	}
	overdue := []Recheck{}
	for _, each := range inForce {
		if !each.RecheckOn.IsZero() && each.RecheckOn < on {
			overdue = append(overdue, each)
		}
	}
	slices.SortFunc(overdue, func(a, b Recheck) int {
		return cmp.Or(cmp.Compare(a.RecheckOn, b.RecheckOn), cmp.Compare(a.Service, b.Service))
	})
	return overdue
}

// ClaimAfter returns the claim that a fact makes or decides on, as it is once the fact is in the stream.
func ClaimAfter(stream []programme.Fact, rollouts []programme.Rollout, added programme.Fact) (*Claim, error) {
	var body programme.Assessment
	if err := json.Unmarshal(added.Body, &body); err != nil {
		return nil, fmt.Errorf("fact %s/%d: %s", added.Subject, added.Seq, err.Error())
	}
	claims, err := ClaimsOf(append(slices.Clone(stream), added), rollouts)
	if err != nil {
		return nil, err
	}
	return FindClaim(claims, cmp.Or(body.Claim, added.ID))
}
