package programme

import (
	"errors"
	"fmt"

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
