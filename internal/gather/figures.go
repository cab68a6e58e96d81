package gather

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Store is what figures are gathered from.
type Store interface {
	// Facts returns the facts of the families recorded by asAt; a zero asAt means now.
	Facts(ctx context.Context, families []programme.Family, asAt time.Time) ([]programme.Fact, error)
	Rollouts(ctx context.Context, asAt time.Time) ([]programme.Rollout, error)
	// Milestones returns the finished phases of milestones.
	Milestones(ctx context.Context, asAt time.Time) ([]programme.MilestoneEvent, error)
	Use(ctx context.Context, asAt time.Time) (programme.Use, error)
	// Days returns the sums of events by day; both ends are included.
	Days(ctx context.Context, asAt time.Time, from, to civil.Date) ([]programme.EventSum, error)
	// DaysOf is Days of some services.
	DaysOf(ctx context.Context, asAt time.Time, services []string, from, to civil.Date) ([]programme.EventSum, error)
	// IDsOnSeveralDays finds event ids that stand on more than one of the days, as raw events are now, most first.
	IDsOnSeveralDays(ctx context.Context, from, to civil.Date, limit int) ([]programme.Finding, error)
	// OpenRefusals counts the refused rows that waited to be mended at a moment.
	OpenRefusals(ctx context.Context, asAt time.Time) ([]programme.RefusedRows, error)
	// DataVersion names the newest data and when it was recorded.
	DataVersion(ctx context.Context) (string, time.Time, error)
}

// Configuration sets how figures are kept.
type Configuration struct {
	// Zone is the programme's: an as-at day ends there.
	Zone *time.Location
	// VersionEvery is how long a data version is taken as the newest (docs/rules.md#data-version).
	VersionEvery time.Duration
}

// Dependencies are what figures need.
type Dependencies struct {
	Store Store
	Now   func() time.Time
}

// Figures answers questions about the programme; it is safe for use by many goroutines.
type Figures struct {
	Configuration
	Dependencies

	flight singleflight.Group

	mu       sync.Mutex
	version  version
	known    *shelf[*figures.Knowledge]
	computed *shelf[*figures.Figures]
	tested   *shelf[*figures.Backtest]
	owed     *shelf[*figures.Submissions]
	doubts   *shelf[*figures.Quality] // without the refused rows, which no data version names
}

// version is the newest data version seen, and when it was asked for.
type version struct {
	name    string
	newest  time.Time
	askedAt time.Time
}

// The numbers of pasts and dates kept at once; a few megabytes each.
const (
	knowledgeKept = 4
	figuresKept   = 32
)

// New returns figures over a store.
func New(cfg Configuration, deps Dependencies) *Figures {
	return &Figures{
		Configuration: cfg, Dependencies: deps,
		known:    newShelf[*figures.Knowledge](knowledgeKept),
		computed: newShelf[*figures.Figures](figuresKept),
		tested:   newShelf[*figures.Backtest](figuresKept),
		owed:     newShelf[*figures.Submissions](figuresKept),
		doubts:   newShelf[*figures.Quality](figuresKept),
	}
}

// Figures returns everything that the pages and the workbook show.
func (f *Figures) Figures(ctx context.Context, q figures.Question) (*figures.Figures, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	on := knowledge.On(q)
	key := knowledgeKey(q, knowledge.Today, knowledge.DataVersion) + " on " + on.String()
	return once(f, f.computed, key, func() (*figures.Figures, error) { return f.compute(knowledge, on) })
}

// Usage returns the series of use that the query asks for.
func (f *Figures) Usage(ctx context.Context, q figures.Question, query figures.UsageQuery) ([]figures.UsageSeries, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	on := knowledge.On(q)
	if query.Grain == civil.GrainDay {
		query = byDay(query, on)
		if knowledge, err = f.knowledgeWithDays(ctx, q, query.From, query.To); err != nil {
			return nil, err
		}
	}
	return knowledge.Usage(on, query), nil
}

// Growth returns the growth of use that the query asks for.
func (f *Figures) Growth(ctx context.Context, q figures.Question, query figures.GrowthQuery) (figures.Growth, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return figures.Growth{}, err
	}
	return knowledge.Growth(knowledge.On(q), query), nil
}

// TakeUp returns the digital take-up of a period.
func (f *Figures) TakeUp(ctx context.Context, q figures.Question, period civil.Period) (figures.TakeUp, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return figures.TakeUp{}, err
	}
	return knowledge.TakeUp(knowledge.On(q), period), nil
}

// knowledge returns what was known as at the question's moment, gathered at most once per data version.
func (f *Figures) knowledge(ctx context.Context, q figures.Question) (*figures.Knowledge, error) {
	newest, err := f.newestVersion(ctx)
	if err != nil {
		return nil, err
	}
	today := f.today()
	return once(f, f.known, knowledgeKey(q, today, newest.name), func() (*figures.Knowledge, error) {
		return f.gather(context.WithoutCancel(ctx), f.knowing(q, today, newest), nil)
	})
}

// knowledgeWithDays is knowledge that also answers by day, from from to to.
func (f *Figures) knowledgeWithDays(ctx context.Context, q figures.Question, from, to civil.Date) (*figures.Knowledge, error) {
	newest, err := f.newestVersion(ctx)
	if err != nil {
		return nil, err
	}
	today := f.today()
	key := fmt.Sprintf("%s by day %s %s", knowledgeKey(q, today, newest.name), from, to)
	return once(f, f.known, key, func() (*figures.Knowledge, error) {
		days := &civil.Period{Grain: civil.GrainInterval, From: from, To: to}
		return f.gather(context.WithoutCancel(ctx), f.knowing(q, today, newest), days)
	})
}

// byDay fills in the days of a query that names none: the twelve that end with on.
func byDay(query figures.UsageQuery, on civil.Date) figures.UsageQuery {
	if query.To.IsZero() {
		query.To = on
	}
	if query.From.IsZero() {
		query.From = query.To.AddDays(-11)
	}
	return query
}

// knowledgeKey names what was known as at the question's moment. The same facts are read otherwise tomorrow: a day is
// over then, with it perhaps a month, and what was known by the end of it no longer grows.
func knowledgeKey(q figures.Question, today civil.Date, version string) string {
	return fmt.Sprintf("%s of %s read on %s", q.AsAt, version, today)
}

// today is the current day in the programme's zone.
func (f *Figures) today() civil.Date { return civil.DateOf(f.Now().In(f.Zone)) }

func (f *Figures) newestVersion(ctx context.Context) (version, error) {
	f.mu.Lock()
	last := f.version
	f.mu.Unlock()
	now := f.Now()
	if last.name != "" && now.Sub(last.askedAt) < f.VersionEvery {
		return last, nil
	}
	name, newest, err := f.Store.DataVersion(ctx)
	if err != nil {
		return version{}, fmt.Errorf("data version: %w", err)
	}
	seen := version{name: name, newest: newest, askedAt: now}
	f.mu.Lock()
	f.version = seen
	f.mu.Unlock()
	return seen, nil
}

// once returns the kept value of key, or computes and keeps it; those who ask meanwhile wait for the same one.
func once[T any](f *Figures, kept *shelf[T], key string, compute func() (T, error)) (T, error) {
	if value, found := kept.get(key); found {
		return value, nil
	}
	value, err, _ := f.flight.Do(key, func() (any, error) {
		computed, err := compute()
		if err == nil {
			kept.put(key, computed)
		}
		return computed, err
	})
	if err != nil {
		var none T
		return none, err
	}
	return value.(T), nil
}
