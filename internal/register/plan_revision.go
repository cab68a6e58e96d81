package register

import (
	"cmp"
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// PlanReplaced is the state of a revision in whose place the entity has submitted another; it is no step of its own.
const PlanReplaced programme.PlanKind = "replaced"

// PlanStep is what somebody did to a plan revision.
type PlanStep struct {
	Seq        uint32                        `json:"seq"`
	Kind       programme.PlanKind            `json:"kind"`
	Actor      string                        `json:"actor"`
	RecordedAt time.Time                     `json:"recorded_at"`
	Comment    string                        `json:"comment,omitempty"`
	Returned   []programme.ReturnedMilestone `json:"returned,omitempty"`
}

// PlanRevision is one revision of an entity's plan with everything that happened to it.
type PlanRevision struct {
	Revision int                `json:"revision"`
	State    programme.PlanKind `json:"state"`
	// Milestones are those last drafted or submitted, and of an approved revision those that were frozen.
	Milestones []programme.Milestone `json:"milestones"`
	ApprovedOn civil.Date            `json:"approved_on,omitzero"`
	Steps      []PlanStep            `json:"steps"`
}

// Last is the newest step.
func (r *PlanRevision) Last() *PlanStep { return &r.Steps[len(r.Steps)-1] }

// WrittenBy reports whether somebody drafted or submitted the revision: they can't decide on it.
func (r *PlanRevision) WrittenBy(actor string) bool {
	return slices.ContainsFunc(r.Steps, func(s PlanStep) bool {
		return (s.Kind == programme.PlanDraft || s.Kind == programme.PlanSubmitted) && s.Actor == actor
	})
}

// PlanRecord is everything that an entity ever planned, by revision.
type PlanRecord struct {
	Entity    string         `json:"entity"`
	Revisions []PlanRevision `json:"revisions"`
}

// PlansOf folds the plans of all entities, by code. Of one revision the newest step decides its state; a submission
// in whose place another was sent is replaced.
func PlansOf(facts []programme.Fact) (map[string]*PlanRecord, error) {
	steps, err := programme.ReadFamily[programme.Plan](facts, programme.FamilyPlan, programme.NoEnd)
	if err != nil {
		return nil, err
	}
	plans := map[string]*PlanRecord{}
	for i := range steps {
		record := plans[steps[i].Subject]
		if record == nil {
			record = &PlanRecord{Entity: steps[i].Subject, Revisions: []PlanRevision{}}
			plans[steps[i].Subject] = record
		}
		record.apply(&steps[i])
	}
	return plans, nil
}

// PlanOf folds the stream of an entity's plan; an entity without one has no revisions.
func PlanOf(entity string, stream []programme.Fact) (*PlanRecord, error) {
	plans, err := PlansOf(stream)
	if record := plans[entity]; record != nil {
		return record, err
	}
	return &PlanRecord{Entity: entity, Revisions: []PlanRevision{}}, err
}

// apply adds a step to its revision.
func (r *PlanRecord) apply(step *programme.Recorded[programme.Plan]) {
	revision := r.Revision(step.Body.Revision)
	if revision == nil {
		r.Revisions = append(r.Revisions, PlanRevision{Revision: step.Body.Revision})
		revision = &r.Revisions[len(r.Revisions)-1]
	}
	revision.State = step.Body.Kind
	if len(step.Body.Milestones) > 0 {
		revision.Milestones = step.Body.Milestones
	}
	if step.Body.Kind == programme.PlanApproved {
		revision.ApprovedOn = cmp.Or(step.Body.ApprovedOn, step.EffectiveOn)
	}
	if step.Body.Kind == programme.PlanSubmitted {
		for i := range r.Revisions {
			if other := &r.Revisions[i]; other != revision && other.State == programme.PlanSubmitted {
				other.State = PlanReplaced
			}
		}
	}
	revision.Steps = append(revision.Steps, PlanStep{
		Seq: step.Seq, Kind: step.Body.Kind, Actor: step.Actor, RecordedAt: step.RecordedAt,
		Comment: step.Body.Comment, Returned: step.Body.Returned,
	})
}

// Revision returns the revision of a number; nil when there is none.
func (r *PlanRecord) Revision(number int) *PlanRevision {
	for i := range r.Revisions {
		if r.Revisions[i].Revision == number {
			return &r.Revisions[i]
		}
	}
	return nil
}

// InForce returns the revision approved last; nil before the first approval.
func (r *PlanRecord) InForce() *PlanRevision { return r.newest(programme.PlanApproved) }

// Waiting returns the submitted revision that waits for a decision; nil for none.
func (r *PlanRecord) Waiting() *PlanRevision { return r.newest(programme.PlanSubmitted) }

// Draft returns the draft that the entity has not submitted yet; nil for none.
func (r *PlanRecord) Draft() *PlanRevision { return r.newest(programme.PlanDraft) }

// newest returns the revision in a state whose last step is the newest.
func (r *PlanRecord) newest(state programme.PlanKind) *PlanRevision {
	var found *PlanRevision
	for i := range r.Revisions {
		if each := &r.Revisions[i]; each.State == state && (found == nil || each.Last().Seq > found.Last().Seq) {
			found = each
		}
	}
	return found
}

// Planned returns the milestones of the plan in force; none before the first approval.
func (r *PlanRecord) Planned() []programme.Milestone {
	if approved := r.InForce(); approved != nil {
		return approved.Milestones
	}
	return nil
}

// next is the number of the revision that the entity writes on: its draft's, else a new one.
func (r *PlanRecord) next() int {
	if draft := r.Draft(); draft != nil {
		return draft.Revision
	}
	last := 0
	for i := range r.Revisions {
		last = max(last, r.Revisions[i].Revision)
	}
	return last + 1
}

// InForceOn returns the baseline in force on a date; nil before the first.
func (r *PlanRecord) InForceOn(on civil.Date) *PlanRevision {
	var found *PlanRevision
	for _, each := range r.Baselines() {
		if each.ApprovedOn <= on {
			found = each
		}
	}
	return found
}

// Baselines returns the approved revisions in the order in which they came into force.
func (r *PlanRecord) Baselines() []*PlanRevision {
	baselines := []*PlanRevision{}
	for i := range r.Revisions {
		if r.Revisions[i].State == programme.PlanApproved {
			baselines = append(baselines, &r.Revisions[i])
		}
	}
	slices.SortStableFunc(baselines, func(a, b *PlanRevision) int {
		return cmp.Or(cmp.Compare(a.ApprovedOn, b.ApprovedOn), cmp.Compare(a.Last().Seq, b.Last().Seq))
	})
	return baselines
}

// Before returns the milestones of the plan that was in force when the last step of a revision was made, as it was
// then; none where nothing was.
func (r *PlanRecord) Before(revision *PlanRevision) []programme.Milestone {
	var found []programme.Milestone
	for _, each := range r.Baselines() {
		if each != revision && each.Last().Seq < revision.Last().Seq {
			found = each.Milestones
		}
	}
	return found
}

// Newest returns the revision of the newest step; nil before the first.
func (r *PlanRecord) Newest() *PlanRevision {
	var found *PlanRevision
	for i := range r.Revisions {
		if each := &r.Revisions[i]; found == nil || each.Last().Seq > found.Last().Seq {
			found = each
		}
	}
	return found
}

// PlanNote is what the audit record says of a revision: never its milestones, which the plan's stream keeps.
type PlanNote struct {
	State      programme.PlanKind            `json:"state"`
	Milestones int                           `json:"milestones"`
	ApprovedOn civil.Date                    `json:"approved_on,omitzero"`
	Comment    string                        `json:"comment,omitempty"`
	Returned   []programme.ReturnedMilestone `json:"returned,omitempty"`
}

// Note is what the audit record says of the revision.
func (r *PlanRevision) Note() PlanNote {
	last := r.Last()
	return PlanNote{
		State:      r.State,
		Milestones: len(r.Milestones),
		ApprovedOn: r.ApprovedOn,
		Comment:    last.Comment,
		Returned:   last.Returned,
	}
}
