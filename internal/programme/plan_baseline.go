package programme

import (
	"cmp"
	"slices"
	"time"
)

// baseline is an approved plan revision: frozen, and in force from its approval.
type baseline struct {
	entity     int32
	approvedOn Date
	recordedOn Date // the day on which the approval was recorded
	milestones []plannedService
}

// plannedService is a milestone of a baseline.
type plannedService struct {
	service      int32
	level        Level
	on, expected Date
	dependsOn    []string // the codes of other entities
	reason       string   // why it moved
}

// approvedBaselines lists the approved revisions of all entities in the order of approval. An approval without
// milestones of its own freezes those of the revision it approves, as last submitted.
func (k *Knowledge) approvedBaselines(plans []recorded[Plan]) []baseline {
	type order struct {
		baseline

		recordedAt time.Time
		entityCode string
		seq        uint32
	}
	var approved []order
	for i := range plans {
		step := &plans[i]
		if step.body.Kind != PlanApproved {
			continue
		}
		milestones := step.body.Milestones
		for j := i - 1; j >= 0 && len(milestones) == 0 && plans[j].Subject == step.Subject; j-- {
			if plans[j].body.Revision == step.body.Revision {
				milestones = plans[j].body.Milestones
			}
		}
		approved = append(approved, order{
			baseline: baseline{
				entity: k.entityAt(step.Subject), approvedOn: k.approvalDay(step),
				recordedOn: DateOf(step.RecordedAt.In(k.Zone)), milestones: k.plannedServices(milestones),
			},
			recordedAt: step.RecordedAt, entityCode: step.Subject, seq: step.Seq,
		})
	}
	slices.SortFunc(approved, func(a, b order) int {
		return cmp.Or(cmp.Compare(a.approvedOn, b.approvedOn), a.recordedAt.Compare(b.recordedAt),
			cmp.Compare(a.entityCode, b.entityCode), cmp.Compare(a.seq, b.seq))
	})
	baselines := make([]baseline, len(approved))
	for i := range approved {
		baselines[i] = approved[i].baseline
	}
	return baselines
}

// approvalDay is the day from which an approval is in force; without one stated, the day it was recorded.
func (k *Knowledge) approvalDay(step *recorded[Plan]) Date {
	return cmp.Or(step.body.ApprovedOn, step.EffectiveOn, DateOf(step.RecordedAt.In(k.Zone)))
}

func (k *Knowledge) plannedServices(milestones []Milestone) []plannedService {
	planned := make([]plannedService, 0, len(milestones))
	for i := range milestones {
		m := &milestones[i]
		at := k.serviceAt(m.Service)
		if at == none || m.PlannedOn.IsZero() {
			continue
		}
		planned = append(planned, plannedService{
			service: at, level: m.Level, on: m.PlannedOn, expected: cmp.Or(m.ExpectedOn, m.PlannedOn),
			dependsOn: m.DependsOn, reason: m.Reason,
		})
	}
	return planned
}
