package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"mirsad/internal/clickhouse"
	"mirsad/internal/config"
	"mirsad/internal/engine"
	"mirsad/internal/httpserver"
)

// store is the database as a command uses it, and the engine when this process runs it.
type store struct {
	*clickhouse.DB
	// figures and people are the same store over connections of their own: what computes holds up neither the other
	// pages nor who signs in.
	figures, people *clickhouse.DB

	engine *engine.Engine // nil: a server's, or another process's of this machine
	log    *slog.Logger
	zone   *time.Location
	now    func() time.Time
}

// The connections that are set apart for what computes figures, and for accounts, sessions, tokens and signed links.
const (
	figuresConnections = 8
	peopleConnections  = 4
)

// openStore reaches the database: a ClickHouse server when one is set, else the engine that another process runs on the
// data folder, else an engine of its own. The tables are brought to this version unless another process runs the
// engine.
func openStore(ctx context.Context, settings config.Settings, std streams) (*store, error) {
	zone, err := settings.Zone()
	if err != nil {
		return nil, err
	}
	s := &store{log: newLogger(settings, std), zone: zone, now: std.now}
	if settings.ClickHouseURL != "" {
		return s.open(ctx, clickhouse.Configuration{URL: string(settings.ClickHouseURL)}, true)
	}
	endpoint, err := engine.ReadEndpoint(settings.DataDir)
	if err == nil {
		return s.open(ctx, configurationOf(endpoint), false)
	}
	if !errors.Is(err, engine.ErrNotRunning) {
		return nil, err
	}
	if err := s.startEngine(ctx, settings); err != nil {
		return nil, err
	}
	return s.open(ctx, configurationOf(s.engine.Endpoint()), true)
}

func configurationOf(endpoint engine.Endpoint) clickhouse.Configuration {
	return clickhouse.Configuration{URL: endpoint.URL, Passwords: endpoint.Passwords}
}

func (s *store) startEngine(ctx context.Context, settings config.Settings) error {
	if err := os.MkdirAll(settings.DataDir, 0o700); err != nil {
		return fmt.Errorf("data folder: %w: make it writable or set MIRSAD_DATA_DIR", err)
	}
	started, err := engine.New(
		engine.Configuration{DataDir: settings.DataDir, Library: settings.EngineLibrary},
		engine.Dependencies{Logger: s.log, Now: s.now},
	)
	if err != nil {
		return err
	}
	if err := started.Start(ctx); err != nil {
		return err
	}
	s.engine = started
	return nil
}

func (s *store) open(ctx context.Context, cfg clickhouse.Configuration, migrate bool) (*store, error) {
	cfg.Zone = s.zone
	db, err := clickhouse.Open(ctx, cfg, clickhouse.Dependencies{Logger: s.log, Now: s.now})
	if err != nil {
		s.close()
		return nil, err
	}
	s.DB = db
	if s.figures, err = db.Apart(figuresConnections); err == nil {
		s.people, err = db.Apart(peopleConnections)
	}
	if err == nil && migrate {
		err = db.Migrate(ctx)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// close gives the connections back and ends the engine that this process runs.
func (s *store) close() {
	for _, each := range []*clickhouse.DB{s.figures, s.people, s.DB} {
		if each != nil {
			s.logFault("close the store", each.Close())
		}
	}
	if s.engine != nil {
		ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		s.logFault("stop the engine", s.engine.Stop(ctx))
	}
}

func (s *store) logFault(what string, err error) {
	if err != nil {
		s.log.Error("stopping failed", slog.String("what", what), slog.Any("error", err))
	}
}

// newLogger writes to the words stream: text for a person, JSON for a collector.
func newLogger(settings config.Settings, std streams) *slog.Logger {
	bounded := &slog.HandlerOptions{ReplaceAttr: httpserver.BoundAttribute}
	if settings.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(std.words, bounded))
	}
	return slog.New(slog.NewTextHandler(std.words, bounded))
}
