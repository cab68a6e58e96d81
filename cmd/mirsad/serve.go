package main

import (
	"context"
	"errors"
	"fmt"
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

// memoryLimit is where the collector works harder rather than let the process grow: what bodies hold together is bounded
// at 256 MB, the spool's memtables as well, and the rest is for figures. It is no wall, memory that is needed is taken.
const memoryLimit = 1 << 30

// Run serves until the context ends, which SIGINT and SIGTERM do.
func (c serveCommand) Run(ctx context.Context, settings config.Settings, std streams) error {
	if os.Getenv("GOGC") == "" { // the operator's wish counts
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	if err := mayServe(settings); err != nil {
		return err
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

// mayServe says why serving would fail, before a database is made for nothing.
func mayServe(settings config.Settings) error {
	running, err := readServiceFile(settings.DataDir)
	switch {
	case err == nil:
		return fmt.Errorf("another server runs on the data folder %s: process %d at %s: "+
			"use it, end it, or set MIRSAD_DATA_DIR to another folder", settings.DataDir, running.PID, running.URL)
	case !errors.Is(err, errNoService):
		return err
	}
	for _, each := range []struct{ variable, address string }{
		{"MIRSAD_LISTEN", settings.Listen}, {"MIRSAD_METRICS_LISTEN", settings.MetricsListen},
	} {
		if each.address == "" {
			continue
		}
		if err := addressTaken(each.address); err != nil {
			return fmt.Errorf("%w: end what listens there or set %s", err, each.variable)
		}
	}
	return nil
}
