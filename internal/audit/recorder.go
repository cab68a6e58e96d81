package audit

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// Store keeps the audit record.
type Store interface {
	// AppendAudit adds rows of one chain as one block; the same block again changes nothing.
	AppendAudit(ctx context.Context, rows []Row) error
	// AuditHeads returns the newest row of every chain but the given one.
	AuditHeads(ctx context.Context, chain string) ([]Head, error)
	// AuditRows returns up to limit rows that the filter chooses, newest first, after the cursor's; zero: from the
	// newest.
	AuditRows(ctx context.Context, filter Filter, after Cursor, limit int) ([]Row, error)
}

// Configuration sets how the audit is written; a zero value takes the default beside it.
type Configuration struct {
	// Operator is the actor where no request names one, such as operator/<name>.
	Operator string // operator/command
	// AnchorEvery is the time between two anchors.
	AnchorEvery time.Duration // 1 h
	// Most is how many rows wait in memory while the database is away. Refusals may take four fifths of it.
	Most int // 10,000
	// Zone is the programme's: the days from and to of a search are its days.
	Zone *time.Location // UTC
}

// Dependencies are what the audit needs.
type Dependencies struct {
	Store  Store
	Logger *slog.Logger
	Now    func() time.Time
	// Registerer takes the metrics; nil: they are not published.
	Registerer prometheus.Registerer
}

// Recorder writes down who did what, as one chain a process in which each row holds the hash of the one before it. It
// is safe for use by many goroutines; a nil one writes nothing.
type Recorder struct {
	configuration Configuration
	dependencies  Dependencies
	chain         string
	metrics       metrics
	wake          chan struct{}
	sending       chan struct{} // holds one value: the goroutine that takes it sends

	mu       sync.Mutex
	seq      uint64 // of the newest row, written or waiting
	head     Hash
	waiting  []Row
	block    int               // how many of them were sent and not acknowledged: they are sent again as they are
	held     map[string]uint64 // the heads that this chain's anchors hold
	refusals refusals
	end      context.CancelFunc
	ended    chan struct{}
}

const (
	defaultAnchorEvery = time.Hour
	defaultMostWaiting = 10_000
	// mostInBlock bounds one insert.
	mostInBlock = 1_000
	// longestText and longestJSON bound what a request can put into a row, in bytes.
	longestText = 500
	longestJSON = 64 << 10

	// Anonymous is the actor of a request that nobody is signed in for.
	Anonymous = "anonymous"
	system    = "system"
)

// New returns an audit with a chain of its own. Without Start it writes what is recorded when it is asked to
// settle or stop, as a command does.
func New(cfg Configuration, deps Dependencies) (*Recorder, error) {
	if deps.Store == nil || deps.Logger == nil || deps.Now == nil {
		return nil, fmt.Errorf("%w: the audit needs a store, a logger and a clock", programme.ErrInvalid)
	}
	if cfg.Operator == "" {
		cfg.Operator = "operator/command"
	}
	if cfg.AnchorEvery == 0 {
		cfg.AnchorEvery = defaultAnchorEvery
	}
	if cfg.Most == 0 {
		cfg.Most = defaultMostWaiting
	}
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	a := &Recorder{
		configuration: cfg, dependencies: deps, chain: rand.Text(),
		wake: make(chan struct{}, 1), sending: make(chan struct{}, 1), held: map[string]uint64{},
		refusals: refusals{seen: map[string]*repeated{}},
	}
	a.metrics = newMetrics(a)
	return a, a.metrics.register(deps.Registerer)
}

// Entry is what somebody did, to be written down. Who did it and in which request is taken from the context.
type Entry struct {
	Action Action
	Object string
	// Entity is whose object it is; empty: the actor's own.
	Entity string
	// Before and After are written as JSON; they hold no secret.
	Before, After, Detail any
	// Reason is why it was refused; empty: it was done.
	Reason string
	// Actor and Role replace the context's, for when the context does not know yet, or no longer knows, who acts.
	Actor, Role string
}

// Capacity is asked before something that must not happen unrecorded: it is ErrUnavailable when no more rows can be
// kept.
func (a *Recorder) Capacity() error {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.waiting) >= a.configuration.Most {
		return fmt.Errorf("%w: the audit record can't be written and its memory is full", programme.ErrUnavailable)
	}
	return nil
}

// Record writes down what was done or refused after Capacity allowed it; it never waits for the database.
func (a *Recorder) Record(ctx context.Context, entry Entry) {
	if a == nil {
		return
	}
	row := a.rowOf(ctx, entry)
	a.mu.Lock()
	a.keep(row)
	a.mu.Unlock()
	a.notify()
}

// settleWithin is how long an act waits for its row to be written. The act is done by then, and the row is kept anyway.
const settleWithin = 2 * time.Second

// Settle waits a little until everything recorded is written.
func (a *Recorder) Settle(ctx context.Context) {
	if a == nil {
		return
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer stop()
	if err := a.flush(ctx); err != nil {
		a.dependencies.Logger.WarnContext(ctx, "audit rows wait to be written", slog.String("error", err.Error()))
	}
}

// keep gives the row its place in the chain; the lock is held.
func (a *Recorder) keep(row Row) {
	row.RecordedAt = a.dependencies.Now().UTC().Truncate(time.Microsecond)
	row.Follow(a.chain, a.seq, a.head)
	a.seq, a.head = row.Seq, row.Hash
	a.waiting = append(a.waiting, row)
}

func (a *Recorder) notify() {
	select {
	case a.wake <- struct{}{}:
	default: // a signal is already waiting
	}
}

// rowOf returns the entry as a row without a place.
func (a *Recorder) rowOf(ctx context.Context, e Entry) Row {
	row := Row{
		Request: httpserver.Reference(ctx),
		Actor:   e.Actor,
		Role:    e.Role,
		Entity:  clipped(e.Entity),
		Action:  e.Action,
		Object:  clipped(e.Object),
		Before:  jsonOf(e.Before),
		After:   jsonOf(e.After),
		Detail:  jsonOf(e.Detail),
		Outcome: Done,
		Reason:  clipped(e.Reason),
	}
	if e.Reason != "" {
		row.Outcome = Refused
	}
	who, known := access.PrincipalFrom(ctx)
	switch {
	case row.Actor != "":
	case known:
		row.Actor, row.Role = who.ID, who.RoleName()
	case row.Request != "":
		row.Actor = Anonymous
	default:
		row.Actor = a.configuration.Operator
	}
	if row.Entity == "" && known {
		row.Entity = who.Entity
	}
	return row
}

// clipped bounds a text that comes with a request.
func clipped(text string) string {
	if len(text) > longestText {
		text = text[:longestText] + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// jsonOf writes a value as JSON; nothing is "". What can't be written or is too long says so in its place: that the
// thing was done counts more than how it looked.
func jsonOf(value any) string {
	if value == nil {
		return ""
	}
	written, err := json.Marshal(value)
	if err != nil {
		return `{"not_written":"it is no JSON"}`
	}
	if len(written) > longestJSON {
		return fmt.Sprintf(`{"not_written":"it has %d bytes"}`, len(written))
	}
	return string(written)
}
