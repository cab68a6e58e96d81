package programme

import (
	"time"

	"mirsad/internal/civil"
)

// Phase is a step of bringing a service online (docs/rules.md#milestones-and-phases).
type Phase string

// The phases of a milestone, in their order.
const (
	PhaseRedesign Phase = "redesign"
	PhaseDesign   Phase = "design"
	PhaseBuild    Phase = "build"
	PhaseTest     Phase = "test"
	PhaseGoLive   Phase = "go_live"
)

// Phases lists all phases in their order.
func Phases() []Phase {
	return []Phase{PhaseRedesign, PhaseDesign, PhaseBuild, PhaseTest, PhaseGoLive}
}

// MilestoneEvent says that an entity has finished a phase of a milestone of its plan. The newest version of an ID
// counts.
type MilestoneEvent struct {
	ID        string // the hexadecimal event key (see EventKey)
	Entity    string
	Service   string
	Source    string // CloudEvents source
	EventID   string // CloudEvents id
	Milestone string // the milestone's code in the plan
	Phase     Phase
	DoneOn    civil.Date

	Actor      string // who sent it: token or account
	RecordedAt time.Time
	ReceivedAt time.Time // as a Statement's
}
