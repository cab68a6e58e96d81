// Package clickhousetest gives each test a migrated database of its own on a real engine.
package clickhousetest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"mirsad/internal/clickhouse"
	"mirsad/internal/clocktest"
	"mirsad/internal/engine"
)

// How many tests may hold a database at once; the engine's users have their rights in these.
const databases = 64

// Main runs a package's tests and stops the engine after them; call it from TestMain. In the engine's child,
// which is the same test binary, it is the engine.
func Main(m *testing.M) {
	if engine.ChildHook() {
		return
	}
	code := m.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "clickhousetest:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// New returns a migrated database of the test's own, dropped when the test ends. Without the engine's library
// the test is skipped with the reason; when CI=true it fails.
func New(tb testing.TB) *clickhouse.DB {
	tb.Helper()
	return NewWith(tb, clocktest.Now, time.UTC)
}

// NewWith is New with a clock and the programme's zone.
func NewWith(tb testing.TB, now func() time.Time, zone *time.Location) *clickhouse.DB {
	tb.Helper()
	endpoint := Endpoint(tb)
	name := <-shared.names
	db, err := clickhouse.Open(tb.Context(),
		clickhouse.Configuration{URL: endpoint.URL, Passwords: endpoint.Passwords, Database: name, Zone: zone},
		clickhouse.Dependencies{Logger: slog.New(slog.DiscardHandler), Now: now})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := errors.Join(db.Drop(context.Background()), db.Close()); err != nil {
			tb.Error(err)
		}
		shared.names <- name
	})
	if err := db.Migrate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return db
}

// Endpoint returns the test process's engine, started when first asked for. Databases of tests are
// test_00 to test_63.
func Endpoint(tb testing.TB) engine.Endpoint {
	tb.Helper()
	running, err := shared.start()
	if errors.Is(err, engine.ErrNoLibrary) && os.Getenv("CI") != "true" {
		tb.Skip(err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return running.Endpoint()
}

// shared is the one engine of this test process.
var shared = newTestEngine()

type testEngine struct {
	names chan string // of databases nobody uses now

	mu     sync.Mutex
	engine *engine.Engine
	err    error
	folder string
}

func newTestEngine() *testEngine {
	e := &testEngine{names: make(chan string, databases)}
	for i := range databases {
		e.names <- fmt.Sprintf("test_%02d", i)
	}
	return e
}

// start starts the engine once; a failure is not tried again.
func (e *testEngine) start() (*engine.Engine, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.engine != nil || e.err != nil {
		return e.engine, e.err
	}
	if e.folder, e.err = os.MkdirTemp("", "mirsad-engine-*"); e.err != nil {
		return nil, e.err
	}
	cfg := engine.Configuration{DataDir: e.folder, Library: os.Getenv("MIRSAD_ENGINE_LIBRARY"), MemoryBytes: 3 << 30}
	for i := range databases {
		cfg.Databases = append(cfg.Databases, fmt.Sprintf("test_%02d", i))
	}
	created, err := engine.New(cfg, engine.Dependencies{Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err == nil {
		err = created.Start(context.Background())
	}
	if e.err = err; err == nil {
		e.engine = created
	}
	return e.engine, e.err
}

// stop stops the engine, if it runs, and removes what it kept.
func (e *testEngine) stop() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	var err error
	if e.engine != nil {
		err = e.engine.Stop(context.Background())
	}
	if e.folder != "" {
		err = errors.Join(err, os.RemoveAll(e.folder))
	}
	return err
}
