package plan

import (
	"slices"
	"strconv"

	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// planHistory is what the template of a plan's revisions takes.
type planHistory struct {
	frame

	Rows []planRevisionRow
}

// planRevisionRow is a revision with what happened to it.
type planRevisionRow struct {
	Number string
	// Address leads to its page; empty for who does not review.
	Address    string
	State      string
	Milestones string
	Steps      []planStepRow
}

// planStepRow is what somebody did to a revision.
type planStepRow struct {
	What, Who, When string
	Comment         string
	Returned        []returnedRow
}

// returnedRow is a milestone that was sent back, with what was said of it.
type returnedRow struct{ Milestone, Comment string }

// PlanHistory gives revisions the words of the page they stand on.
func (f frame) PlanHistory(rows []planRevisionRow) planHistory {
	return planHistory{frame: f, Rows: rows}
}

// revisions lists the revisions of the plan, the newest first.
func (p *planVisit) revisions() []planRevisionRow {
	rows := make([]planRevisionRow, 0, len(p.record.Revisions))
	for i := range p.record.Revisions {
		revision := &p.record.Revisions[i]
		row := planRevisionRow{
			Number: strconv.Itoa(revision.Revision), State: p.T("submit.state." + string(revision.State)),
			Milestones: p.T("submit.milestones", page.Args("n", len(revision.Milestones))),
		}
		if p.reviews() && revision.State != programme.PlanDraft {
			row.Address = p.Address.To(p.reviewPath(revision.Revision))
		}
		for at := range revision.Steps {
			row.Steps = append(row.Steps, p.planStep(revision, &revision.Steps[at]))
		}
		rows = append(rows, row)
	}
	slices.Reverse(rows)
	return rows
}

func (p *planVisit) planStep(of *register.PlanRevision, step *register.PlanStep) planStepRow {
	row := planStepRow{
		What: p.T("submit.step." + string(step.Kind)), Who: p.ActorName(step.Actor), When: p.Instant(step.RecordedAt, p.Zone),
		Comment: step.Comment,
	}
	for _, each := range step.Returned {
		row.Returned = append(
			row.Returned, returnedRow{Milestone: p.nameOfMilestone(of, each.Milestone), Comment: each.Comment},
		)
	}
	return row
}

// nameOfMilestone names a milestone that was sent back, which an approved revision does not hold any more.
func (p *planVisit) nameOfMilestone(of *register.PlanRevision, code string) string {
	for i := range of.Milestones {
		if of.Milestones[i].Code == code {
			return p.milestoneName(&of.Milestones[i])
		}
	}
	for i := range p.record.Revisions {
		if other := &p.record.Revisions[i]; other != of {
			for at := range other.Milestones {
				if other.Milestones[at].Code == code {
					return p.milestoneName(&other.Milestones[at])
				}
			}
		}
	}
	return code
}

// answer is the newest that planners said to the entity, with the number of its revision; nil when nothing is to be
// read.
func (p *planVisit) answer() (*register.PlanRevision, *register.PlanStep) {
	var of *register.PlanRevision
	var newest *register.PlanStep
	for i := range p.record.Revisions {
		revision := &p.record.Revisions[i]
		for at := range revision.Steps {
			step := &revision.Steps[at]
			decided := step.Kind == programme.PlanReturned || step.Kind == programme.PlanApproved
			if decided && (newest == nil || step.Seq > newest.Seq) {
				of, newest = revision, step
			}
		}
	}
	if newest == nil || (newest.Comment == "" && len(newest.Returned) == 0) {
		return nil, nil
	}
	return of, newest
}
