package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// What is wrong with a token that somebody asks for; TokenFault words them.
var (
	// ErrTokenScopes is a token without a scope, or with one that there is not.
	ErrTokenScopes = fmt.Errorf("%w: a token's scopes", programme.ErrInvalid)
	// ErrTokenEntity is a token for events or plans without its entity, or with one that is no code; ErrTokenWhole one
	// for administration that has an entity.
	ErrTokenEntity = fmt.Errorf("%w: a token's entity", programme.ErrInvalid)
	ErrTokenWhole  = fmt.Errorf("%w: a token for administration with an entity", programme.ErrInvalid)
	// ErrTokenLife is an expiry that is past or too far, ErrTokenOverlap a time beside the successor that is no time.
	ErrTokenLife    = fmt.Errorf("%w: how long a token lives", programme.ErrInvalid)
	ErrTokenOverlap = fmt.Errorf("%w: how long a token lives beside its successor", programme.ErrInvalid)
)

// TokenFault returns the field that a fault belongs to and the key of its text: "" for a fault of no field, and an
// empty key when the error is no refusal.
func TokenFault(err error) (field, key string) {
	for _, each := range []struct {
		err        error
		field, key string
	}{
		{ErrTokenScopes, "scopes", "people.token.fault.scopes"},
		{ErrTokenEntity, "entity", "people.token.fault.entity"},
		{ErrTokenWhole, "entity", "people.token.fault.whole"},
		{ErrTokenLife, "days", "people.token.fault.days"},
		{ErrTokenOverlap, "overlap", "people.token.fault.overlap"},
		{programme.ErrAlreadyDecided, "", "people.token.fault.rotated"},
		{programme.ErrInvalid, "", "people.token.fault.ended"},
	} {
		if errors.Is(err, each.err) {
			return each.field, each.key
		}
	}
	return "", ""
}

// TokenState is whether a token opens anything.
type TokenState string

// The states of a token.
const (
	TokenAlive   TokenState = "alive"
	TokenExpired TokenState = "expired"
	TokenRevoked TokenState = "revoked"
)

// ListedToken is a token with its state now and when it was last used and refused.
type ListedToken struct {
	Token

	State TokenState
	Use   programme.TokenUse
}

// TokensInUse returns all tokens as ListTokens does, with their state and use.
func (a *Accounts) TokensInUse(ctx context.Context) ([]ListedToken, error) {
	tokens, err := a.ListTokens(ctx)
	if err != nil {
		return nil, err
	}
	used, err := a.TokenUses(ctx)
	if err != nil {
		return nil, err
	}
	now := a.dependencies.Now()
	listed := make([]ListedToken, 0, len(tokens))
	for _, token := range tokens {
		state := TokenAlive
		switch {
		case token.Revoked:
			state = TokenRevoked
		case token.Expired(now):
			state = TokenExpired
		}
		listed = append(listed, ListedToken{Token: token, State: state, Use: used[token.ID]})
	}
	return listed, nil
}

const (
	aDay = 24 * time.Hour
	// LongestTokenDays is how long a token may live.
	LongestTokenDays = int(longestExpiry / aDay)
)

// IssueToken is CreateToken for so many days from now.
func (a *Accounts) IssueToken(
	ctx context.Context, scopes []access.Scope, entity string, days int,
) (string, Token, error) {
	if days < 1 || days > LongestTokenDays {
		return "", Token{}, ErrTokenLife
	}
	return a.CreateToken(ctx, scopes, entity, a.dependencies.Now().Add(time.Duration(days)*aDay))
}

// ReplaceToken is RotateToken for so many days from now, the old token living on for overlap days at most.
func (a *Accounts) ReplaceToken(ctx context.Context, id string, days, overlap int) (Rotation, error) {
	switch {
	case days < 1 || days > LongestTokenDays:
		return Rotation{}, ErrTokenLife
	case overlap < 0 || overlap > LongestTokenDays:
		return Rotation{}, ErrTokenOverlap
	}
	return a.RotateToken(ctx, id, a.dependencies.Now().Add(time.Duration(days)*aDay), time.Duration(overlap)*aDay)
}
