package token

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// What is wrong with a token that somebody asks for; Fault words them.
var (
	// ErrScopes is a token without a scope, or with one that there is not.
	ErrScopes = fmt.Errorf("%w: a token's scopes", programme.ErrInvalid)
	// ErrEntity is a token for events or plans without its entity, or with one that is no code; ErrWhole one
	// for administration that has an entity.
	ErrEntity = fmt.Errorf("%w: a token's entity", programme.ErrInvalid)
	ErrWhole  = fmt.Errorf("%w: a token for administration with an entity", programme.ErrInvalid)
	// ErrLife is an expiry that is past or too far, ErrOverlap a time beside the successor that is no time.
	ErrLife    = fmt.Errorf("%w: how long a token lives", programme.ErrInvalid)
	ErrOverlap = fmt.Errorf("%w: how long a token lives beside its successor", programme.ErrInvalid)
)

// Fault returns the field that a fault belongs to and the key of its text: "" for a fault of no field, and an
// empty key when the error is no refusal.
func Fault(err error) (field, key string) {
	for _, each := range []struct {
		err        error
		field, key string
	}{
		{ErrScopes, "scopes", "people.token.fault.scopes"},
		{ErrEntity, "entity", "people.token.fault.entity"},
		{ErrWhole, "entity", "people.token.fault.whole"},
		{ErrLife, "days", "people.token.fault.days"},
		{ErrOverlap, "overlap", "people.token.fault.overlap"},
		{programme.ErrAlreadyDecided, "", "people.token.fault.rotated"},
		{programme.ErrInvalid, "", "people.token.fault.ended"},
	} {
		if errors.Is(err, each.err) {
			return each.field, each.key
		}
	}
	return "", ""
}

// State is whether a token opens anything.
type State string

// The states of a token.
const (
	Alive   State = "alive"
	Expired State = "expired"
	Revoked State = "revoked"
)

// Listed is a token with its state now and when it was last used and refused.
type Listed struct {
	Token

	State State
	Use   programme.TokenUse
}

// InUse returns all tokens as List does, with their state and use.
func (t *Tokens) InUse(ctx context.Context) ([]Listed, error) {
	tokens, err := t.List(ctx)
	if err != nil {
		return nil, err
	}
	used, err := t.Uses(ctx)
	if err != nil {
		return nil, err
	}
	now := t.dependencies.Now()
	listed := make([]Listed, 0, len(tokens))
	for _, token := range tokens {
		state := Alive
		switch {
		case token.Revoked:
			state = Revoked
		case token.Expired(now):
			state = Expired
		}
		listed = append(listed, Listed{Token: token, State: state, Use: used[token.ID]})
	}
	return listed, nil
}

const (
	aDay = 24 * time.Hour
	// LongestDays is how long a token may live.
	LongestDays = int(longestExpiry / aDay)
)

// Issue is Create for so many days from now.
func (t *Tokens) Issue(
	ctx context.Context, scopes []access.Scope, entity string, days int,
) (string, Token, error) {
	if days < 1 || days > LongestDays {
		return "", Token{}, ErrLife
	}
	return t.Create(ctx, scopes, entity, t.dependencies.Now().Add(time.Duration(days)*aDay))
}

// Replace is Rotate for so many days from now, the old token living on for overlap days at most.
func (t *Tokens) Replace(ctx context.Context, id string, days, overlap int) (Rotation, error) {
	switch {
	case days < 1 || days > LongestDays:
		return Rotation{}, ErrLife
	case overlap < 0 || overlap > LongestDays:
		return Rotation{}, ErrOverlap
	}
	return t.Rotate(ctx, id, t.dependencies.Now().Add(time.Duration(days)*aDay), time.Duration(overlap)*aDay)
}
