package figures

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// SubmissionKind is what an entity owes for each month.
type SubmissionKind string

// The kinds of submission.
const (
	// SubmissionPlan is an update of its plan.
	SubmissionPlan SubmissionKind = "plan"
	// SubmissionUse is the use of its services: statements, or events.
	SubmissionUse SubmissionKind = "use"
	// SubmissionClaims is a claimed level, with evidence, of each of its live services.
	SubmissionClaims SubmissionKind = "claims"
)

// SubmissionKinds lists the kinds.
func SubmissionKinds() []SubmissionKind {
	return []SubmissionKind{SubmissionPlan, SubmissionUse, SubmissionClaims}
}

// SubmissionState is where something owed stands; it is computed, and nobody can set it.
type SubmissionState string

// The states of what is owed.
const (
	// SubmissionNone is nothing owed.
	SubmissionNone SubmissionState = "not_applicable"
	// SubmissionExpected is owed and not begun.
	SubmissionExpected SubmissionState = "expected"
	// SubmissionDraft is begun: a draft of a plan, or use of some of the services.
	SubmissionDraft     SubmissionState = "draft"
	SubmissionSubmitted SubmissionState = "submitted"
	SubmissionReturned  SubmissionState = "returned"
	SubmissionAccepted  SubmissionState = "accepted"
	// SubmissionOverdue is still the entity's turn after the due day.
	SubmissionOverdue SubmissionState = "overdue"
)

// SubmissionStates lists the states.
func SubmissionStates() []SubmissionState {
	return []SubmissionState{
		SubmissionNone, SubmissionExpected, SubmissionDraft, SubmissionSubmitted,
		SubmissionReturned, SubmissionAccepted, SubmissionOverdue,
	}
}

// Submission is one thing that an entity owes for a month.
type Submission struct {
	State SubmissionState `json:"state"`
	// Was is where it stood when it became overdue; none otherwise.
	Was SubmissionState `json:"was,omitempty"`
	// Days is how many days ago it was due, where it is overdue.
	Days int `json:"days"`
	// Parts are the services of which it came and those of which it is owed; of a plan there are none.
	programme.Parts
	// On is the day of the plan's newest step for the month; none of other kinds.
	On civil.Date `json:"on,omitzero"`
	// Revision is the plan's that came for the month; 0 for none.
	Revision int `json:"revision,omitempty"`
}

// makeOverdue turns what is still the entity's turn after the due day into overdue.
func makeOverdue(s *Submission, due, on civil.Date) {
	switch s.State {
	case SubmissionExpected, SubmissionDraft, SubmissionReturned:
		if on > due {
			s.Was, s.State, s.Days = s.State, SubmissionOverdue, int(on-due)
		}
	case SubmissionNone, SubmissionSubmitted, SubmissionAccepted, SubmissionOverdue:
		// Nothing is owed, or it is the programme office's turn.
	}
}

// EntitySubmissions is what one entity owes for a month.
type EntitySubmissions struct {
	Entity string     `json:"entity"`
	Name   string     `json:"name"`
	NameAr string     `json:"name_ar"`
	Plan   Submission `json:"plan"`
	Use    Submission `json:"use"`
	Claims Submission `json:"claims"`
	// Overdue is how many of them are.
	Overdue int `json:"overdue"`
}

// Of returns the submission of a kind.
func (e *EntitySubmissions) Of(kind SubmissionKind) *Submission {
	switch kind {
	case SubmissionPlan:
		return &e.Plan
	case SubmissionUse:
		return &e.Use
	default:
		return &e.Claims
	}
}

// Submissions is what every entity owes for a month, as it stands on a date.
type Submissions struct {
	Month civil.Month `json:"month"`
	// DueOn is the last day on which the month's submissions are on time.
	DueOn    civil.Date          `json:"due_on"`
	Entities []EntitySubmissions `json:"entities"` // by code
}

// submissionCount is how an entity's services stand for a month.
type submissionCount struct {
	listed, live  int
	use           received
	claimed       [4]int // of live services: none, returned, open, verified
	openMilestone bool
}

// The places of submissionCount.claimed.
const (
	claimMissing = iota
	claimReturned
	claimWaits
	claimAccepted
)

// Submissions tells what every entity that the catalogue has, or that owns a service or a plan, owes for a month, as it
// stood on a date: an update of its plan unless every milestone is done, the use of its live services, and a claimed
// level of each of them. All are due by the month's due day (docs/rules.md#what-is-owed).
func (k *Knowledge) Submissions(on civil.Date, month civil.Month) *Submissions {
	settings := k.settingsOn(on)
	list := &Submissions{Month: month, DueOn: k.dueOn(settings, month.Period()), Entities: []EntitySubmissions{}}
	counts := k.countSubmissions(min(month.Last(), on), on, month, settings)
	since := k.dueOn(settings, (month - 1).Period())
	for e := range k.entities {
		at := entityAt(e)
		count, steps := &counts[e], k.plans[k.entities[e].code]
		if programme.InForce(k.entities[e].versions, on) == nil && count.listed == 0 && len(steps) == 0 {
			continue
		}
		named := k.entityNamed(at, on)
		owed := EntitySubmissions{
			Entity: named.Code, Name: named.Name, NameAr: named.NameAr,
			Plan: k.planSubmission(steps, count, since, on), Use: count.useSubmission(), Claims: count.claimSubmission(),
		}
		for _, kind := range SubmissionKinds() {
			each := owed.Of(kind)
			makeOverdue(each, list.DueOn, on)
			if each.State == SubmissionOverdue {
				owed.Overdue++
			}
		}
		list.Entities = append(list.Entities, owed)
	}
	return list
}

// countSubmissions looks at every service over a month and adds it to the entity that owned it.
func (k *Knowledge) countSubmissions(
	end, on civil.Date, month civil.Month, settings programme.Settings,
) []submissionCount {
	counts := make([]submissionCount, len(k.entities))
	r := &reckoning{Knowledge: k, on: end, settings: settings}
	r.now = k.takeCensus(end, settings)
	r.schedule = k.scheduleOn(end, settings.Rule)
	for i := range k.services {
		at := serviceAt(i)
		s := k.spanOf(at, month.Period(), on)
		owner := s.owner
		if owner == noEntity {
			owner = r.ownerOn(r.now, at)
		}
		if owner == noEntity {
			continue
		}
		count := &counts[owner]
		if standing := &r.now.services[i]; standing.version != nil && !standing.rollout.Retired {
			count.listed++
		}
		if m := r.milestoneOf(at, Verified); m.planned && !m.done {
			count.openMilestone = true
		}
		count.use.add(k.receivedOf(at, &s, settings))
		if standing := &r.now.services[i]; standing.version != nil && standing.live() {
			count.live++
			count.claimed[k.claimPlace(at, end)]++
		}
	}
	return counts
}

// claimPlace says how a service's newest claim on a date stands. A bundle's level is its parts', so it owes none.
func (k *Knowledge) claimPlace(at serviceAt, on civil.Date) int {
	record := &k.services[at]
	newest := programme.NewestOn(record.ladder.Claims, on)
	switch {
	case newest == nil && len(record.parts) > 0:
		return claimAccepted
	case newest == nil:
		return claimMissing
	case record.ladder.Returned[newest.ID]:
		return claimReturned
	case newest.SameAct || record.ladder.Answered[newest.ID]:
		return claimAccepted
	default:
		return claimWaits
	}
}

func (c *submissionCount) useSubmission() Submission {
	s := Submission{State: SubmissionDraft, Parts: programme.Parts{Reported: c.use.reported, Expected: c.use.expected}}
	switch c.use.reported {
	case c.use.expected:
		s.State = SubmissionAccepted
	case 0:
		s.State = SubmissionExpected
	}
	if c.use.expected == 0 {
		s.State = SubmissionNone
	}
	return s
}

func (c *submissionCount) claimSubmission() Submission {
	s := Submission{Parts: programme.Parts{Reported: c.claimed[claimWaits] + c.claimed[claimAccepted], Expected: c.live}}
	switch {
	case c.live == 0:
		s.State = SubmissionNone
	case c.claimed[claimReturned] > 0:
		s.State = SubmissionReturned
	case c.claimed[claimMissing] > 0:
		s.State = SubmissionExpected
	case c.claimed[claimWaits] > 0:
		s.State = SubmissionSubmitted
	default:
		s.State = SubmissionAccepted
	}
	return s
}

// planSubmission is the newest step of a plan since the due day of the month before: an update that comes later than
// its due day ends being overdue all the same.
func (k *Knowledge) planSubmission(
	steps []programme.Recorded[programme.Plan], count *submissionCount, since, on civil.Date,
) Submission {
	s := Submission{State: SubmissionNone}
	if count.openMilestone || (len(steps) == 0 && count.listed > 0) {
		s.State = SubmissionExpected
	}
	for i := range steps {
		day := k.approvalDay(&steps[i])
		if day <= since || day > on {
			continue
		}
		begun := steps[i].Body.Kind == programme.PlanDraft // of the next update: it takes nothing back
		if begun && (s.State == SubmissionSubmitted || s.State == SubmissionAccepted) {
			continue
		}
		s.On, s.Revision = day, steps[i].Body.Revision
		switch steps[i].Body.Kind {
		case programme.PlanDraft:
			s.State = SubmissionDraft
		case programme.PlanSubmitted:
			s.State = SubmissionSubmitted
		case programme.PlanReturned:
			s.State = SubmissionReturned
		case programme.PlanApproved:
			s.State = SubmissionAccepted
		}
	}
	return s
}

// Of returns the part of the entities that are seen.
func (s *Submissions) Of(sees func(entity string) bool) *Submissions {
	seen := &Submissions{Month: s.Month, DueOn: s.DueOn, Entities: []EntitySubmissions{}}
	for i := range s.Entities {
		if sees(s.Entities[i].Entity) {
			seen.Entities = append(seen.Entities, s.Entities[i])
		}
	}
	return seen
}
