package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"syscall"
	"time"

	"mirsad/ingest/source"
	"mirsad/internal/account"
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

func (c benchIngest) measure(ctx context.Context, settings config.Settings, server *server, std streams) ([]bench.Measure, error) {
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
	bearers, err := benchProgramme(ctx, settings, store)
	if err != nil {
		return nil, err
	}
	measures, err := bench.Ingest(ctx, bench.Service{
		Host: address.Host, Bearers: bearers, PID: server.PID, EnginePID: endpoint.PID,
		Settle: server.settle, Raw: raw.InsertUsage, Now: time.Now,
	}, c.Each)
	if err != nil {
		return nil, err
	}
	totals, err := store.Totals(ctx)
	if err != nil {
		return nil, err
	}
	return measures, agreement(totals)
}

// rawStore is a second database of the same tables, into which rows go straight from the driver.
func rawStore(ctx context.Context, s *store, endpoint engine.Endpoint) (*clickhouse.DB, error) {
	address, err := url.Parse(endpoint.URL)
	if err != nil {
		return nil, err
	}
	address.User = url.UserPassword(engine.UserAdmin, endpoint.Passwords[engine.UserAdmin])
	raw, err := clickhouse.Open(ctx,
		clickhouse.Configuration{URL: address.String(), Database: "mirsad_raw", Zone: s.zone},
		clickhouse.Dependencies{Logger: s.log, Now: time.Now})
	if err != nil {
		return nil, err
	}
	return raw, raw.Migrate(ctx)
}

// benchProgramme records the entities and services of the load and returns a bearer for each entity.
func benchProgramme(ctx context.Context, settings config.Settings, s *store) ([]string, error) {
	if _, err := s.AppendAll(ctx, bench.Catalogue()); err != nil {
		return nil, err
	}
	accounts, err := newAccounts(settings, s)
	if err != nil {
		return nil, err
	}
	bearers := make([]string, bench.Entities)
	for n := range bearers {
		bearers[n], _, err = accounts.CreateToken(ctx, []account.Scope{account.ScopeEvents}, bench.EntityCode(n), time.Now().Add(24*time.Hour))
		if err != nil {
			return nil, err
		}
	}
	return bearers, nil
}

// server is another process of this program that serves.
type server struct {
	serviceFile
	command *exec.Cmd
	ended   chan struct{}
}

// startServer starts `mirsad serve` on a data folder, on free ports, and waits until it is ready.
func startServer(ctx context.Context, settings config.Settings, std streams) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &server{command: exec.Command(self, "serve"), ended: make(chan struct{})} //nolint:gosec,noctx // this program; it is stopped in order
	s.command.Env = append(os.Environ(), "MIRSAD_DATA_DIR="+settings.DataDir, "MIRSAD_CLICKHOUSE_URL=",
		"MIRSAD_LISTEN=127.0.0.1:0", "MIRSAD_METRICS_LISTEN=127.0.0.1:0")
	s.command.Stderr = std.words
	if err := s.command.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	go func() { _ = s.command.Wait(); close(s.ended) }()
	if err := s.ready(ctx, settings.DataDir); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// ready waits until the server has written where it listens.
func (s *server) ready(ctx context.Context, dataDir string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		file, err := readServiceFile(dataDir)
		if err == nil && file.PID == s.command.Process.Pid {
			s.serviceFile = file
			return nil
		}
		select {
		case <-s.ended:
			return errors.New("the server ended: see its words above")
		case <-ctx.Done():
			return fmt.Errorf("the server is not ready: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (s *server) stop() {
	_ = s.command.Process.Signal(syscall.SIGTERM) // it has ended already, or it ends now
	select {
	case <-s.ended:
	case <-time.After(stopWithin + time.Second):
		_ = s.command.Process.Kill()
		<-s.ended
	}
}

// settle waits until everything accepted is in the store and in its rollups.
func (s *server) settle(ctx context.Context) error {
	client := source.NewClient(s.URL, s.Operator, &http.Client{Timeout: 10 * time.Minute})
	for {
		settled, err := client.Settled(ctx)
		if err != nil || settled {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
