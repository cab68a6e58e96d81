package programme

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
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
	Number      uint32   `json:"number,omitempty"`
	Service     string   `json:"service"`
	Level       Level    `json:"level"`
	EffectiveOn Date     `json:"effective_on"`
	Answers     []Answer `json:"answers"`
	// Action is that of the rollout event that made the claim; none for an assessment.
	Action     Action     `json:"action,omitempty"`
	Comment    string     `json:"comment,omitempty"`
	Actor      string     `json:"actor"`
	RecordedAt time.Time  `json:"recorded_at"`
	State      ClaimState `json:"state"`
	// Decisions are what the programme office decided, oldest first; their number is the claim's version.
	Decisions []ClaimDecision `json:"decisions"`
}

// ClaimDecision is a verification or a return of a claim.
type ClaimDecision struct {
	// Number is its place in the service's stream of assessments; 0 where an import verified the claim it made.
	Number   uint32         `json:"number,omitempty"`
	Decision AssessmentKind `json:"decision"`
	// Level and EffectiveOn are what was confirmed and from when; none of a return.
	Level       Level     `json:"level,omitempty"`
	EffectiveOn Date      `json:"effective_on,omitzero"`
	Criterion   Criterion `json:"criterion,omitempty"`
	Comment     string    `json:"comment,omitempty"`
	RecheckOn   Date      `json:"recheck_on,omitzero"`
	Actor       string    `json:"actor"`
	RecordedAt  time.Time `json:"recorded_at"`
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

// ClaimsOf returns every service's claims from the facts of assessments and the rollout events as they stand: by
// service, then in the order in which they apply. Facts of other families are passed over.
func ClaimsOf(facts []Fact, rollouts []Rollout) ([]Claim, error) {
	steps, err := readFamily[Assessment](facts, FamilyAssessment, noEnd)
	if err != nil {
		return nil, err
	}
	streams, events := bySubject(steps), rolloutsByService(currentRollouts(rollouts, noEnd))
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
	return cmp.Or(cmp.Compare(a.EffectiveOn, b.EffectiveOn), a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID))
}

// serviceClaims gathers the claims of one service.
func serviceClaims(steps []recorded[Assessment], rollouts []Rollout) []Claim {
	var claims []Claim
	for i := range rollouts {
		if made, ok := rolloutClaim(&rollouts[i]); ok {
			claims = append(claims, made)
		}
	}
	for i := range steps {
		step := &steps[i]
		made, ok := claimOf(step)
		if !ok {
			continue
		}
		claims = append(claims, Claim{
			ID: step.ID, Number: step.Seq, Service: step.Subject, Level: made.level, EffectiveOn: made.on,
			Answers: step.body.Answers, Comment: step.body.Comment, Actor: step.Actor, RecordedAt: step.RecordedAt,
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
func rolloutClaim(r *Rollout) (Claim, bool) {
	made := Claim{
		ID: r.ID, Service: r.Service, Level: r.Level, EffectiveOn: r.EffectiveOn, Answers: r.Evidence, Action: r.Action,
		Actor: r.Actor, RecordedAt: r.RecordedAt,
	}
	if r.VerifiedBy != "" {
		made.Decisions = []ClaimDecision{{
			Decision: AssessmentVerified, Level: r.Level, EffectiveOn: r.EffectiveOn, Actor: r.VerifiedBy, RecordedAt: r.RecordedAt,
		}}
	}
	return made, r.Level.Valid()
}

// decide adds the decisions on a claim and says what has become of it. The same rule as the fold's: see answeredBy.
func (c *Claim) decide(steps []recorded[Assessment]) {
	made := claim{id: c.ID, on: c.EffectiveOn, recordedAt: c.RecordedAt, level: c.Level, actor: c.Actor}
	for i := range steps {
		step := &steps[i]
		if !made.answeredBy(step) {
			continue
		}
		decision := ClaimDecision{
			Number: step.Seq, Decision: step.body.Kind, Criterion: step.body.Criterion, Comment: step.body.Comment,
			Actor: step.Actor, RecordedAt: step.RecordedAt,
		}
		if step.body.Kind == AssessmentVerified {
			confirmed := confirm(made, step)
			decision.Level, decision.EffectiveOn, decision.RecheckOn = confirmed.level, confirmed.on, step.body.RecheckOn
		}
		c.Decisions = append(c.Decisions, decision)
	}
	c.State = ClaimOpen
	newest := c.Newest()
	if newest == nil || newest.RecordedAt.Before(c.RecordedAt) {
		return
	}
	c.State = ClaimVerified
	if newest.Decision == AssessmentReturned {
		c.State = ClaimReturned
	}
}

// FindClaim returns the claim that is named by its identifier or, an assessment's, by its number; unknown is ErrNotFound.
func FindClaim(claims []Claim, name string) (*Claim, error) {
	for i := range claims {
		if claims[i].ID == name || (claims[i].Number > 0 && strconv.FormatUint(uint64(claims[i].Number), 10) == name) {
			return &claims[i], nil
		}
	}
	return nil, fmt.Errorf("%w: claim %q", ErrNotFound, name)
}

// Recheck is a verified level that is to be looked at again.
type Recheck struct {
	Service   string `json:"service"`
	Claim     string `json:"claim"`
	Level     Level  `json:"level"`
	RecheckOn Date   `json:"recheck_on"`
	// Days is how many days ago that was.
	Days int `json:"days"`
}

// OverdueRechecks lists the re-checks that were asked for by a date and have not been made: those of each service's
// verification that is in force on it, the longest overdue first. Looking again is another verification of the claim.
func OverdueRechecks(claims []Claim, on Date) []Recheck {
	inForce := map[string]Recheck{}
	from := map[string]claim{}
	for i := range claims {
		for _, d := range claims[i].Decisions {
			this := claim{on: d.EffectiveOn, recordedAt: d.RecordedAt}
			standing, found := from[claims[i].Service]
			if d.Decision != AssessmentVerified || d.EffectiveOn > on || (found && compareClaims(this, standing) < 0) {
				continue
			}
			from[claims[i].Service] = this
			inForce[claims[i].Service] = Recheck{
				Service: claims[i].Service, Claim: claims[i].ID, Level: d.Level, RecheckOn: d.RecheckOn, Days: int(on - d.RecheckOn),
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

// ClaimAfter returns the claim that a fact makes or decides on, as it stands once the fact is in the stream.
func ClaimAfter(stream []Fact, rollouts []Rollout, added Fact) (*Claim, error) {
	var body Assessment
	if err := json.Unmarshal(added.Body, &body); err != nil {
		return nil, fmt.Errorf("fact %s/%d: %s", added.Subject, added.Seq, err.Error())
	}
	claims, err := ClaimsOf(append(slices.Clone(stream), added), rollouts)
	if err != nil {
		return nil, err
	}
	return FindClaim(claims, cmp.Or(body.Claim, added.ID))
}
