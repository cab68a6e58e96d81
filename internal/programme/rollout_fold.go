package programme

import (
	"cmp"
	"slices"
	"time"

	"mirsad/internal/civil"
)

// RolloutState is what a service's rollout events up to one of them add up to.
// Launch, retirement and channels come from rollout events alone (docs/rules.md#launch-and-retirement).
type RolloutState struct {
	From        civil.Date // the day from which it holds
	Launched    bool
	Retired     bool
	FirstLaunch civil.Date
	LiveSince   civil.Date // of the present life, after a re-launch
	RetiredOn   civil.Date

	// Explicit says that the launch named its channels; otherwise they are the catalogue's.
	Explicit              bool
	Given, added, removed ChannelSet
}

// Live reports whether the service is launched and not retired.
func (s *RolloutState) Live() bool { return s.Launched && !s.Retired }

// Channels combines what the catalogue lists with what rollout events say (docs/rules.md#channels-of-a-service). A
// launch that names its channels says which digital ones opened; the others, such as a counter, stay as the catalogue
// lists them. Before its first launch a service has what the catalogue lists.
func (s *RolloutState) Channels(catalogue ChannelSet) ChannelSet {
	if !s.Launched {
		return catalogue
	}
	set := catalogue
	if s.Explicit {
		set = catalogue&^DigitalSet | s.Given
	}
	return (set | s.added) &^ s.removed
}

func (s *RolloutState) apply(r *Rollout) {
	s.From = r.EffectiveOn
	channels := ChannelSetOf(r.Channels)
	switch r.Action {
	case ActionLaunch:
		if !s.Launched {
			s.FirstLaunch = r.EffectiveOn
		}
		if !s.Live() {
			s.LiveSince = r.EffectiveOn
		}
		s.Launched, s.Retired, s.RetiredOn = true, false, 0
		s.Explicit, s.Given, s.added, s.removed = channels != 0, channels, 0, 0
	case ActionRetire:
		if !s.Retired {
			s.RetiredOn = r.EffectiveOn
		}
		s.Retired = true
	case ActionAddChannel:
		s.added, s.removed = s.added|channels, s.removed&^channels
	case ActionRemoveChannel:
		s.added, s.removed = s.added&^channels, s.removed|channels
	case ActionUpgrade, ActionDowngrade:
		// They name a level, which is a claim: see claimsOf.
	}
}

// FoldRollouts returns the state after each event; the events are in the order in which they apply.
func FoldRollouts(events []Rollout) []RolloutState {
	states := make([]RolloutState, 0, len(events))
	var state RolloutState
	for i := range events {
		state.apply(&events[i])
		states = append(states, state)
	}
	return states
}

// StateOn returns the state on a date; the zero state before the first event.
func StateOn(states []RolloutState, on civil.Date) RolloutState {
	for i := range slices.Backward(states) {
		if states[i].From <= on {
			return states[i]
		}
	}
	return RolloutState{}
}

// CurrentRollouts leaves out what was corrected or not yet known, and puts each service's events in the order
// in which they apply. An event sent again under its identifier is a correction: the newest recorded counts.
func CurrentRollouts(rollouts []Rollout, until time.Time) []Rollout {
	type identity struct{ entity, id string }
	newest := make(map[identity]Rollout, len(rollouts))
	for _, r := range rollouts {
		if RecordedAfter(r.RecordedAt, until) {
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
		cmp.Compare(ChannelSetOf(a.Channels), ChannelSetOf(b.Channels)), cmp.Compare(a.VerifiedBy, b.VerifiedBy),
		cmp.Compare(a.Actor, b.Actor))
}

// RolloutsByService cuts rollouts in the order of CurrentRollouts into those of each service.
func RolloutsByService(rollouts []Rollout) map[string][]Rollout {
	events := map[string][]Rollout{}
	for from := 0; from < len(rollouts); {
		to := from
		for to < len(rollouts) && rollouts[to].Service == rollouts[from].Service {
			to++
		}
		events[rollouts[from].Service] = rollouts[from:to:to]
		from = to
	}
	return events
}
