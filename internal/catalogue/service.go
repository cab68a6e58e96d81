package catalogue

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Version is a service as the catalogue has it from a date on.
type Version struct {
	programme.Service

	From    civil.Date
	Owner   EntityAt
	Listed  programme.ChannelSet // the channels it is to be open on
	bundle  ServiceAt            // of which it is a part
	Follows []ServiceAt          // the services it succeeds
}

// Service is everything known of one service.
type Service struct {
	Code     string
	Versions []Version                // by sequence
	Rollouts []programme.Rollout      // in the order in which they apply
	States   []programme.RolloutState // after each of them
	Ladder   programme.Ladder
	Parts    []ServiceAt // services that any version makes a part of this one
	// Reached holds, for each basis and level, the first date on which it was launched and at the level.
	Reached [figures.BasisCount][5]civil.Date
}

// VersionOn returns the newest version in force on a date; nil when it isn't in the catalogue.
func (r *Service) VersionOn(on civil.Date) *Version {
	for i := len(r.Versions) - 1; i >= 0; i-- {
		if version := &r.Versions[i]; version.From <= on {
			if version.Removed {
				return nil
			}
			return version
		}
	}
	return nil
}

// Launches reports whether rollout events effective by a date describe its life; imports of use alone have none.
func (r *Service) Launches(on civil.Date) bool { return len(r.States) > 0 && r.States[0].From <= on }

// SpanOn returns whether it is live on any day of a stretch, and the channels it then has, given the catalogue's.
func (r *Service) SpanOn(
	from, to civil.Date, catalogue programme.ChannelSet,
) (live bool, channels programme.ChannelSet) {
	for i := range r.States {
		state := &r.States[i]
		end := civil.Never
		if i+1 < len(r.States) {
			end = r.States[i+1].From - 1
		}
		if state.Live() && max(state.From, from) <= min(end, to) {
			live = true
			channels |= state.Channels(catalogue)
		}
	}
	return live, channels
}
