package clickhousetest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"mirsad/internal/clocktest"
	"mirsad/internal/engine"
)

// How many tests may hold a database at once; the engine's users have their rights in these.
const databases = 64

// shared is the one engine of this test process.
var shared = newTestEngine()

type testEngine struct {
	free chan struct{} // one for each database that nobody uses now

	mu     sync.Mutex
	names  []string // of databases that nobody uses now; the last was used last
	engine *engine.Engine
	copies *copies
	err    error
	folder string
}

func newTestEngine() *testEngine {
	e := &testEngine{free: make(chan struct{}, databases)}
	for i := range databases {
		e.names = append(e.names, databaseName(databases-1-i))
		e.free <- struct{}{}
	}
	return e
}

func databaseName(i int) string { return fmt.Sprintf("test_%02d", i) }

// take waits for a database that nobody uses: the one used last, for it has its tables already.
func (e *testEngine) take() string {
	<-e.free
	e.mu.Lock()
	defer e.mu.Unlock()
	last := len(e.names) - 1
	name := e.names[last]
	e.names = e.names[:last]
	return name
}

// give lets another test use the database.
func (e *testEngine) give(name string) {
	e.mu.Lock()
	e.names = append(e.names, name)
	e.mu.Unlock()
	e.free <- struct{}{}
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
		cfg.Databases = append(cfg.Databases, databaseName(i))
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

// template returns what makes databases like the migrated one, which it makes when first asked.
func (e *testEngine) template(ctx context.Context) (*copies, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	var err error
	if e.copies == nil {
		e.copies, err = newCopies(ctx, e.engine.Endpoint())
	}
	return e.copies, err
}

// stop stops the engine, if it runs, and removes what it kept.
func (e *testEngine) stop() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	var err error
	if e.copies != nil {
		err = e.copies.admin.Close()
	}
	if e.engine != nil {
		err = errors.Join(err, e.engine.Stop(context.Background()))
	}
	if e.folder != "" {
		err = errors.Join(err, os.RemoveAll(e.folder))
	}
	return err
}
