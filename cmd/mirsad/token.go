package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/account"
	"mirsad/internal/config"
	"mirsad/internal/programme"
)

type tokenCommands struct {
	Create tokenCreate `cmd:"" help:"Create a token and print it, alone, on standard output: it is shown this once."`
	List   tokenList   `cmd:"" help:"List tokens."`
	Revoke tokenRevoke `cmd:"" help:"Revoke a token."`
}

type tokenCreate struct {
	Scope   []string `required:"" help:"What it may do: events, plan, read, review, admin."`
	Entity  string   `help:"The one entity it is bound to; not for admin."`
	Expires string   `default:"90d" help:"How long it lives, in days such as 90d."`
}

// Run prints the new token's bearer.
func (c tokenCreate) Run(ctx context.Context, settings config.Settings, std streams) error {
	scopes := make([]account.Scope, 0, len(c.Scope))
	for _, name := range c.Scope {
		scope, err := account.ParseScope(name)
		if err != nil {
			return err
		}
		scopes = append(scopes, scope)
	}
	life, err := parseDays(c.Expires)
	if err != nil {
		return err
	}
	return withAccounts(ctx, settings, std, func(accounts *account.Accounts) error {
		bearer, token, err := accounts.CreateToken(ctx, scopes, c.Entity, time.Now().Add(life))
		if err != nil {
			return err
		}
		std.tell("token %s expires on %s\n", token.ID, token.ExpiresAt.Format(time.DateOnly))
		_, err = fmt.Fprintln(std.out, bearer)
		return err
	})
}

// parseDays reads 90d.
func parseDays(text string) (time.Duration, error) {
	days, err := strconv.Atoi(strings.TrimSuffix(text, "d"))
	if err != nil || days < 1 || !strings.HasSuffix(text, "d") {
		return 0, fmt.Errorf("%w: %q is not a number of days such as 90d", programme.ErrInvalid, text)
	}
	return time.Duration(days) * 24 * time.Hour, nil
}

type tokenList struct{}

// Run prints every token without its secret.
func (tokenList) Run(ctx context.Context, settings config.Settings, std streams) error {
	return withAccounts(ctx, settings, std, func(accounts *account.Accounts) error {
		tokens, err := accounts.ListTokens(ctx)
		if err != nil {
			return err
		}
		var rows [][]string
		for _, token := range tokens {
			state := "expires " + token.ExpiresAt.Format(time.DateOnly)
			if token.Revoked {
				state = "revoked"
			}
			rows = append(rows, []string{token.ID, fmt.Sprint(token.Scopes), token.Entity, state})
		}
		return writeTable(std.out, rows)
	})
}

type tokenRevoke struct {
	ID string `arg:"" help:"The token's id: the part before the dot."`
}

// Run ends a token.
func (c tokenRevoke) Run(ctx context.Context, settings config.Settings, std streams) error {
	return withAccounts(ctx, settings, std, func(accounts *account.Accounts) error {
		_, err := accounts.RevokeToken(ctx, c.ID)
		return err
	})
}

// withAccounts opens the store, acts on its accounts, and closes it.
func withAccounts(ctx context.Context, settings config.Settings, std streams, act func(*account.Accounts) error) error {
	store, err := openStore(ctx, settings, std)
	if err != nil {
		return err
	}
	defer store.close()
	accounts, err := newAccounts(settings, store)
	if err != nil {
		return err
	}
	return act(accounts)
}
