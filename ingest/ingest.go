// Package ingest takes events from agencies and importers and brings them to the store.
//
// A body is decoded and judged row by row; accepted rows, refused rows and the
// receipt go to the spool as one record, and the answer is sent once that is on
// disk. The writer carries chunks of the spool to the store, so that a retry is
// the identical block under the identical token, and the rollup worker has the
// slices that were touched recomputed.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/ingest/fair"
	"mirsad/ingest/owners"
	"mirsad/ingest/spool"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Configuration holds what may be tuned; a zero field takes its default.
type Configuration struct {
	// ChunkRows is the number of rows at which a chunk is written without waiting for more; default 100,000.
	// With one more body a chunk has at most ChunkRows + 10,000 rows.
	ChunkRows int
	// ChunkAge is how long a row waits for others before its chunk is written; default 1 s.
	ChunkAge time.Duration
	// RetryFirst and RetryLast are the first and the longest pause after a failed write; default 100 ms and 15 s.
	RetryFirst, RetryLast time.Duration
	// AttemptFirst is how long the store may take for one thing at first, and twice as long after each time that was too
	// little, up to five minutes; default 5 s.
	AttemptFirst time.Duration
	// RollupEvery is the longest pause between two looks for dirty slices, also those of other machines; default 10 s.
	RollupEvery time.Duration
	// CatalogueEvery is the shortest pause between two readings of the catalogue; default 1 s.
	CatalogueEvery time.Duration
	// InflatedBudget bounds, in bytes, what all bodies under way hold together; default 256 MiB. One token may hold a
	// quarter of it.
	InflatedBudget int64
	// TokenEvents is how many events a second a token may send in the long run; default 100,000. Ten seconds' worth may
	// come at once.
	TokenEvents int
}

func (c Configuration) withDefaults() Configuration {
	setDefault(&c.ChunkRows, 100_000)
	setDefault(&c.ChunkAge, time.Second)
	setDefault(&c.RetryFirst, 100*time.Millisecond)
	setDefault(&c.RetryLast, 15*time.Second)
	setDefault(&c.AttemptFirst, 5*time.Second)
	setDefault(&c.RollupEvery, 10*time.Second)
	setDefault(&c.CatalogueEvery, time.Second)
	setDefault(&c.InflatedBudget, 256<<20)
	setDefault(&c.TokenEvents, 100_000)
	return c
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Dependencies are what the ingestion is given; all are required.
type Dependencies struct {
	Store Store
	// Spool stays the giver's: it is closed by them, after Stop.
	Spool      *spool.Spool
	Words      *i18n.Bundle
	Logger     *slog.Logger
	Registerer prometheus.Registerer
	Now        func() time.Time
	// Zone is the programme's; report dates are reckoned in it.
	Zone *time.Location
	// Settings returns the programme's settings in force as far as is known; it is asked for every body and never waits.
	Settings func() programme.Settings
}

func (d Dependencies) check() error {
	if d.Store == nil || d.Spool == nil || d.Words == nil || d.Logger == nil || d.Registerer == nil ||
		d.Now == nil || d.Zone == nil || d.Settings == nil {
		return errors.New("ingest: a dependency is missing")
	}
	return nil
}

// Ingest receives events, writes them to the store and keeps the rollups right.
type Ingest struct {
	configuration Configuration
	Dependencies
	catalogue *owners.Catalogue
	pending   *pendingReceipts
	metrics   *metrics
	sharing   *fair.Sharing
	budgets   *fair.Budgets
	writer    *writer
	rollup    *rollup

	stop    context.CancelFunc
	running sync.WaitGroup
}

// New returns an ingestion that receives at once and writes after Start.
func New(configuration Configuration, dependencies Dependencies) (*Ingest, error) {
	if err := dependencies.check(); err != nil {
		return nil, err
	}
	c := configuration.withDefaults()
	m, err := newMetrics(dependencies.Registerer, dependencies.Spool, dependencies.Now)
	if err != nil {
		return nil, fmt.Errorf("ingest metrics: %w", err)
	}
	i := &Ingest{
		configuration: c, Dependencies: dependencies, metrics: m,
		catalogue: owners.New(dependencies.Store, c.CatalogueEvery, dependencies.Now),
		pending:   newPendingReceipts(),
		sharing:   fair.NewSharing(c.InflatedBudget),
		budgets:   fair.NewBudgets(c.TokenEvents, dependencies.Now),
	}
	i.rollup = newRollup(c, dependencies, m)
	for _, collector := range []prometheus.Collector{rollupLag(i.rollup), catalogueAge(i.catalogue)} {
		if err := dependencies.Registerer.Register(collector); err != nil {
			return nil, fmt.Errorf("ingest metrics: %w", err)
		}
	}
	i.writer = newWriter(c, dependencies, m, i.rollup, i.pending)
	return i, nil
}

// Start reads the catalogue and starts the writer and the rollup worker. They end
// with Stop or with ctx; the store being away is no error, they wait for it.
func (i *Ingest) Start(ctx context.Context) error {
	ctx, i.stop = context.WithCancel(ctx)
	if err := i.catalogue.Refresh(ctx, i.catalogue.Readings()); err != nil {
		i.Logger.WarnContext(ctx, "catalogue not read yet", slog.Any("error", err))
	}
	i.running.Go(func() { i.catalogue.Run(ctx) })
	i.running.Go(func() { i.writer.run(ctx) })
	i.running.Go(func() { i.rollup.run(ctx) })
	return nil
}

// Check reports whether events can be taken now: the spool has room, and the catalogue was read once.
func (i *Ingest) Check(ctx context.Context) error {
	if !i.catalogue.Known() {
		return fmt.Errorf("%w: the catalogue was not read yet", programme.ErrUnavailable)
	}
	return i.Spool.Check(ctx)
}

// Stop ends the writer and the rollup worker and waits for them until ctx ends;
// what they had not written stays in the spool.
func (i *Ingest) Stop(ctx context.Context) error {
	if i.stop == nil {
		return nil
	}
	i.stop()
	done := make(chan struct{})
	go func() { i.running.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop ingest: %w", ctx.Err())
	}
}
