package programme

import (
	"cmp"
	"slices"
	"time"
)

// rolloutState is what a service's rollout events up to one of them add up to.
// Launch, retirement and channels come from rollout events alone (docs/rules.md#launch-and-retirement).
type rolloutState struct {
	from        Date // the day from which it holds
	launched    bool
	retired     bool
	firstLaunch Date
	liveSince   Date // of the present life, after a re-launch
	retiredOn   Date

	// explicit says that the launch named its channels; otherwise they are the catalogue's.
	explicit              bool
	given, added, removed channelSet
}

// live reports whether the service is launched and not retired.
func (s *rolloutState) live() bool { return s.launched && !s.retired }

// channels combines what the catalogue lists with what rollout events say (docs/rules.md#channels-of-a-service). A
// launch that names its channels says which digital ones opened; the others, such as a counter, stay as the catalogue
// lists them.
func (s *rolloutState) channels(catalogue channelSet) channelSet {
	set := catalogue
	if s.explicit {
		set = catalogue&^digitalSet | s.given
	}
	return (set | s.added) &^ s.removed
}

func (s *rolloutState) apply(r *Rollout) {
	s.from = r.EffectiveOn
	channels := channelSetOf(r.Channels)
	switch r.Action {
	case ActionLaunch:
		if !s.launched {
			s.firstLaunch = r.EffectiveOn
		}
		if !s.live() {
			s.liveSince = r.EffectiveOn
		}
		s.launched, s.retired, s.retiredOn = true, false, 0
		s.explicit, s.given, s.added, s.removed = channels != 0, channels, 0, 0
	case ActionRetire:
		s.retired, s.retiredOn = true, r.EffectiveOn
	case ActionAddChannel:
		s.added, s.removed = s.added|channels, s.removed&^channels
	case ActionRemoveChannel:
		s.added, s.removed = s.added&^channels, s.removed|channels
	case ActionUpgrade, ActionDowngrade:
		// They name a level, which is a claim: see claimsOf.
	}
}

// foldRollouts returns the state after each event; the events are in the order in which they apply.
func foldRollouts(events []Rollout) []rolloutState {
	states := make([]rolloutState, 0, len(events))
	var state rolloutState
	for i := range events {
		state.apply(&events[i])
		states = append(states, state)
	}
	return states
}

// stateOn returns the state on a date; the zero state before the first event.
func stateOn(states []rolloutState, on Date) rolloutState {
	for i := range slices.Backward(states) {
		if states[i].from <= on {
			return states[i]
		}
	}
	return rolloutState{}
}

// currentRollouts leaves out what was corrected or not yet known, and puts each service's events in the order
// in which they apply. An event sent again under its identifier is a correction: the newest recorded stands.
func currentRollouts(rollouts []Rollout, until time.Time) []Rollout {
	type identity struct{ entity, id string }
	newest := make(map[identity]Rollout, len(rollouts))
	for _, r := range rollouts {
		if recordedAfter(r.RecordedAt, until) {
			continue
		}
		key := identity{r.Entity, r.ID}
		if kept, found := newest[key]; !found || compareVersions(&kept, &r) < 0 {
			newest[key] = r
		}
	}
	current := make([]Rollout, 0, len(newest))
	for _, r := range newest {
		current = append(current, r)
	}
	slices.SortFunc(current, func(a, b Rollout) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.EffectiveOn, b.EffectiveOn),
			a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Entity, b.Entity))
	})
	return current
}

// compareVersions orders two versions of one rollout event by when they were recorded; what
// follows only makes the choice the same whatever order they come in.
func compareVersions(a, b *Rollout) int {
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.EffectiveOn, b.EffectiveOn),
		cmp.Compare(a.Level, b.Level), cmp.Compare(a.Action, b.Action), cmp.Compare(a.Service, b.Service),
		cmp.Compare(channelSetOf(a.Channels), channelSetOf(b.Channels)), cmp.Compare(a.VerifiedBy, b.VerifiedBy),
		cmp.Compare(a.Actor, b.Actor))
}
