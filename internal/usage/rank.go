package usage

import "mirsad/internal/programme"

// Rank is a state by its precedence in an aggregate, lower first; 0 is no part at all.
type Rank uint8

// The ranks.
const (
	NoPart Rank = iota
	Reported
	NotProvided
	NotRequested
	NotApplicable
)

// rankStates holds the state of each rank; an aggregate without any part is not provided.
var rankStates = [...]programme.State{
	NoPart:        programme.NotProvided,
	Reported:      programme.Reported,
	NotProvided:   programme.NotProvided,
	NotRequested:  programme.NotRequested,
	NotApplicable: programme.NotApplicable,
}

// State returns the state that has the rank; not_provided for no part at all.
func (r Rank) State() programme.State { return rankStates[r] }

// RankOf returns the rank of a state.
func RankOf(s programme.State) Rank {
	switch s {
	case programme.Reported:
		return Reported
	case programme.NotRequested:
		return NotRequested
	case programme.NotApplicable:
		return NotApplicable
	default:
		return NotProvided
	}
}

// First returns the rank that an aggregate of both takes.
func (r Rank) First(other Rank) Rank {
	if r == NoPart || (other != NoPart && other < r) {
		return other
	}
	return r
}
