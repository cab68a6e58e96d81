package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Times that nobody needs to set.
const (
	readyPoll     = 10 * time.Millisecond
	firstStarts   = 3 // a port may be taken between finding and using it
	shortestPause = 50 * time.Millisecond
	longestPause  = 5 * time.Second
	steadyAfter   = 2 * time.Second // after a child that served this long the pauses begin anew
	defaultReady  = 30 * time.Second
	defaultStop   = 10 * time.Second
	// An engine that is silent is killed after (1 + 1/askEvery) × mostSilent times the time for an answer, 24 s.
	defaultAnswer   = 10 * time.Second
	askEvery        = 5
	mostSilent      = 2
	defaultDatabase = "mirsad"
)

// Configuration sets where and how the engine runs; only DataDir must be given.
type Configuration struct {
	// DataDir is the program's data folder; the engine keeps everything in its subfolder engine.
	DataDir string
	// Library is the path of libchdb.so; empty means DefaultLibrary.
	Library string
	// Databases are those that the users get their rights in; none means mirsad.
	Databases []string
	// MemoryBytes bounds the engine's memory; 0 means 6 GiB.
	MemoryBytes int64
	// ReadyTimeout bounds one start, StopTimeout the wait for an orderly end; 0 means 30 s and 10 s.
	ReadyTimeout, StopTimeout time.Duration
	// AnswerWithin is how long a running child may take to answer the simplest question; one that is late twice running
	// is ended and started anew. 0 means 10 s.
	AnswerWithin time.Duration
}

// Dependencies are what the engine needs.
type Dependencies struct {
	Logger *slog.Logger
	Now    func() time.Time
	// Executable is the program that calls ChildHook first; empty means the running one.
	Executable string
	// OnRestart is called after each restart of a child that died, with the reason; nil means nobody asks.
	OnRestart func(reason error)
}

// Engine is a supervised ClickHouse on one data folder.
type Engine struct {
	Configuration
	Dependencies

	folder  string
	library string
	client  *http.Client

	lifetime context.Context //nolint:containedctx // from Start to Stop, for the supervisor
	cancel   context.CancelFunc
	done     chan struct{} // closed when the supervisor has returned
	lock     *os.File
	backOff  time.Duration // the supervisor's; grows while the child keeps dying
	restarts atomic.Int64

	mu       sync.Mutex
	endpoint Endpoint
	child    *process
}

// New returns an engine that is not running yet; ErrNoLibrary when its library is missing.
func New(cfg Configuration, deps Dependencies) (*Engine, error) {
	e := &Engine{Configuration: cfg, Dependencies: deps, library: cfg.Library}
	if e.library == "" {
		e.library = DefaultLibrary()
	}
	if err := checkLibrary(e.library); err != nil {
		return nil, err
	}
	var err error
	if e.library, err = filepath.Abs(e.library); err != nil {
		return nil, err
	}
	if e.folder, err = filepath.Abs(engineFolder(cfg.DataDir)); err != nil {
		return nil, err
	}
	if e.Executable == "" {
		if e.Executable, err = os.Executable(); err != nil {
			return nil, fmt.Errorf("find this program: %w", err)
		}
	}
	e.setDefaults()
	e.client = &http.Client{Timeout: e.ReadyTimeout, Transport: &http.Transport{DisableKeepAlives: true}}
	return e, nil
}

func (e *Engine) setDefaults() {
	if len(e.Databases) == 0 {
		e.Databases = []string{defaultDatabase}
	}
	if e.MemoryBytes == 0 {
		e.MemoryBytes = defaultMemoryBytes
	}
	if e.ReadyTimeout == 0 {
		e.ReadyTimeout = defaultReady
	}
	if e.AnswerWithin == 0 {
		e.AnswerWithin = defaultAnswer
	}
	if e.StopTimeout == 0 {
		e.StopTimeout = defaultStop
	}
}

// Start starts the child and returns when it answers; from then on it is restarted whenever it dies.
// ErrFolderHeld: another process runs an engine on the folder.
func (e *Engine) Start(ctx context.Context) error {
	lock, err := holdFolder(e.folder)
	if err != nil {
		return err
	}
	e.lock = lock
	e.lifetime, e.cancel = context.WithCancel(context.WithoutCancel(ctx))
	e.done = make(chan struct{})
	_ = os.Remove(filepath.Join(e.folder, endpointFile)) // a killed engine's; it holds passwords of the past
	if err := e.firstStart(ctx); err != nil {
		e.cancel()
		e.cancel = nil     // there is nothing to stop
		_ = e.lock.Close() // gives the folder back
		return err
	}
	go e.supervise()
	return nil
}

// firstStart tries a few ports, for one may be taken between finding and using it, and waits for the folder
// of an engine that is just dying with its parent.
func (e *Engine) firstStart(ctx context.Context) error {
	passwords := newPasswords()
	var failure error
	for range firstStarts {
		port, err := freePort(ctx)
		if err != nil {
			return err
		}
		if err := e.writeSettings(port, passwords); err != nil {
			return fmt.Errorf("write the engine's settings: %w", err)
		}
		endpoint := Endpoint{URL: fmt.Sprintf("http://127.0.0.1:%d", port), Passwords: passwords}
		if failure = e.run(ctx, endpoint); failure == nil {
			return nil
		}
		if errors.Is(failure, ErrNoLibrary) || pause(ctx, shortestPause) != nil {
			break
		}
	}
	return failure
}

// run starts the child at the endpoint, waits until it is ready and makes it known.
func (e *Engine) run(ctx context.Context, endpoint Endpoint) error {
	began := e.Now()
	child, err := e.startProcess()
	if err != nil {
		return err
	}
	if err := e.awaitReady(ctx, child, endpoint); err != nil {
		_ = child.signal(syscall.SIGKILL) // it is of no use; its own failure is what counts
		<-child.ended
		return err
	}
	e.mu.Lock()
	e.child = child
	e.mu.Unlock()
	endpoint.PID = child.pid
	if err := e.publish(endpoint); err != nil {
		_ = child.signal(syscall.SIGKILL) // nobody could find it
		<-child.ended
		return err
	}
	e.Logger.InfoContext(ctx, "engine ready", slog.String("url", endpoint.URL), slog.Int("pid", child.pid),
		slog.Duration("after", e.Now().Sub(began)))
	return nil
}

// Endpoint returns how to reach the running engine.
func (e *Engine) Endpoint() Endpoint {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.endpoint
}

// Stop ends the child in order, by force after StopTimeout or when the context ends, and gives the folder back.
func (e *Engine) Stop(ctx context.Context) error {
	if e.cancel == nil {
		return nil
	}
	ctx, release := context.WithTimeout(ctx, e.StopTimeout)
	defer release()
	e.cancel()
	select {
	case <-e.done:
	case <-ctx.Done():
		_ = e.running().signal(syscall.SIGKILL) // the wait below is for its end
		<-e.done
	}
	e.cancel = nil
	_ = os.Remove(filepath.Join(e.folder, endpointFile)) // already gone is as good
	if err := e.lock.Close(); err != nil {
		return fmt.Errorf("give the engine's folder back: %w", err)
	}
	return nil
}

func (e *Engine) running() *process {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.child
}
