package reckon

import (
	"cmp"
	"slices"
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// baseline is an approved plan revision: frozen, and in force from its approval.
type baseline struct {
	entity     catalogue.EntityAt
	approvedOn civil.Date
	recordedOn civil.Date // the day on which the approval was recorded
	milestones []plannedService
}

// plannedService is a milestone of a baseline.
type plannedService struct {
	code         string // the entity's own
	service      catalogue.ServiceAt
	level        programme.Level
	on, expected civil.Date
	dependsOn    []string // the codes of other entities
	reason       string   // why it moved
}

// approvedBaselines lists the approved revisions of all entities in the order of approval. An approval without
// milestones of its own freezes those of the revision it approves, as last submitted.
func (k *Knowledge) approvedBaselines(plans []programme.Recorded[programme.Plan]) []baseline {
	type order struct {
		baseline

		recordedAt time.Time
		entityCode string
		seq        uint32
	}
	var approved []order
	for i := range plans {
		step := &plans[i]
		if step.Body.Kind != programme.PlanApproved {
			continue
		}
		milestones := step.Body.Milestones
		for j := i - 1; j >= 0 && len(milestones) == 0 && plans[j].Subject == step.Subject; j-- {
			if plans[j].Body.Revision == step.Body.Revision {
				milestones = plans[j].Body.Milestones
			}
		}
		approved = append(approved, order{
			baseline: baseline{
				entity: k.FindEntity(step.Subject), approvedOn: k.approvalDay(step),
				recordedOn: civil.DateOf(step.RecordedAt.In(k.Zone)), milestones: k.plannedServices(milestones),
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
func (k *Knowledge) approvalDay(step *programme.Recorded[programme.Plan]) civil.Date {
	return cmp.Or(step.Body.ApprovedOn, step.EffectiveOn, civil.DateOf(step.RecordedAt.In(k.Zone)))
}

func (k *Knowledge) plannedServices(milestones []programme.Milestone) []plannedService {
	planned := make([]plannedService, 0, len(milestones))
	for i := range milestones {
		m := &milestones[i]
		at := k.FindService(m.Service)
		if at == catalogue.NoService || m.PlannedOn.IsZero() {
			continue
		}
		planned = append(planned, plannedService{
			code: m.Code, service: at, level: m.Level, on: m.PlannedOn, expected: cmp.Or(m.ExpectedOn, m.PlannedOn),
			dependsOn: m.DependsOn, reason: m.Reason,
		})
	}
	return planned
}
