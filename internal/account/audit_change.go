package account

import (
	"context"
	"errors"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/programme"
)

// auditChange does what a person decides, unless it could not be written down, and writes down how it ended before it
// returns.
func (a *Accounts) auditChange(ctx context.Context, entry audit.Entry, change func() error) error {
	if err := a.dependencies.Audit.Capacity(); err != nil {
		return err
	}
	err := change()
	if err != nil {
		entry.After, entry.Reason = nil, refusalReason(err)
	}
	a.dependencies.Audit.Record(ctx, entry)
	access.NoteWritten(ctx)
	a.dependencies.Audit.Settle(ctx)
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

// shownToken is a token as the audit record shows it: without the hash of its secret.
type shownToken struct {
	Scopes      []access.Scope `json:"scopes"`
	Entity      string         `json:"entity,omitempty"`
	ExpiresAt   time.Time      `json:"expires_at"`
	Revoked     bool           `json:"revoked,omitempty"`
	RotatedFrom string         `json:"rotated_from,omitempty"`
	RotatedTo   string         `json:"rotated_to,omitempty"`
}

func (t Token) shown() shownToken {
	return shownToken{
		Scopes:      t.Scopes,
		Entity:      t.Entity,
		ExpiresAt:   t.ExpiresAt,
		Revoked:     t.Revoked,
		RotatedFrom: t.RotatedFrom,
		RotatedTo:   t.RotatedTo,
	}
}
