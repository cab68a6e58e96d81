package programme

import "mirsad/internal/civil"

// PlanKind is a step of a plan revision.
type PlanKind string

// The steps of a plan revision: draft → submitted → returned with comments, or approved.
const (
	PlanDraft     PlanKind = "draft"
	PlanSubmitted PlanKind = "submitted"
	PlanReturned  PlanKind = "returned"
	PlanApproved  PlanKind = "approved"
)

// Plan is one step in the stream of an entity's plan revisions (FamilyPlan, subject = entity code).
// An approved one freezes baseline Revision.
type Plan struct {
	Kind       PlanKind    `json:"kind"`
	Entity     string      `json:"entity"`
	Revision   int         `json:"revision"`
	ApprovedOn civil.Date  `json:"approved_on,omitzero"`
	Milestones []Milestone `json:"milestones,omitempty"`
	// Comment is what a planner says to the whole revision.
	Comment string `json:"comment,omitempty"`
	// Returned names the milestones that an approval leaves out, each with what is wrong with it; where the plan in
	// force has such a milestone it stays as it is there.
	Returned []ReturnedMilestone `json:"returned,omitempty"`
}

// ReturnedMilestone is a milestone that a planner sends back.
type ReturnedMilestone struct {
	Milestone string `json:"milestone"`
	Comment   string `json:"comment"`
}

// Milestone is a planned go-live of a service at a level.
type Milestone struct {
	Code    string `json:"code"`
	Service string `json:"service"`
	// Proposed names a service that is not in the catalogue yet; none for an existing one.
	Proposed  *ProposedService `json:"proposed,omitempty"`
	Level     Level            `json:"level"`
	Channels  []Channel        `json:"channels,omitempty"`
	PlannedOn civil.Date       `json:"planned_on"`
	// ExpectedOn is the go-live the entity now expects; none means as planned.
	ExpectedOn civil.Date `json:"expected_on,omitzero"`
	// Phases are the planned ends of the steps before the go-live, each at most once, in the order of Phases.
	Phases []PlannedPhase `json:"phases,omitempty"`
	// DependsOn lists the codes of the other entities whose part it waits for.
	DependsOn []string `json:"depends_on,omitempty"`
	// Before and After are the effort that the service takes before and after the re-engineering; nil: not provided.
	Before *Effort `json:"before,omitempty"`
	After  *Effort `json:"after,omitempty"`
	Note   string  `json:"note,omitempty"`
	// Reason is why it moved against the plan in force; a re-plan that moves it asks for one.
	Reason string `json:"reason,omitempty"`
}

// ProposedService is what an entity calls a service that it plans and the catalogue does not have.
type ProposedService struct {
	Name   string `json:"name"`
	NameAr string `json:"name_ar"`
}

// PlannedPhase is when a phase is planned to end.
type PlannedPhase struct {
	Phase Phase      `json:"phase"`
	On    civil.Date `json:"on"`
}

// Effort is what one use of a service takes; a part that is not stated is nil, and never zero.
type Effort struct {
	Visits    *int `json:"visits,omitempty"`
	Documents *int `json:"documents,omitempty"`
	Days      *int `json:"days,omitempty"`
}
