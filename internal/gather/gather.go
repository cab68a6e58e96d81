package gather

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/queue"
	"mirsad/internal/reckon"
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
	// IDsOnSeveralDays finds event ids that are on more than one of the days, as raw events are now, most first.
	IDsOnSeveralDays(ctx context.Context, from, to civil.Date, limit int) ([]programme.Finding, error)
	// SourceSums returns what each source sent of what more than one source sent, as raw events are now.
	SourceSums(ctx context.Context, from, to civil.Date) ([]programme.SourceSum, error)
	// OpenRefusals counts the refused rows that waited for their correction at a moment.
	OpenRefusals(ctx context.Context, asAt time.Time) ([]programme.RefusedRows, error)
	// DataVersion names the newest data and when it was recorded.
	DataVersion(ctx context.Context) (string, time.Time, error)
}

// Configuration sets how figures are kept.
type Configuration struct {
	// Zone is the programme's: an as-at day ends there. None means UTC.
	Zone *time.Location
	// VersionEvery is how long a data version is taken as the newest (docs/rules.md#data-version); 0 asks for it each
	// time.
	VersionEvery time.Duration
}

// Dependencies are what figures need; all of them must be given but Logger.
type Dependencies struct {
	Store Store
	Now   func() time.Time
	// Logger is told of stored numbers that can't be; nil: nobody is.
	Logger *slog.Logger
}

// Figures answers questions about the programme; it is safe for use by many goroutines.
type Figures struct {
	zone  *time.Location
	store Store
	now   func() time.Time
	log   *slog.Logger

	// turns are those of computing.
	turns *queue.Queue

	version     *newestVersion
	knowledge   shelf[knowledgeKey, *reckon.Knowledge] // everybody's is the newest
	moments     shelf[dateKey, dated]
	figures     shelf[dateKey, *figures.Figures]
	quality     shelf[dateKey, *figures.Quality] // without the refused rows, which no data version names
	submissions shelf[monthKey, *figures.Submissions]
	days        *memo[daysKey, *reckon.Knowledge]
	backtests   *memo[figures.BacktestKey, *figures.Backtest]
}

// The numbers of pasts and dates kept at once; a few megabytes each. What everybody asks for changes with the data:
// the one before is kept for those who are still at it.
const (
	commonKept    = 2
	knowledgeKept = 3
	momentsKept   = 8
	datesKept     = 32
	daysKept      = 2
)

// New returns figures over a store. A missing dependency is ErrInvalid.
func New(cfg Configuration, deps Dependencies) (*Figures, error) {
	if deps.Store == nil || deps.Now == nil {
		return nil, fmt.Errorf("%w: figures need a store and a clock", programme.ErrInvalid)
	}
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if deps.Logger == nil {
		deps.Logger = slog.New(slog.DiscardHandler)
	}
	return &Figures{
		zone: cfg.Zone, store: deps.Store, now: deps.Now, log: deps.Logger,
		version:     &newestVersion{every: cfg.VersionEvery, store: deps.Store, now: deps.Now},
		turns:       queue.New(computing),
		knowledge:   newShelf[knowledgeKey, *reckon.Knowledge](commonKept, knowledgeKept),
		moments:     newShelf[dateKey, dated](commonKept, momentsKept),
		figures:     newShelf[dateKey, *figures.Figures](commonKept, datesKept),
		quality:     newShelf[dateKey, *figures.Quality](commonKept, datesKept),
		submissions: newShelf[monthKey, *figures.Submissions](2*commonKept, datesKept),
		days:        newMemo[daysKey, *reckon.Knowledge](daysKept),
		backtests:   newMemo[figures.BacktestKey, *figures.Backtest](datesKept),
	}, nil
}
