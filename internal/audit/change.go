package audit

import (
	"context"
	"errors"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// Change does what a person decides, unless it could not be written down, and writes down how it ended before it
// returns.
func (a *Recorder) Change(ctx context.Context, entry Entry, change func() error) error {
	if err := a.Capacity(); err != nil {
		return err
	}
	err := change()
	if err != nil {
		entry.After, entry.Reason = nil, refusalReason(err)
	}
	a.Record(ctx, entry)
	access.NoteWritten(ctx)
	a.Settle(ctx)
	return err
}

// refusalReason names what an error means.
func refusalReason(err error) string {
	switch {
	case errors.Is(err, programme.ErrAlreadyDecided):
		return "already_decided"
	case errors.Is(err, programme.ErrInvalid):
		return "invalid"
	default:
		return "unavailable"
	}
}
