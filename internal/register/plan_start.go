package register

import "mirsad/internal/programme"

// StartingPoint is the revision from which an entity goes on writing: its draft, else what waits, else what was
// returned last when nothing has been approved since, else the plan in force; nil before any.
func (r *PlanRecord) StartingPoint() *PlanRevision {
	if draft := r.Draft(); draft != nil {
		return draft
	}
	if waiting := r.Waiting(); waiting != nil {
		return waiting
	}
	start := r.InForce()
	for i := range r.Revisions {
		each := &r.Revisions[i]
		if each.State == programme.PlanReturned && (start == nil || each.Last().Seq > start.Last().Seq) {
			start = each
		}
	}
	return start
}

// WrittenComment is what the entity itself said last to a revision that is not decided in its favour yet; of no
// revision it is nothing.
func (r *PlanRevision) WrittenComment() string {
	if r == nil || r.State == programme.PlanApproved {
		return ""
	}
	for i := len(r.Steps) - 1; i >= 0; i-- {
		if step := &r.Steps[i]; step.Kind == programme.PlanDraft || step.Kind == programme.PlanSubmitted {
			return step.Comment
		}
	}
	return ""
}

// Milestone finds a milestone of a revision by its code; nil when there is none, or no revision.
func (r *PlanRevision) Milestone(code string) *programme.Milestone {
	if r == nil {
		return nil
	}
	for i := range r.Milestones {
		if r.Milestones[i].Code == code {
			return &r.Milestones[i]
		}
	}
	return nil
}

// repeats reports whether a plan is the one in force, or the draft of one that waits already: the template sent back as
// it came is no new revision. What was returned may be sent once more as it was, and what waits is sent again with
// another comment or reason: see holds.
func (r *PlanRecord) repeats(next *programme.Plan) bool {
	start := r.StartingPoint()
	switch {
	case start == nil:
		return false
	case start.State == programme.PlanApproved,
		start.State == programme.PlanSubmitted && next.Kind == programme.PlanDraft:
		return sameMilestones(start.Milestones, next.Milestones)
	default:
		return false
	}
}

// sameMilestones reports whether two plans are the same; the reasons for their changes may differ.
func sameMilestones(before, after []programme.Milestone) bool {
	for _, each := range PlanDifference(before, after) {
		if each.Kind != PlanUnchanged {
			return false
		}
	}
	return true
}
