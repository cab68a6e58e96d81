package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"mirsad/internal/clickhouse"
	"mirsad/internal/config"
)

// errDisagree is what verify fails with.
var errDisagree = errors.New("raw facts and rollup disagree: while a server runs, wait until nothing waits and try again")

type verifyCommand struct {
	JSON bool `name:"json" help:"Print the totals as JSON."`
}

// Run compares the raw facts with the rollup: identities with events, counts with uses.
func (c verifyCommand) Run(ctx context.Context, settings config.Settings, std streams) error {
	store, err := openStore(ctx, settings, std)
	if err != nil {
		return err
	}
	defer store.close()
	totals, err := store.Totals(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		err = json.NewEncoder(std.out).Encode(totals)
	} else {
		_, err = fmt.Fprintf(std.out,
			"usage events: %d identities, %d uses\nrollup:       %d events, %d uses\nstatements:   %d versions of %d numbers\nslices to recompute: %d\n",
			totals.Identities, totals.Uses, totals.RollupEvents, totals.RollupUses, totals.Statements, totals.StatementKeys, totals.DirtySlices)
	}
	if err != nil {
		return err
	}
	return agreement(totals)
}

func agreement(totals clickhouse.Totals) error {
	if totals.Identities != totals.RollupEvents || totals.Uses != totals.RollupUses || totals.DirtySlices != 0 {
		return errDisagree
	}
	return nil
}
