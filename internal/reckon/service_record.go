package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// catalogueVersion is a service as the catalogue has it from a date on.
type catalogueVersion struct {
	programme.Service

	from     civil.Date
	entity   entityAt
	channels programme.ChannelSet
	partOf   serviceAt   // the bundle it is a part of
	follows  []serviceAt // the services it succeeds
}

// serviceRecord is everything known of one service.
type serviceRecord struct {
	code     string
	versions []catalogueVersion       // by sequence
	rollouts []programme.Rollout      // in the order in which they apply
	states   []programme.RolloutState // after each of them
	ladder   programme.Ladder
	parts    []serviceAt // services that any version makes a part of this one
	// reached holds, for each basis and level, the first date on which it was launched and at the level.
	reached [figures.BasisCount][5]civil.Date
}

// catalogueOn returns the newest version in force on a date; nil when it isn't in the catalogue.
func (r *serviceRecord) catalogueOn(on civil.Date) *catalogueVersion {
	for i := len(r.versions) - 1; i >= 0; i-- {
		if version := &r.versions[i]; version.from <= on {
			if version.Removed {
				return nil
			}
			return version
		}
	}
	return nil
}

// launches reports whether rollout events describe its life; imports of use alone have none.
func (r *serviceRecord) launches() bool { return len(r.states) > 0 }

// spanOn returns whether it is live on any day of a stretch, and the channels it then has, given the catalogue's.
func (r *serviceRecord) spanOn(
	from, to civil.Date, catalogue programme.ChannelSet,
) (live bool, channels programme.ChannelSet) {
	for i := range r.states {
		state := &r.states[i]
		end := civil.Never
		if i+1 < len(r.states) {
			end = r.states[i+1].From - 1
		}
		if state.Live() && max(state.From, from) <= min(end, to) {
			live = true
			channels |= state.Channels(catalogue)
		}
	}
	return live, channels
}
