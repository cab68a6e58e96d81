package main

import (
	"context"
	"log/slog"
	"time"

	"mirsad/internal/act"
	"mirsad/internal/clickhouse"
)

// ensureSettings makes sure that the programme has settings from the first start on, and refuses a time zone other than
// theirs: every reporting date already stored was reckoned in it.
func ensureSettings(ctx context.Context, db *clickhouse.DB, log *slog.Logger, zone string) error {
	return act.New(act.Dependencies{Register: db, Logger: log}).Settings.Begin(ctx, zone)
}

// settingsForPages is how old the settings may be that pages show: the person who has just changed the programme's name
// is to see it. Events are decided by what is known, be it older or not.
const settingsForPages = time.Second
