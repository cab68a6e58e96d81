package page

import (
	"context"

	"mirsad/internal/act"
	"mirsad/internal/register"
)

// Noted hands the outcome of an act to the audit record and returns the act's error. Of an unchanged act it is
// register.ErrUnchanged: a form says that the same is recorded already.
func Noted[T any](ctx context.Context, outcome *act.Outcome[T], err error) error {
	outcome.Note(ctx)
	if err == nil && outcome.Unchanged {
		return register.ErrUnchanged
	}
	return err
}
