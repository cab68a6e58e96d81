package main

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/config"
	"mirsad/internal/programme"
	"mirsad/internal/token"
)

type tokenList struct {
	JSON bool `name:"json" help:"Print JSON: an array, the newest token first."`
}

// listedToken is a token as it is listed: everything but its hash. What never happened is left out.
type listedToken struct {
	ID          string                 `json:"id"`
	Scopes      []access.Scope         `json:"scopes"`
	Entity      string                 `json:"entity,omitempty"` // absent: all
	State       string                 `json:"state"`            // alive, expired or revoked
	CreatedAt   time.Time              `json:"created_at"`
	CreatedBy   string                 `json:"created_by"`
	ExpiresAt   time.Time              `json:"expires_at"`
	RevokedAt   time.Time              `json:"revoked_at,omitzero"`
	RotatedFrom string                 `json:"rotated_from,omitempty"`
	RotatedTo   string                 `json:"rotated_to,omitempty"`
	LastUsed    time.Time              `json:"last_used,omitzero"`
	LastRefused time.Time              `json:"last_refused,omitzero"`
	RefusedFor  programme.TokenRefusal `json:"refused_for,omitempty"`
}

// Run prints every token without its secret.
func (c tokenList) Run(ctx context.Context, settings config.Settings, std streams) error {
	return withTokens(ctx, settings, std, func(tokens *token.Tokens) error {
		all, err := tokens.List(ctx)
		if err != nil {
			return err
		}
		uses, err := tokens.Uses(ctx)
		if err != nil {
			return err
		}
		listed := make([]listedToken, 0, len(all))
		for _, token := range all {
			listed = append(listed, listToken(token, uses[token.ID], std.now()))
		}
		if c.JSON {
			encoder := json.NewEncoder(std.out)
			encoder.SetIndent("", "  ")
			return encoder.Encode(listed)
		}
		rows := make([][]string, 0, len(listed))
		for _, token := range listed {
			rows = append(rows, token.cells())
		}
		return writeTable(std.out, rows)
	})
}

func listToken(made token.Token, use programme.TokenUse, now time.Time) listedToken {
	state := "alive"
	switch {
	case made.Revoked:
		state = "revoked"
	case made.Expired(now):
		state = "expired"
	}
	return listedToken{
		ID: made.ID, Scopes: made.Scopes, Entity: made.Entity, State: state,
		CreatedAt: made.CreatedAt, CreatedBy: made.CreatedBy, ExpiresAt: made.ExpiresAt, RevokedAt: made.RevokedAt,
		RotatedFrom: made.RotatedFrom, RotatedTo: made.RotatedTo,
		LastUsed: use.LastUsed, LastRefused: use.LastRefused, RefusedFor: use.Reason,
	}
}

// cells are the token's row for a person. Each says what it is, so that the table needs no heading, which would
// be in the way of a program that reads it.
func (t listedToken) cells() []string {
	scopes := make([]string, 0, len(t.Scopes))
	for _, scope := range t.Scopes {
		scopes = append(scopes, string(scope))
	}
	entity := t.Entity
	if entity == "" {
		entity = "(all entities)"
	}
	return []string{
		t.ID, strings.Join(scopes, ","), entity, "created " + t.CreatedAt.Format(time.DateOnly),
		t.stateInWords(), "used " + momentInWords(t.LastUsed), t.refusalInWords(),
	}
}

func (t listedToken) stateInWords() string {
	var words string
	switch t.State {
	case "revoked":
		words = "revoked " + t.RevokedAt.Format(time.DateOnly)
	case "expired":
		words = "expired " + t.ExpiresAt.Format(time.DateOnly)
	default:
		words = "expires " + t.ExpiresAt.Format(time.DateOnly)
	}
	if t.RotatedTo != "" {
		words += ", rotated to " + t.RotatedTo
	}
	return words
}

func (t listedToken) refusalInWords() string {
	words := "refused " + momentInWords(t.LastRefused)
	if t.RefusedFor != "" {
		words += ": " + strings.ReplaceAll(string(t.RefusedFor), "_", " ")
	}
	return words
}

// momentInWords is in UTC and to the minute: uses are recorded minutes apart.
func momentInWords(moment time.Time) string {
	if moment.IsZero() {
		return "never"
	}
	return moment.UTC().Format("2006-01-02 15:04 UTC")
}
