package main

import (
	"context"
	"os"
	"runtime/debug"
	"time"

	"mirsad/internal/config"
)

// stopWithin is how long an orderly stop may take.
const stopWithin = 20 * time.Second

type serveCommand struct {
	Sample bool `help:"Load the generated sample programme into an empty data folder, and print its sign-ins."`
}

// gcPercent spends memory on speed: ingestion allocates much and keeps little. What lives is at most the spool's few
// memtables of 64 MB, a chunk and the bodies under way, so the process stays below its 600 MB.
const gcPercent = 150

// Run serves until the context ends, which SIGINT and SIGTERM do.
func (c serveCommand) Run(ctx context.Context, settings config.Settings, std streams) error {
	if os.Getenv("GOGC") == "" { // the operator's wish counts
		debug.SetGCPercent(gcPercent)
	}
	service, err := newService(ctx, settings, std)
	if err != nil {
		return err
	}
	if err := service.start(ctx); err != nil {
		service.stop(context.WithoutCancel(ctx))
		return err
	}
	defer service.stop(context.WithoutCancel(ctx))
	std.tell("Mirsad listens on %s\n", service.url())
	if c.Sample {
		if err := loadSample(ctx, service, std); err != nil && ctx.Err() == nil {
			return err
		}
	}
	<-ctx.Done()
	return nil
}
