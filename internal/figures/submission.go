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

// SubmissionState is the state of something owed; it is computed, and nobody can set it.
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
	// Was is its state when it became overdue; empty when it is not overdue.
	Was SubmissionState `json:"was,omitempty"`
	// Days is how many days ago it was due, where it is overdue.
	Days int `json:"days"`
	// Parts counts the services that it came for and those that it is owed for; it is empty for a plan.
	programme.Parts
	// On is the day of the plan's newest step for the month; it is empty for other kinds.
	On civil.Date `json:"on,omitzero"`
	// Revision is the plan's that came for the month; 0 for none.
	Revision int `json:"revision,omitempty"`
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

// Submissions is what every entity owes for a month, as known on a date.
type Submissions struct {
	Month civil.Month `json:"month"`
	// DueOn is the last day on which the month's submissions are on time.
	DueOn    civil.Date          `json:"due_on"`
	Entities []EntitySubmissions `json:"entities"` // by code
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
