package act

import (
	"context"
	"fmt"
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// Plans are those of the entities.
type Plans struct{ recorder }

// Planned is the outcome of an act on an entity's plan; of an unchanged one After is the newest revision.
type Planned = Outcome[register.PlanRevision]

// Plan is one entity's, with what it is checked against.
type Plan struct {
	recorder

	entity   string
	planning *register.Planning
}

// Of returns the plan of an entity.
func (p Plans) Of(entity string, planning *register.Planning) Plan {
	return Plan{recorder: p.recorder, entity: entity, planning: planning}
}

// Keep keeps milestones as the draft of the plan.
func (p Plan) Keep(
	ctx context.Context, by By, change register.Change, milestones []programme.Milestone,
) (Planned, error) {
	change.Actor = by.Who.ID
	return p.write(ctx, by, change.Plan(p.entity, milestones, false, p.planning), link.Act{})
}

// KeepMilestone keeps a draft of the plan from which the entity goes on, with one milestone changed.
func (p Plan) KeepMilestone(ctx context.Context, by By, version uint32, m register.MilestoneChange) (Planned, error) {
	change := register.Change{Actor: by.Who.ID, Version: version}
	return p.write(ctx, by, change.Milestone(p.entity, m, p.planning), link.Act{})
}

// Submit submits milestones to the planners.
func (p Plan) Submit(
	ctx context.Context, by By, change register.Change, milestones []programme.Milestone,
) (Planned, error) {
	change.Actor = by.Who.ID
	return p.write(ctx, by, change.Plan(p.entity, milestones, true, p.planning), p.link(by))
}

// SubmitDraft submits the draft of a number as it was kept.
func (p Plan) SubmitDraft(ctx context.Context, by By, change register.Change, revision int) (Planned, error) {
	change.Actor = by.Who.ID
	return p.write(ctx, by, change.SubmitDraft(p.entity, revision, p.planning), p.link(by))
}

// Decide records what a planner decides on a submitted revision.
func (p Plan) Decide(ctx context.Context, by By, decision register.PlanDecision) (Planned, error) {
	return p.write(ctx, by, register.Change{Actor: by.Who.ID}.DecidePlan(p.entity, decision), link.Act{})
}

// link is what a submission is for the reader of a signed link.
func (p Plan) link(by By) link.Act {
	return link.Act{Purpose: access.LinkPlan, Entity: p.entity, Month: by.Who.Month}
}

// write records a step of the plan, or tries it. A plan that the actor does not see is ErrNotFound.
func (p Plan) write(ctx context.Context, by By, rule register.Deciding, use link.Act) (Planned, error) {
	if !p.planning.Entities[p.entity] {
		return Planned{}, fmt.Errorf("%w: entity %q", programme.ErrNotFound, p.entity)
	}
	if err := p.seen(ctx, by.Who, p.entity); err != nil {
		return Planned{}, err
	}
	out := about(by, programme.FamilyPlan, p.entity, p.entity, func(r *register.PlanRevision) any { return r.Note() })
	t, err := p.take(ctx, by, step{
		family: programme.FamilyPlan, subject: p.entity, rule: rule, link: use,
		read: func(stream []programme.Fact) error {
			_, err := register.PlanOf(p.entity, stream)
			return err
		},
	})
	if err != nil {
		return out, err
	}
	before, err := register.PlanOf(p.entity, t.stream)
	if err != nil {
		return out, recorded(err)
	}
	if out.Unchanged = t.unchanged; t.unchanged {
		out.After = before.Newest()
		return out, nil
	}
	after, err := register.PlanOf(p.entity, append(slices.Clone(t.stream), t.fact))
	if err != nil {
		return out, recorded(err)
	}
	out.After = after.Newest()
	out.Before = before.Revision(out.After.Revision)
	if !by.Dry {
		out.Object = fmt.Sprintf("%s/%d", out.Object, out.After.Revision)
	}
	return out, nil
}
