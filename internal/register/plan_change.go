package register

import (
	"fmt"
	"slices"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// NameMilestones gives every milestone without a code the one of the plan in force for its service and level, else a
// code of its own, the same each time.
func NameMilestones(milestones, inForce []programme.Milestone) []programme.Milestone {
	named, taken := slices.Clone(milestones), map[string]bool{}
	for i := range named {
		taken[named[i].Code] = true
	}
	for i := range named {
		m := &named[i]
		if m.Code != "" {
			continue
		}
		m.Code = fmt.Sprintf("m-%s-%d", m.Service, m.Level)
		for j := range inForce {
			if was := &inForce[j]; was.Service == m.Service && was.Level == m.Level && !taken[was.Code] {
				m.Code = was.Code
				break
			}
		}
		taken[m.Code] = true
	}
	return named
}

// Plan keeps a draft of an entity's plan, or submits it to the planners. A draft goes on in the revision of the one
// before it; a submission takes the draft's place, and that of a submission which still waits. Faults are those of
// Planning.Faults, and a *DecidedError where the stream is at another fact than Version: 0 asks for no such check. What
// is kept, waits or is in force already is ErrUnchanged.
func (c Change) Plan(entity string, milestones []programme.Milestone, submit bool, p *Planning) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		record, err := PlanOf(entity, stream)
		if err != nil {
			return programme.Draft{}, err
		}
		if err := c.readBefore(stream); err != nil {
			return programme.Draft{}, err
		}
		next := programme.Plan{
			Kind:       programme.PlanDraft,
			Entity:     entity,
			Revision:   record.next(),
			Milestones: NameMilestones(p.AsRecorded(milestones), record.Planned()),
			Comment:    strings.TrimSpace(c.Reason),
		}
		found := programme.Faults(p.Faults(entity, next.Milestones, next.Comment))
		if err := found.Err(); err != nil {
			return programme.Draft{}, err
		}
		if submit {
			next.Kind = programme.PlanSubmitted
		}
		if record.holds(&next) || record.repeats(&next) {
			return programme.Draft{}, ErrUnchanged
		}
		return programme.Draft{Actor: c.Actor, Reason: next.Comment, Body: next}, nil
	}
}

// readBefore refuses a change made from an older state than the newest.
func (c Change) readBefore(stream []programme.Fact) error {
	if c.Version == 0 || len(stream) == 0 || stream[len(stream)-1].Seq == c.Version {
		return nil
	}
	return programme.DecidedBy(stream[len(stream)-1])
}

// holds reports whether the revision that is at the same step says the same.
func (r *PlanRecord) holds(next *programme.Plan) bool {
	standing := r.newest(next.Kind)
	if standing == nil {
		return false
	}
	for _, each := range PlanDifference(standing.Milestones, next.Milestones) {
		if each.Kind != PlanUnchanged || each.Before.Reason != each.After.Reason {
			return false
		}
	}
	return standing.Last().Comment == next.Comment
}

// PlanDecision is what a planner decides on a submitted revision.
type PlanDecision struct {
	Revision int
	// Approve freezes the revision as a baseline; else it goes back with a comment.
	Approve bool
	Comment string
	// Returned are milestones that an approval leaves out.
	Returned []programme.ReturnedMilestone
	// ApprovedOn is the day from which the baseline is in force.
	ApprovedOn civil.Date
}

// DecidePlan records a planner's decision on a revision of an entity's plan. A person who wrote on it can't decide:
// ErrOwnPlan. A revision that is decided already, or in whose place another was submitted, is a *DecidedError, an
// unknown one ErrNotFound.
func (c Change) DecidePlan(entity string, d PlanDecision) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		record, err := PlanOf(entity, stream)
		if err != nil {
			return programme.Draft{}, err
		}
		revision := record.Revision(d.Revision)
		switch {
		case revision == nil || revision.State == programme.PlanDraft:
			return programme.Draft{}, fmt.Errorf(
				"%w: no submitted revision %d of the plan of %s",
				programme.ErrNotFound,
				d.Revision,
				entity,
			)
		case revision.State != programme.PlanSubmitted:
			return programme.Draft{}, record.decidedBefore(stream, revision)
		case revision.WrittenBy(c.Actor):
			return programme.Draft{}, fmt.Errorf(
				"%w: revision %d of the plan of %s", programme.ErrOwnPlan, d.Revision, entity,
			)
		}
		found := d.faults(revision, record.InForce())
		if err := found.Err(); err != nil {
			return programme.Draft{}, err
		}
		next := programme.Plan{
			Kind:     programme.PlanReturned,
			Entity:   entity,
			Revision: d.Revision,
			Comment:  strings.TrimSpace(d.Comment),
		}
		if d.Approve {
			next.Kind, next.ApprovedOn, next.Returned = programme.PlanApproved, d.ApprovedOn, d.Returned
			next.Milestones = frozen(revision.Milestones, record.Planned(), d.Returned)
		}
		return programme.Draft{EffectiveOn: next.ApprovedOn, Actor: c.Actor, Reason: next.Comment, Body: next}, nil
	}
}

// decidedBefore says who decided on a revision, or submitted another in its place.
func (r *PlanRecord) decidedBefore(stream []programme.Fact, revision *PlanRevision) error {
	by := revision.Last().Seq
	if revision.State == PlanReplaced {
		for i := range r.Revisions {
			for _, step := range r.Revisions[i].Steps {
				if step.Kind == programme.PlanSubmitted && step.Seq > by {
					by = step.Seq
				}
			}
		}
	}
	at := slices.IndexFunc(stream, func(f programme.Fact) bool { return f.Seq == by })
	return programme.DecidedBy(stream[at])
}

// frozen is the baseline of an approval: the submitted milestones, save those returned, which stay as in the plan in
// force.
func frozen(submitted, inForce []programme.Milestone, returned []programme.ReturnedMilestone) []programme.Milestone {
	back, before := map[string]bool{}, byCode(inForce)
	for _, each := range returned {
		back[each.Milestone] = true
	}
	baseline := make([]programme.Milestone, 0, len(submitted))
	for _, m := range submitted {
		switch was := before[m.Code]; {
		case !back[m.Code]:
			baseline = append(baseline, m)
		case was != nil:
			baseline = append(baseline, *was)
		}
	}
	return baseline
}

// faults returns everything wrong with a decision on a revision.
func (d *PlanDecision) faults(revision, inForce *PlanRevision) faults {
	var found faults
	if !d.Approve {
		found.text("comment", d.Comment, longestReason)
		if len(d.Returned) > 0 {
			found.Add("returned", "of_approval")
		}
		return found
	}
	found.label("comment", d.Comment, longestReason)
	if found.day("approved_on", d.ApprovedOn, true) && inForce != nil && d.ApprovedOn < inForce.ApprovedOn {
		found.Add("approved_on", "not_between", "from", inForce.ApprovedOn.String(), "to", latestDay.String())
	}
	submitted, seen := byCode(revision.Milestones), map[string]bool{}
	for i, each := range d.Returned {
		at := fmt.Sprintf("returned.%d.", i)
		switch {
		case submitted[each.Milestone] == nil:
			found.Add(at+"milestone", "not_in_plan", "value", each.Milestone)
		case seen[each.Milestone]:
			found.Add(at+"milestone", "repeated", "value", each.Milestone)
		}
		seen[each.Milestone] = true
		found.text(at+"comment", each.Comment, longestReason)
	}
	if len(seen) > 0 && len(seen) >= len(revision.Milestones) {
		found.Add("returned", "nothing_left")
	}
	return found
}
