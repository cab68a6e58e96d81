package figures

import (
	"cmp"

	"mirsad/internal/civil"
)

// DueSoonDays is how far ahead a milestone is due rather than planned.
const DueSoonDays = 90

// MilestoneDays are the days by which a planned go-live is judged; one that is not known, or did not come, is none.
type MilestoneDays struct {
	// Original is planned first, Expected what the entity says now.
	Original, Expected civil.Date
	// Actual is the go-live, verified at the planned level; ClaimedOn is of the claim that waits for it.
	Actual, ClaimedOn civil.Date
}

// NoDateGiven reports whether an expected date is missed: it has passed, or there is none, of what is neither done nor
// waits (docs/rules.md#current-plan).
func (d MilestoneDays) NoDateGiven(on civil.Date) bool {
	return d.Actual.IsZero() && d.ClaimedOn.IsZero() && d.Expected < on
}

// Standing is the status of a planned go-live on a date, the first that holds of: done, awaiting verification, late by
// more than 30 days, at risk, due within 90 days, planned (docs/rules.md#standing-of-a-milestone). Every page, call,
// sheet and letter asks here.
func (d MilestoneDays) Standing(on civil.Date) Status {
	switch {
	case !d.Actual.IsZero():
		return StatusDone
	case !d.ClaimedOn.IsZero():
		return StatusAwaitingVerification
	case on > d.Original.AddDays(LateOverDays):
		return StatusLate
	case max(d.Expected, on) > d.Original:
		return StatusAtRisk
	case d.Original <= on.AddDays(DueSoonDays):
		return StatusDue
	default:
		return StatusPlanned
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
	case StatusAwaitingVerification:
		return 2
	case StatusOnTrack, StatusDue, StatusPlanned:
		return 4
	case StatusDone:
		return 5
	default:
		return 3
	}
}
