package token

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
	"mirsad/internal/secret"
)

// Token is what a program signs in with: the bearer <id>.<secret>. Only the secret's SHA-256 is stored.
type Token struct {
	ID        string         `json:"id"`
	Hash      string         `json:"sha256"` // of the secret, hexadecimal
	Scopes    []access.Scope `json:"scopes"`
	Entity    string         `json:"entity,omitempty"` // the one it is bound to; empty: all
	ExpiresAt time.Time      `json:"expires_at"`
	Revoked   bool           `json:"revoked,omitempty"`
	// RotatedFrom is the id of the token that this one replaces, RotatedTo of the one that replaces it.
	RotatedFrom string `json:"rotated_from,omitempty"`
	RotatedTo   string `json:"rotated_to,omitempty"`
	// CreatedBy and CreatedAt are those of the token's first fact.
	CreatedBy string    `json:"-"`
	CreatedAt time.Time `json:"-"`
	// RevokedAt is zero unless it is revoked.
	RevokedAt time.Time `json:"-"`

	actor string // token/<id>, or operator/<name>
	seq   uint32 // 0: it has no facts, as an operator's and one that nobody made
}

const (
	shortestSecret = 32
	defaultExpiry  = 90 * 24 * time.Hour
	longestExpiry  = 2 * 366 * 24 * time.Hour
)

// Expired reports whether the token's time is over.
func (t Token) Expired(now time.Time) bool { return !t.ExpiresAt.IsZero() && !now.Before(t.ExpiresAt) }

// refuses returns why a bearer with this hash is not the token's, or "" when it is. The secret is compared first:
// only its holder may find out whether the token is revoked.
func (t Token) refuses(hash string, now time.Time) programme.TokenRefusal {
	switch {
	case !secret.Same(hash, t.Hash):
		return programme.TokenWrongSecret
	case t.Revoked:
		return programme.TokenRevoked
	case t.Expired(now):
		return programme.TokenExpired
	default:
		return ""
	}
}

// Principal returns the token as the principal of a request.
func (t Token) Principal() access.Principal {
	return access.Principal{ID: t.actor, Name: t.actor, Scopes: t.Scopes, Entity: t.Entity}
}

// fold folds one token's facts, in any order; false when there are none.
func fold(stream []programme.Fact) (Token, bool, error) {
	slices.SortFunc(stream, func(a, b programme.Fact) int { return cmp.Compare(a.Seq, b.Seq) })
	var folded Token
	for i, fact := range stream {
		var next Token
		if err := json.Unmarshal(fact.Body, &next); err != nil {
			return Token{}, false, fmt.Errorf("read token %s, fact %d: %w", fact.Subject, fact.Seq, err)
		}
		next.CreatedBy, next.CreatedAt, next.RevokedAt = folded.CreatedBy, folded.CreatedAt, folded.RevokedAt
		if i == 0 {
			next.CreatedBy, next.CreatedAt = fact.Actor, fact.RecordedAt
		}
		folded = next.recorded(fact)
	}
	return folded, len(stream) > 0, nil
}

// recorded returns the token as of the fact that holds it.
func (t Token) recorded(fact programme.Fact) Token {
	t.actor, t.seq = "token/"+t.ID, fact.Seq
	if t.Revoked && t.RevokedAt.IsZero() {
		t.RevokedAt = fact.RecordedAt
	}
	return t
}

// shown is a token as the audit record shows it: without the hash of its secret.
type shown struct {
	Scopes      []access.Scope `json:"scopes"`
	Entity      string         `json:"entity,omitempty"`
	ExpiresAt   time.Time      `json:"expires_at"`
	Revoked     bool           `json:"revoked,omitempty"`
	RotatedFrom string         `json:"rotated_from,omitempty"`
	RotatedTo   string         `json:"rotated_to,omitempty"`
}

func (t Token) shown() shown {
	return shown{
		Scopes:      t.Scopes,
		Entity:      t.Entity,
		ExpiresAt:   t.ExpiresAt,
		Revoked:     t.Revoked,
		RotatedFrom: t.RotatedFrom,
		RotatedTo:   t.RotatedTo,
	}
}
