package reckon

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// FoldPhases gathers the phases of every milestone that were finished by a date, by what was recorded until a moment; a
// zero one knows all (docs/rules.md#milestones-and-phases). The newest version of an event counts; of two events about
// one phase the one recorded last.
func FoldPhases(
	events []programme.MilestoneEvent, on civil.Date, until time.Time,
) map[figures.MilestoneKey]figures.MilestoneProgress {
	current := newestEvents(events, until)
	type place struct {
		figures.MilestoneKey

		phase programme.Phase
	}
	done := map[place]programme.MilestoneEvent{}
	for _, event := range current { // in the order of recording: the last stays
		done[place{milestoneOf(&event), event.Phase}] = event
	}
	folded := map[figures.MilestoneKey]figures.MilestoneProgress{}
	for _, event := range current { // so that its service is the last that was named
		key := milestoneOf(&event)
		newestOfPhase := done[place{key, event.Phase}]
		if newestOfPhase != event || event.DoneOn > on || !slices.Contains(programme.Phases(), event.Phase) {
			continue
		}
		progress := folded[key]
		progress.Entity, progress.Milestone = event.Entity, event.Milestone
		progress.Service = event.Service
		progress.Done = append(progress.Done, figures.PhaseDone{Phase: event.Phase, DoneOn: event.DoneOn})
		folded[key] = progress
	}
	for key, progress := range folded {
		slices.SortFunc(progress.Done, func(a, b figures.PhaseDone) int {
			return cmp.Compare(slices.Index(programme.Phases(), a.Phase), slices.Index(programme.Phases(), b.Phase))
		})
		progress.Latest = progress.Done[len(progress.Done)-1].Phase
		folded[key] = progress
	}
	return folded
}

// milestoneOf is the milestone that an event is of, whichever letters its code is written in.
func milestoneOf(event *programme.MilestoneEvent) figures.MilestoneKey {
	return figures.MilestoneKey{Entity: event.Entity, Milestone: programme.FoldCode(event.Milestone)}
}

// phasesDone are the finished phases by service. Of several milestones of one service, the one with the most counts.
func (r *reckoning) phasesDone() map[string][]figures.PhaseDone {
	done := map[string][]figures.PhaseDone{}
	folded := FoldPhases(r.phases, r.on, r.Until())
	for _, key := range slices.SortedFunc(maps.Keys(folded), figures.MilestoneKey.Compare) {
		if progress := folded[key]; len(progress.Done) > len(done[progress.Service]) {
			done[progress.Service] = progress.Done
		}
	}
	return done
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
