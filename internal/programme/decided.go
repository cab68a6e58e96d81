package programme

import (
	"fmt"
	"time"
)

// DecidedError says that a place of a stream is taken: who decided before, and when. It is an ErrAlreadyDecided.
type DecidedError struct {
	Family  Family
	Subject string
	Seq     uint32
	Actor   string
	At      time.Time
	// Reason is why the other decided so, in that person's words.
	Reason string
}

// DecidedBy returns the error that names the fact by which it was decided.
func DecidedBy(standing Fact) error {
	return &DecidedError{
		Family: standing.Family, Subject: standing.Subject, Seq: standing.Seq,
		Actor: standing.Actor, At: standing.RecordedAt, Reason: standing.Reason,
	}
}

// Error names who and when.
func (e *DecidedError) Error() string {
	return fmt.Sprintf("%s: by %s at %s", ErrAlreadyDecided, e.Actor, e.At.UTC().Format(time.RFC3339))
}

// Unwrap makes it an ErrAlreadyDecided.
func (e *DecidedError) Unwrap() error { return ErrAlreadyDecided }
