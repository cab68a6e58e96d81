package programme

import "math"

// never is a date that does not come.
const never = Date(math.MaxInt32)

// none is no place in a list of services or entities.
const none = int32(-1)

// catalogueVersion is a service as the catalogue has it from a date on.
type catalogueVersion struct {
	Service

	from     Date
	entity   int32
	channels channelSet
	partOf   int32   // the bundle it is a part of
	follows  []int32 // the services it succeeds
}

// serviceRecord is everything known of one service apart from its use.
type serviceRecord struct {
	code     string
	versions []catalogueVersion // by sequence
	rollouts []Rollout          // in the order in which they apply
	states   []rolloutState     // after each of them
	ladder   ladder
	parts    []int32 // services that any version makes a part of this one
	book     int32   // its place in the book; none without use
	// reached holds, for each basis and level, the first date on which it was launched and at the level.
	reached [2][5]Date
}

// catalogueOn returns the newest version in force on a date; nil when it isn't in the catalogue.
func (r *serviceRecord) catalogueOn(on Date) *catalogueVersion {
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

// launches reports whether rollout events tell of its life; imports of use alone have none.
func (r *serviceRecord) launches() bool { return len(r.states) > 0 }

// spanOn returns whether it is live on any day of a stretch, and the channels it then has, given the catalogue's.
func (r *serviceRecord) spanOn(from, to Date, catalogue channelSet) (live bool, channels channelSet) {
	for i := range r.states {
		state := &r.states[i]
		end := never
		if i+1 < len(r.states) {
			end = r.states[i+1].from - 1
		}
		if state.live() && max(state.from, from) <= min(end, to) {
			live = true
			channels |= state.channels(catalogue)
		}
	}
	return live, channels
}

// basisIndex is a basis's place in a pair.
func basisIndex(b Basis) int {
	if b == Claimed {
		return 1
	}
	return 0
}
