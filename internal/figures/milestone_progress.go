package figures

import (
	"cmp"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// MilestoneKey names a milestone: its code is the entity's.
type MilestoneKey struct{ Entity, Milestone string }

// PhaseDone is a finished phase and the day on which it was.
type PhaseDone struct {
	Phase  programme.Phase `json:"phase"`
	DoneOn civil.Date      `json:"done_on"`
}

// MilestoneProgress is how far a milestone has come, by its entity's events.
type MilestoneProgress struct {
	Entity    string `json:"entity"`
	Service   string `json:"service"` // as the newest event says
	Milestone string `json:"milestone"`
	// Done are the finished phases in the order of Phases, whatever the order in which they were finished.
	Done []PhaseDone `json:"done"`
	// Latest is the furthest phase that is finished, which may have been before the ones left out.
	Latest programme.Phase `json:"latest"`
}

// Compare orders keys by entity and code.
func (k MilestoneKey) Compare(other MilestoneKey) int {
	return cmp.Or(cmp.Compare(k.Entity, other.Entity), cmp.Compare(k.Milestone, other.Milestone))
}
