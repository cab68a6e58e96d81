package figures

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// MilestoneKey names a milestone: its code is the entity's.
type MilestoneKey struct{ Entity, Milestone string }

// PhaseDone is a finished phase and the day on which it was.
type PhaseDone struct {
	Phase  programme.Phase `json:"phase"`
	DoneOn civil.Date      `json:"done_on"`
}

// MilestoneProgress is how far a milestone has come, by its entity's events.
type MilestoneProgress struct {
	Entity    string `json:"entity"`
	Service   string `json:"service"` // as the newest event says
	Milestone string `json:"milestone"`
	// Done are the finished phases in the order of Phases, whatever the order in which they were finished.
	Done []PhaseDone `json:"done"`
	// Latest is the furthest phase that is finished, which may have been before the ones left out.
	Latest programme.Phase `json:"latest"`
}

// FoldPhases gathers the phases of every milestone that were finished by a date, by what was recorded until a moment; a
// zero one knows all (docs/rules.md#milestones-and-phases). The newest version of an event counts; of two events about
// one phase the one recorded last.
func FoldPhases(events []programme.MilestoneEvent, on civil.Date, until time.Time) map[MilestoneKey]MilestoneProgress {
	current := newestEvents(events, until)
	type place struct {
		MilestoneKey

		phase programme.Phase
	}
	done := map[place]programme.MilestoneEvent{}
	for _, event := range current { // in the order of recording: the last stays
		done[place{MilestoneKey{event.Entity, event.Milestone}, event.Phase}] = event
	}
	folded := map[MilestoneKey]MilestoneProgress{}
	newest := map[MilestoneKey]time.Time{}
	for _, event := range current {
		key := MilestoneKey{event.Entity, event.Milestone}
		newestOfPhase := done[place{key, event.Phase}]
		if newestOfPhase != event || event.DoneOn > on || !slices.Contains(programme.Phases(), event.Phase) {
			continue
		}
		progress := folded[key]
		progress.Entity, progress.Milestone = event.Entity, event.Milestone
		if !event.RecordedAt.Before(newest[key]) {
			progress.Service, newest[key] = event.Service, event.RecordedAt
		}
		progress.Done = append(progress.Done, PhaseDone{Phase: event.Phase, DoneOn: event.DoneOn})
		folded[key] = progress
	}
	for key, progress := range folded {
		slices.SortFunc(progress.Done, func(a, b PhaseDone) int {
			return cmp.Compare(slices.Index(programme.Phases(), a.Phase), slices.Index(programme.Phases(), b.Phase))
		})
		progress.Latest = progress.Done[len(progress.Done)-1].Phase
		folded[key] = progress
	}
	return folded
}

// phasesDone are the finished phases by service: of several milestones of one, those of which more are.
func (r *reckoning) phasesDone() map[string][]PhaseDone {
	until := r.AsAt
	if r.Provisional {
		until = programme.NoEnd
	}
	done := map[string][]PhaseDone{}
	folded := FoldPhases(r.phases, r.on, until)
	for _, key := range slices.SortedFunc(maps.Keys(folded), MilestoneKey.Compare) {
		if progress := folded[key]; len(progress.Done) > len(done[progress.Service]) {
			done[progress.Service] = progress.Done
		}
	}
	return done
}

// Compare orders keys by entity and code.
func (k MilestoneKey) Compare(other MilestoneKey) int {
	return cmp.Or(cmp.Compare(k.Entity, other.Entity), cmp.Compare(k.Milestone, other.Milestone))
}

// newestEvents leaves out what was corrected or not yet known, and puts the rest in the order of recording.
func newestEvents(events []programme.MilestoneEvent, until time.Time) []programme.MilestoneEvent {
	type identity struct{ entity, id string }
	newest := map[identity]programme.MilestoneEvent{}
	for _, event := range events {
		key := identity{event.Entity, event.ID}
		kept, found := newest[key]
		if programme.RecordedAfter(event.RecordedAt, until) || (found && compareEvents(kept, event) >= 0) {
			continue
		}
		newest[key] = event
	}
	current := make([]programme.MilestoneEvent, 0, len(newest))
	for _, event := range newest {
		current = append(current, event)
	}
	slices.SortFunc(current, compareEvents)
	return current
}

// compareEvents orders events by when they were recorded; what follows only makes the order the same always.
func compareEvents(a, b programme.MilestoneEvent) int {
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.DoneOn, b.DoneOn), cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.Milestone, b.Milestone), cmp.Compare(a.Phase, b.Phase))
}
