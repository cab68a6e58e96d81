package figures

import (
	"cmp"

	"mirsad/internal/civil"
)

// MilestoneStanding is the status of a planned go-live on a date: done once it is live, late when its original date was
// more than 30 days ago, at risk while it is late by less or is expected late, and on track otherwise
// (docs/rules.md#standing-of-a-milestone). An open milestone has no actual date.
func MilestoneStanding(original, expected, actual, on civil.Date) Status {
	switch {
	case !actual.IsZero():
		return StatusDone
	case on > original.AddDays(LateOverDays):
		return StatusLate
	case max(expected, on) > original:
		return StatusAtRisk
	default:
		return StatusOnTrack
	}
}

// Behind reports whether somebody has to act: late, or at risk of it.
func (s Status) Behind() bool { return s == StatusLate || s == StatusAtRisk }

// CompareStatus orders statuses: what needs a hand most comes first, what is done last.
func CompareStatus(a, b Status) int { return cmp.Compare(a.rank(), b.rank()) }

func (s Status) rank() int {
	switch s {
	case StatusLate:
		return 0
	case StatusAtRisk:
		return 1
	case StatusOnTrack:
		return 3
	case StatusDone:
		return 4
	default:
		return 2
	}
}
