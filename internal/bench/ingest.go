package bench

import (
	"context"
	"fmt"
	"time"
)

// Service is the running program under load.
type Service struct {
	// Host is host:port of its API; Bearers are tokens for events, that of EntityCode(n) at n.
	Host    string
	Bearers []string
	// PID and EnginePID are its process and that of its database.
	PID, EnginePID int
	// Settle returns once everything accepted is in the store and in its rollups.
	Settle func(ctx context.Context) error
	Raw    RawTable
	Now    func() time.Time
}

// The shapes of the load.
const (
	bulkConnections  = 8
	bulkEvents       = 500
	smallConnections = 64
	smallEvents      = 10
)

// Ingest measures ingestion, each load for so long, and the raw inserts before and after as the baseline.
func Ingest(ctx context.Context, s Service, each time.Duration) ([]Measure, error) {
	b := ingestBench{Service: s, each: each, run: s.Now().Format("150405"), at: s.Now().Add(-time.Minute)}
	before, err := rawInsert(ctx, s.Raw, s.Now, each)
	if err != nil {
		return nil, fmt.Errorf("raw insert: %w", err)
	}
	bulk, err := b.bulk(ctx)
	if err != nil {
		return nil, fmt.Errorf("batches of %d: %w", bulkEvents, err)
	}
	small, err := b.load(ctx, smallConnections, smallEvents)
	if err != nil {
		return nil, fmt.Errorf("batches of %d: %w", smallEvents, err)
	}
	single, err := b.load(ctx, smallConnections, 1)
	if err != nil {
		return nil, fmt.Errorf("single events: %w", err)
	}
	after, err := rawInsert(ctx, s.Raw, s.Now, each)
	if err != nil {
		return nil, fmt.Errorf("raw insert: %w", err)
	}
	peak, err := peakMemory(s.PID)
	if err != nil {
		return nil, err
	}
	raw := (before + after) / 2
	return []Measure{
		told("raw insert", raw, "rows/s"),
		more("end to end, batches of 500", bulk.endToEnd, "events/s", raw, 0.4),
		more("acknowledged, batches of 500", bulk.acknowledged, "events/s", raw, 0.5),
		more("acknowledged, batches of 10", small.rate(), "events/s", 60_000, 1),
		more("acknowledged, single events", single.rate(), "requests/s", 10_000, 1),
		less("single events, p99", single.percentile(0.99).Seconds()*1000, "ms", 30),
		told("CPU of the service", bulk.serviceCPU, "µs/event"),
		told("CPU of the engine", bulk.engineCPU, "µs/event"),
		less("peak memory of the service", peak, "MB", 600),
	}, nil
}

func (s sent) rate() float64 { return float64(s.accepted) / s.took.Seconds() }

type ingestBench struct {
	Service
	each  time.Duration
	run   string
	loads int
	at    time.Time
}

// load sends for the set time and waits until all of it is in the rollups.
func (b *ingestBench) load(ctx context.Context, connections, events int) (sent, error) {
	b.loads++
	bodies := make([]*body, connections)
	for n := range bodies {
		bodies[n] = newBody(b.Host, b.Bearers[n%len(b.Bearers)], fmt.Sprintf("%s-%d", b.run, b.loads), n, events, b.at)
	}
	result, err := send(ctx, b.Service, bodies, b.each)
	if err != nil {
		return result, err
	}
	return result, b.Settle(ctx)
}

type bulk struct{ endToEnd, acknowledged, serviceCPU, engineCPU float64 }

func (b *ingestBench) bulk(ctx context.Context) (bulk, error) {
	before, err := b.cpu()
	if err != nil {
		return bulk{}, err
	}
	began := b.Now()
	result, err := b.load(ctx, bulkConnections, bulkEvents)
	if err != nil {
		return bulk{}, err
	}
	took := b.Now().Sub(began)
	after, err := b.cpu()
	if err != nil {
		return bulk{}, err
	}
	perEvent := func(cpu time.Duration) float64 {
		return float64(cpu.Microseconds()) / float64(max(result.accepted, 1))
	}
	return bulk{
		endToEnd: float64(result.accepted) / took.Seconds(), acknowledged: result.rate(),
		serviceCPU: perEvent(after[0] - before[0]), engineCPU: perEvent(after[1] - before[1]),
	}, nil
}

// cpu returns what the service and the engine have used so far.
func (b *ingestBench) cpu() ([2]time.Duration, error) {
	service, err := cpuTime(b.PID)
	if err != nil {
		return [2]time.Duration{}, err
	}
	database, err := cpuTime(b.EnginePID)
	return [2]time.Duration{service, database}, err
}
