package programme

import (
	"errors"
	"fmt"
	"time"

	"mirsad/internal/civil"
)

// The meanings an error can have; internal/httpserver maps each to a status, a code and a text in two languages.
var (
	// ErrInvalid is also what a text that is no date gives.
	ErrInvalid        = civil.ErrInvalid
	ErrNotFound       = errors.New("not found")
	ErrAlreadyDecided = errors.New("already decided")
	ErrForbidden      = errors.New("forbidden")
	ErrUnavailable    = errors.New("unavailable")
	// ErrOverLimit goes with ErrUnavailable where a question is too large for what one may take of the database: a
	// shorter period or a narrower filter helps, and so may another moment.
	ErrOverLimit = errors.New("over the limit of a query")
	// ErrBusy is an ErrUnavailable for the asker alone: too many of their requests, or of all, are being worked on.
	ErrBusy = fmt.Errorf("%w: busy", ErrUnavailable)
	// ErrOwnClaim says that a person wants to decide on a claim of their own, which takes another person.
	ErrOwnClaim = errors.New("own claim")
	// ErrOwnPlan says that a person wants to decide on a plan that they wrote, which takes another person.
	ErrOwnPlan = errors.New("own plan")
	// ErrOperator goes with ErrUnavailable where waiting does not help: somebody has to repair the database or its
	// rights.
	ErrOperator = errors.New("an operator is needed")
)

// Unavailable names a fault of the store as ErrUnavailable, unless it has a meaning of its own.
func Unavailable(what string, err error) error {
	for _, meaning := range []error{ErrInvalid, ErrAlreadyDecided, ErrUnavailable} {
		if errors.Is(err, meaning) {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	return fmt.Errorf("%w: %s: %w", ErrUnavailable, what, err)
}

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
