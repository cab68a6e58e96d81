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

// How long settings are taken as the newest: for events, whose earliest report date they decide, and for pages, which
// show the programme's name and classification to the person who has just changed them.
const (
	settingsForEvents = 10 * time.Second
	settingsForPages  = time.Second
)
