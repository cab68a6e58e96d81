package programme

// PlanKind is a step of a plan revision.
type PlanKind string

// The steps of a plan revision.
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
	ApprovedOn Date        `json:"approved_on,omitzero"`
	Milestones []Milestone `json:"milestones,omitempty"`
	Comment    string      `json:"comment,omitempty"`
}

// Milestone is a planned go-live of a service at a level.
type Milestone struct {
	Code      string    `json:"code"`
	Service   string    `json:"service"`
	Level     Level     `json:"level"`
	Channels  []Channel `json:"channels,omitempty"`
	PlannedOn Date      `json:"planned_on"`
	// ExpectedOn is the go-live the entity now expects; none means as planned.
	ExpectedOn Date     `json:"expected_on,omitzero"`
	DependsOn  []string `json:"depends_on,omitempty"`
	Note       string   `json:"note,omitempty"`
}
