package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/config"
	"mirsad/internal/programme"
	"mirsad/internal/token"
)

type tokenCommands struct {
	Create tokenCreate `cmd:"" help:"Create a token and print it, alone, on standard output: it is shown this once."`
	List   tokenList   `cmd:"" help:"List tokens, with when each was last used and last refused."`
	Rotate tokenRotate `cmd:"" help:"Replace a token and print its successor, alone, on standard output: it is shown this once."`
	Revoke tokenRevoke `cmd:"" help:"Revoke a token."`
}

type tokenCreate struct {
	Scope   []string `required:"" help:"What it may do: events, plan, read, review, admin."`
	Entity  string   `help:"The one entity it is bound to; not for admin."`
	Expires string   `default:"90d" help:"How long it lives, in days such as 90d."`
}

// Run prints the new token's bearer.
func (c tokenCreate) Run(ctx context.Context, settings config.Settings, std streams) error {
	scopes := make([]access.Scope, 0, len(c.Scope))
	for _, name := range c.Scope {
		scope, err := access.ParseScope(name)
		if err != nil {
			return err
		}
		scopes = append(scopes, scope)
	}
	life, err := parseDays(c.Expires, 1)
	if err != nil {
		return err
	}
	return withTokens(ctx, settings, std, func(tokens *token.Tokens) error {
		bearer, made, err := tokens.Create(ctx, scopes, c.Entity, std.now().Add(life))
		if err != nil {
			return err
		}
		std.tell("token %s expires on %s\n", made.ID, made.ExpiresAt.Format(time.DateOnly))
		_, err = fmt.Fprintln(std.out, bearer)
		return err
	})
}

// mostDays is more than any token lives, and far from what a duration can't hold.
const mostDays = 10_000

// parseDays reads 90d, which must be at least so many.
func parseDays(text string, least int) (time.Duration, error) {
	number, isDays := strings.CutSuffix(text, "d")
	days, err := strconv.Atoi(number)
	if err != nil || !isDays || days < least || days > mostDays {
		return 0, fmt.Errorf(
			"%w: %q is not a number of days such as 90d, from %dd to %dd", programme.ErrInvalid, text, least, mostDays,
		)
	}
	return time.Duration(days) * 24 * time.Hour, nil
}

type tokenRotate struct {
	ID      string `arg:"" help:"The token's id: the part before the dot."`
	Expires string `default:"90d" help:"How long the successor lives, in days such as 90d."`
	Overlap string `default:"7d" help:"How long the old token stays alive beside it, never past its own expiry; 0d ends it now."`
}

// Run prints the successor's bearer.
func (c tokenRotate) Run(ctx context.Context, settings config.Settings, std streams) error {
	life, err := parseDays(c.Expires, 1)
	if err != nil {
		return err
	}
	overlap, err := parseDays(c.Overlap, 0)
	if err != nil {
		return err
	}
	return withTokens(ctx, settings, std, func(tokens *token.Tokens) error {
		rotation, err := tokens.Rotate(ctx, c.ID, std.now().Add(life), overlap)
		if err != nil {
			return err
		}
		std.tell("token %s replaces %s and expires on %s; the old one ends at %s\n", rotation.New.ID, rotation.Old.ID,
			rotation.New.ExpiresAt.Format(time.DateOnly), rotation.Old.ExpiresAt.Format(time.RFC3339))
		_, err = fmt.Fprintln(std.out, rotation.Bearer)
		return err
	})
}

type tokenRevoke struct {
	ID string `arg:"" help:"The token's id: the part before the dot."`
}

// Run ends a token.
func (c tokenRevoke) Run(ctx context.Context, settings config.Settings, std streams) error {
	return withTokens(ctx, settings, std, func(tokens *token.Tokens) error {
		_, err := tokens.Revoke(ctx, c.ID)
		return err
	})
}

// withTokens opens the store, acts on its tokens, writes down what was done, and closes it.
func withTokens(ctx context.Context, settings config.Settings, std streams, act func(*token.Tokens) error) error {
	return withAudit(ctx, settings, std, func(store *store, audit *audit.Recorder) error {
		tokens, err := newTokens(store, audit)
		if err != nil {
			return err
		}
		return act(tokens)
	})
}

// withAccounts is withTokens for accounts.
func withAccounts(ctx context.Context, settings config.Settings, std streams, act func(*account.Accounts) error) error {
	return withAudit(ctx, settings, std, func(store *store, audit *audit.Recorder) error {
		accounts, err := newAccounts(settings, store, audit)
		if err != nil {
			return err
		}
		return act(accounts)
	})
}

// withAudit opens the store, acts on it, writes down what was done, and closes it.
func withAudit(
	ctx context.Context, settings config.Settings, std streams, act func(*store, *audit.Recorder) error,
) error {
	store, err := openStore(ctx, settings, std)
	if err != nil {
		return err
	}
	defer store.close()
	audit, err := newAudit(store, nil)
	if err != nil {
		return err
	}
	return errors.Join(act(store, audit), audit.Stop(context.WithoutCancel(ctx)))
}
