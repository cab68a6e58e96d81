package figures

import (
	"slices"

	"mirsad/internal/civil"
)

// ApprovedMilestone is a milestone of an approved plan as its entity reads it. The one by which a service is counted
// has the dates and the standing that MilestoneFigures has of the service; another, such as a further level or one
// below the rule's minimum, has its own. A plan approved after On is among them, so that the plan in force today can be
// read with the figures of an earlier date.
type ApprovedMilestone struct {
	Entity     string     `json:"entity"`    // whose plan has it
	Milestone  string     `json:"milestone"` // its code in that plan
	OriginalOn civil.Date `json:"original_on"`
	ActualOn   civil.Date `json:"actual_on"` // none until done
	Standing   Status     `json:"standing"`
	// NoDateGiven says that its entity has given no date that is still to come.
	NoDateGiven bool `json:"no_date_given"`
}

// ApprovedMilestone finds a milestone of an entity's plan; nil for one that no approved plan names.
func (p *PlanFigures) ApprovedMilestone(entity, code string) *ApprovedMilestone {
	wanted := MilestoneKey{entity, code}
	at, found := slices.BinarySearchFunc(p.Approved, wanted, func(m ApprovedMilestone, key MilestoneKey) int {
		return MilestoneKey{m.Entity, m.Milestone}.Compare(key)
	})
	if !found {
		return nil
	}
	return &p.Approved[at]
}
