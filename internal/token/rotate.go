package token

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mirsad/internal/audit"
	"mirsad/internal/programme"
	"mirsad/internal/secret"
)

// Rotation is a token and the one that replaces it; until Old.ExpiresAt both are alive.
type Rotation struct {
	Bearer string // the successor's, shown this once
	Old    Token
	New    Token
}

// Rotate makes a successor with the token's scopes and entity. The old token lives on for the overlap, never
// longer than it would have: the sender changes over without a gap. No expiry means 90 days from now.
//
// Unknown is ErrNotFound; revoked or expired, a wrong expiry or overlap ErrInvalid; rotated already ErrAlreadyDecided.
func (t *Tokens) Rotate(
	ctx context.Context, id string, expires time.Time, overlap time.Duration,
) (Rotation, error) {
	now := t.dependencies.Now()
	old, err := t.read(ctx, id)
	if err != nil {
		return Rotation{}, err
	}
	if err := old.mayRotate(now); err != nil {
		return Rotation{}, err
	}
	if overlap < 0 {
		return Rotation{}, fmt.Errorf("%w: an overlap is not negative", ErrOverlap)
	}
	if expires.IsZero() {
		expires = now.Add(defaultExpiry)
	}
	if err := check(old.Scopes, old.Entity, expires, now); err != nil {
		return Rotation{}, err
	}
	before := old
	bearer, successor := fresh(old.Scopes, old.Entity, expires)
	successor.RotatedFrom = old.ID
	old.RotatedTo = successor.ID
	if until := secret.Expiry(now.Add(overlap)); until.Before(old.ExpiresAt) {
		old.ExpiresAt = until
	}
	return t.recordRotation(ctx, before, Rotation{Bearer: bearer, Old: old, New: successor})
}

// recordRotation adds the successor's first fact and then the old token's. In this order a fault in between leaves
// the old token as it was, to be rotated again; when two people rotate one token at once, only one of them adds the
// second fact.
func (t *Tokens) recordRotation(ctx context.Context, before Token, r Rotation) (Rotation, error) {
	var err error
	if r.New, err = t.record(ctx, audit.TokenCreate, Token{}, r.New); err != nil {
		return Rotation{}, err
	}
	if r.Old, err = t.record(ctx, audit.TokenRotate, before, r.Old); err != nil {
		// Nobody has seen the successor's secret, so it is of no use and must not be listed among the valid tokens.
		_, revoking := t.Revoke(context.WithoutCancel(ctx), r.New.ID)
		return Rotation{}, errors.Join(err, revoking)
	}
	return r, nil
}

// mayRotate returns why the token can't be rotated and what to do instead, or nil.
func (t Token) mayRotate(now time.Time) error {
	switch {
	case t.Revoked:
		return fmt.Errorf(
			"%w: token %s is revoked: make a new one with mirsad token create", programme.ErrInvalid, t.ID,
		)
	case t.RotatedTo != "":
		return fmt.Errorf(
			"%w: token %s was rotated to %s: rotate that one, or, "+
				"if its secret is lost, revoke it and make a new one with mirsad token create",
			programme.ErrAlreadyDecided, t.ID, t.RotatedTo,
		)
	case t.Expired(now):
		return fmt.Errorf("%w: token %s expired on %s: make a new one with mirsad token create",
			programme.ErrInvalid, t.ID, t.ExpiresAt.Format(time.DateOnly))
	default:
		return nil
	}
}
