package programme

import "time"

// Outcome is what became of a refused row.
type Outcome string

// The outcomes of a refused row. One without an outcome is open.
const (
	OutcomeReplayed Outcome = "replayed" // judged again and accepted
	OutcomeClosed   Outcome = "closed"   // given up, with a comment that says why
)

// RowPlace names a refused row: the receipt of its body and its position in it, from 0.
type RowPlace struct {
	Receipt string `json:"receipt"`
	Index   int    `json:"index"`
}

// Closing ends a refused row's time in quarantine. The first one counts.
type Closing struct {
	RowPlace
	Outcome Outcome
	// Replay is the receipt under which the row was accepted; empty unless it was replayed.
	Replay     string
	Comment    string
	Actor      string
	RecordedAt time.Time
}

// Quarantined is a refused row and what became of it; while it is open its closing has no outcome.
type Quarantined struct {
	Refusal
	Closing Closing
}

// Open reports whether the row still waits for somebody to correct it or give it up.
func (q *Quarantined) Open() bool { return q.Closing.Outcome == "" }

// QuarantineFilter chooses refused rows; a zero field leaves its choice open.
type QuarantineFilter struct {
	Entity  string
	Receipt string
	Code    RefusalCode
	// State is "open", "closed" or empty for both.
	State string
	// From and To are the first and the last moment of receipt.
	From, To time.Time
}

// Superseded reports whether what was received at a moment comes too late to count against what was recorded later;
// only a replayed row has a moment of receipt of its own.
func Superseded(receivedAt, newest time.Time) bool {
	return !receivedAt.IsZero() && newest.After(receivedAt)
}
