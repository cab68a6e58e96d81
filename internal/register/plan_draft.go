package register

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"mirsad/internal/programme"
)

// ErrNoMilestone says that a change is about a milestone that is not in the plan.
var ErrNoMilestone = fmt.Errorf("%w: no such milestone in the plan", programme.ErrNotFound)

// SubmitDraft submits the draft of a number as it was kept. Another draft, or none any more, is a *DecidedError, and no
// plan at all ErrNotFound.
func (c Change) SubmitDraft(entity string, revision int, p *Planning) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		record, err := PlanOf(entity, stream)
		if err != nil {
			return programme.Draft{}, err
		}
		draft := record.Draft()
		switch {
		case len(stream) == 0:
			return programme.Draft{}, programme.ErrNotFound
		case draft == nil || draft.Revision != revision:
			return programme.Draft{}, programme.DecidedBy(stream[len(stream)-1])
		}
		return c.Plan(entity, draft.Milestones, true, p)(stream)
	}
}

// MilestoneChange is one milestone that an entity adds to its plan, changes, or drops.
type MilestoneChange struct {
	// Code is that of the milestone that is changed or dropped; empty adds one.
	Code      string
	Milestone programme.Milestone
	Dropped   bool
	// Why says why it is dropped; it is added to the plan's comment.
	Why string
	// Unread are the fields of the milestone that could not be read, named without its place in the plan.
	Unread []programme.Fault
}

// Milestone keeps a draft of the plan from which the entity goes on, with one milestone changed.
func (c Change) Milestone(entity string, m MilestoneChange, p *Planning) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		record, err := PlanOf(entity, stream)
		if err != nil {
			return programme.Draft{}, err
		}
		start := record.StartingPoint()
		if (m.Code != "" || m.Dropped) && start.Milestone(m.Code) == nil {
			if len(stream) > 0 && c.Version != 0 {
				return programme.Draft{}, programme.DecidedBy(stream[len(stream)-1])
			}
			return programme.Draft{}, ErrNoMilestone
		}
		change := c
		if change.Reason = start.WrittenComment(); m.Dropped {
			change.Reason = joined(change.Reason, m.Why)
		}
		milestones, at := m.In(start)
		draft, err := change.Plan(entity, milestones, false, p)(stream)
		if _, moved := errors.AsType[*programme.DecidedError](err); moved || len(m.Unread) == 0 || m.Dropped {
			return draft, err
		}
		return programme.Draft{}, programme.JoinFaults(m.placed(at), err)
	}
}

// In returns the plan with the change, the milestone in its place, at the end, or gone, and its place.
func (m *MilestoneChange) In(start *PlanRevision) (milestones []programme.Milestone, at int) {
	if start != nil {
		milestones = slices.Clone(start.Milestones)
	}
	at = slices.IndexFunc(
		milestones, func(each programme.Milestone) bool { return m.Code != "" && each.Code == m.Code },
	)
	switch {
	case at < 0 && m.Dropped:
	case m.Dropped:
		milestones = slices.Delete(milestones, at, at+1)
	case at < 0:
		at = len(milestones)
		milestones = append(milestones, m.Milestone)
	default:
		milestones[at] = m.Milestone
	}
	return milestones, at
}

// placed are the faults of what could not be read, as those of the whole plan.
func (m *MilestoneChange) placed(at int) []programme.Fault {
	list := slices.Clone(m.Unread)
	for i := range list {
		list[i].Field = fmt.Sprintf("milestones.%d.%s", at, list[i].Field)
	}
	return list
}

// joined puts two remarks into one line.
func joined(first, second string) string {
	second = strings.TrimSpace(second)
	if first == "" || second == "" || first == second {
		return first + strings.TrimPrefix(second, first)
	}
	return first + " · " + second
}
