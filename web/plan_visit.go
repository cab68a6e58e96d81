package web

import (
	"cmp"
	"context"
	"fmt"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// planVisit is a visit about one entity's plan.
type planVisit struct {
	*visit

	planning *register.Planning
	entity   string // empty: none is chosen yet
	record   *register.PlanRecord
}

// keepsPlans reports whether there are pages about an entity's plan at all.
func (d *Dependencies) keepsPlans() bool {
	return d.Planner != nil && d.PlanBook != nil && d.Register != nil
}

// submits reports whether the reader writes plans, decidesPlans whether they decide on them.
func (v *visit) submits() bool {
	return v.deps.keepsPlans() && v.reader.known && (v.reader.Role == access.RoleAgency || v.reader.Role == access.RoleAdmin)
}

func (v *visit) decidesPlans() bool {
	return v.deps.keepsPlans() && v.reader.SeesAll() && (v.reader.Role == access.RolePlanner || v.reader.Role == access.RoleAdmin)
}

// reviews reports whether the reader sees the plans that were submitted.
func (v *visit) reviews() bool {
	return v.deps.keepsPlans() && v.reader.known &&
		(v.reader.Role == access.RolePlanner || v.reader.Role == access.RoleAuditor || v.reader.Role == access.RoleAdmin)
}

// ownPlan returns the plan that a page of submitting is about: the reader's entity's, or the chosen one's.
func (v *visit) ownPlan(writing bool) (*planVisit, error) {
	switch {
	case !v.deps.keepsPlans():
		return nil, programme.ErrNotFound
	case !v.submits() && (writing || !v.reader.known || v.reader.Role != access.RoleAuditor):
		return nil, programme.ErrForbidden
	}
	p, err := v.planOf(cmp.Or(v.address.query.Get("entity"), v.reader.Entity))
	if err == nil && writing {
		if p.entity == "" {
			return nil, programme.ErrInvalid
		}
		account.NoteNoVersion(v.request.Context(), programme.FamilyPlan, p.entity, p.entity, false) // unless it is saved
	}
	return p, err
}

// planOf gathers what a page about an entity's plan shows.
func (v *visit) planOf(entity string) (*planVisit, error) {
	if err := v.gather(); err != nil {
		return nil, err
	}
	if entity != "" && v.named.entities[entity] == nil {
		return nil, v.noEntity(entity)
	}
	planning, err := v.deps.Planner.Planning(v.request.Context())
	if err != nil {
		return nil, fmt.Errorf("gather what plans are checked against: %w", err)
	}
	return &planVisit{visit: v, planning: planning, entity: entity, record: planning.Record(entity)}, nil
}

// to returns the address of a page of this entity's plan.
func (p *planVisit) to(path string, pairs ...string) string {
	if p.reader.Entity == "" {
		pairs = append(pairs, "entity", p.entity)
	}
	return p.address.to(path, pairs...)
}

// version is the newest fact of the plan's stream; 0 without one.
func (p *planVisit) version() uint32 {
	newest := uint32(0)
	for i := range p.record.Revisions {
		newest = max(newest, p.record.Revisions[i].Last().Seq)
	}
	return newest
}

// startingPoint is the revision from which an entity goes on writing: its draft, else what waits, else what was returned last
// when nothing has been approved since, else the plan in force; nil before any.
func startingPoint(record *register.PlanRecord) *register.PlanRevision {
	if draft := record.Draft(); draft != nil {
		return draft
	}
	if waiting := record.Waiting(); waiting != nil {
		return waiting
	}
	start := record.InForce()
	for i := range record.Revisions {
		each := &record.Revisions[i]
		if each.State == programme.PlanReturned && (start == nil || each.Last().Seq > start.Last().Seq) {
			start = each
		}
	}
	return start
}

// writtenComment is what the entity itself said last to a revision that is not decided in its favour yet.
func writtenComment(revision *register.PlanRevision) string {
	if revision == nil || revision.State == programme.PlanApproved {
		return ""
	}
	for i := len(revision.Steps) - 1; i >= 0; i-- {
		if step := &revision.Steps[i]; step.Kind == programme.PlanDraft || step.Kind == programme.PlanSubmitted {
			return step.Comment
		}
	}
	return ""
}

// decidePlan records a step of the plan and notes it for the audit record.
func (p *planVisit) decidePlan(ctx context.Context, rule register.Deciding) error {
	var standing []programme.Fact
	fact, err := p.deps.Register.Decide(ctx, programme.FamilyPlan, p.entity, func(stream []programme.Fact) (programme.Draft, error) {
		standing = stream
		return rule(stream)
	})
	if err != nil {
		return err
	}
	_, err = account.NotePlan(ctx, p.entity, standing, fact)
	return err
}

// keepDraft is the rule that drafts what build makes of the record, unless that waits or is in force already; what was
// returned may be sent once more as it was.
func (p *planVisit) keepDraft(change register.Change, build func(*register.PlanRecord) []programme.Milestone) register.Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		record, err := register.PlanOf(p.entity, stream)
		if err != nil {
			return programme.Draft{}, err
		}
		draft, err := change.Plan(p.entity, build(record), false, p.planning)(stream)
		if err != nil {
			return draft, err
		}
		start := startingPoint(record)
		next, is := draft.Body.(programme.Plan)
		if is && start != nil && start.State != programme.PlanDraft && start.State != programme.PlanReturned && sameMilestones(start.Milestones, next.Milestones) {
			return programme.Draft{}, register.ErrUnchanged
		}
		return draft, nil
	}
}

// sameMilestones reports whether two plans are the same.
func sameMilestones(before, after []programme.Milestone) bool {
	for _, each := range register.PlanDifference(before, after) {
		if each.Kind != register.PlanUnchanged {
			return false
		}
	}
	return true
}
