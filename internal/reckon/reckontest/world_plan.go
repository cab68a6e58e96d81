package reckontest

import (
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// Milestone plans a service's go-live at level 1.
func Milestone(service, on string) programme.Milestone {
	return programme.Milestone{
		Code:      "m-" + service,
		Service:   service,
		Level:     programme.LevelInformative,
		PlannedOn: civiltest.Day(on),
	}
}

// Plan approves a new baseline of an entity on a day.
func (w *World) Plan(entity, approvedOn string, milestones ...programme.Milestone) {
	revision := int(w.seqs["plan/"+entity]) + 1
	w.Fact(programme.FamilyPlan, entity, civiltest.Day(approvedOn), civiltest.Day(approvedOn), programme.Plan{
		Kind:       programme.PlanApproved,
		Entity:     entity,
		Revision:   revision,
		ApprovedOn: civiltest.Day(approvedOn),
		Milestones: milestones,
	})
}

// Submit records a step of the entity's first plan revision.
func (w *World) Submit(kind programme.PlanKind, on string, milestones ...programme.Milestone) {
	w.Fact(programme.FamilyPlan, "moi", civiltest.Day(on), civiltest.Day(on), programme.Plan{
		Kind: kind, Entity: "moi", Revision: 1, Milestones: milestones,
	})
}

// PlanStep is a step of the entity's plan on a day.
func (w *World) PlanStep(kind programme.PlanKind, revision int, on string) {
	step := programme.Plan{Kind: kind, Entity: "moi", Revision: revision}
	w.Fact(programme.FamilyPlan, "moi", 0, civiltest.Day(on), step)
}
