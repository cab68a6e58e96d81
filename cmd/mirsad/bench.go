package main

import (
	"context"
	"errors"
	"net/url"
	"os"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/bench"
	"mirsad/internal/clickhouse"
	"mirsad/internal/config"
	"mirsad/internal/engine"
)

// errNotMet is what bench fails with.
var errNotMet = errors.New("a measure is not met: see the lines marked NOT MET")

type benchCommands struct {
	Ingest benchIngest `cmd:"" help:"Measure ingestion beside raw inserts of the same rows."`
}

type benchIngest struct {
	JSON bool          `name:"json" help:"Print the measures as JSON."`
	Each time.Duration `default:"8s" help:"How long each load lasts."`
}

// Run starts a server and its engine on an empty folder, loads them, and prints what was measured.
func (c benchIngest) Run(ctx context.Context, settings config.Settings, std streams) error {
	folder, err := os.MkdirTemp("", "mirsad-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder
	settings.DataDir, settings.ClickHouseURL = folder, ""
	server, err := startServer(ctx, settings, std)
	if err != nil {
		return err
	}
	defer server.stop()
	measures, err := c.measure(ctx, settings, server, std)
	if err != nil {
		return err
	}
	write := bench.WriteTable
	if c.JSON {
		write = bench.WriteJSON
	}
	if err := write(std.out, measures); err != nil {
		return err
	}
	if !bench.Met(measures) {
		return errNotMet
	}
	return nil
}

func (c benchIngest) measure(
	ctx context.Context, settings config.Settings, server *server, std streams,
) ([]bench.Measure, error) {
	store, err := openStore(ctx, settings, std)
	if err != nil {
		return nil, err
	}
	defer store.close()
	endpoint, err := engine.ReadEndpoint(settings.DataDir)
	if err != nil {
		return nil, err
	}
	raw, err := rawStore(ctx, store, endpoint)
	if err != nil {
		return nil, err
	}
	defer func() { store.logFault("close the raw store", raw.Close()) }()
	address, err := url.Parse(server.URL)
	if err != nil {
		return nil, err
	}
	bearers, err := benchProgramme(ctx, store)
	if err != nil {
		return nil, err
	}
	measures, err := bench.Ingest(ctx, bench.Service{
		Host: address.Host, Bearers: bearers, PID: server.PID, EnginePID: endpoint.PID,
		Settle: server.settle, Raw: raw, Now: std.now,
	}, c.Each)
	if err != nil {
		return nil, err
	}
	totals, err := store.Totals(ctx)
	if err != nil {
		return nil, err
	}
	return measures, agreement(verdict{Totals: totals})
}

// rawStore is a second database of the same tables, into which rows go straight from the driver.
func rawStore(ctx context.Context, s *store, endpoint engine.Endpoint) (*clickhouse.DB, error) {
	address, err := url.Parse(endpoint.URL)
	if err != nil {
		return nil, err
	}
	address.User = url.UserPassword(engine.UserAdmin, endpoint.Passwords[engine.UserAdmin])
	return clickhouse.Open(ctx,
		clickhouse.Configuration{URL: address.String(), Database: "mirsad_raw", Zone: s.zone},
		clickhouse.Dependencies{Logger: s.log, Now: s.now})
}

// benchProgramme records the entities and services of the load and returns a bearer for each entity.
func benchProgramme(ctx context.Context, s *store) ([]string, error) {
	if _, err := s.AppendAll(ctx, bench.Catalogue()); err != nil {
		return nil, err
	}
	tokens, err := newTokens(s, nil)
	if err != nil {
		return nil, err
	}
	bearers := make([]string, bench.Entities)
	for n := range bearers {
		bearers[n], _, err = tokens.Create(
			ctx, []access.Scope{access.ScopeEvents}, bench.EntityCode(n), s.now().Add(24*time.Hour),
		)
		if err != nil {
			return nil, err
		}
	}
	return bearers, nil
}
