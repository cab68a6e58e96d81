package reports

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Figures answers what the workbook shows.
type Figures interface {
	Figures(ctx context.Context, q figures.Question) (*figures.Figures, error)
}

// Anchors know the anchors of the audit record.
type Anchors interface {
	// LastAnchor returns the newest anchor that was recorded by a moment; false when there was none yet.
	LastAnchor(ctx context.Context, by time.Time) (audit.Anchored, bool, error)
}

// Configuration sets what every workbook says beside the figures.
type Configuration struct {
	// Contact is whom a reader asks, printed on the cover; empty leaves the line out.
	Contact string
	// Version is the program's; a new one may lay the workbook out anew, so it is part of the ETag.
	Version string
}

// Dependencies are what reports need.
type Dependencies struct {
	Figures Figures
	// Anchors are printed among the definitions; nil: the workbook says that there is none.
	Anchors Anchors
	Words   *i18n.Bundle
	// Zone is the programme's: moments are written in it.
	Zone       *time.Location
	Logger     *slog.Logger
	Registerer prometheus.Registerer
	Now        func() time.Time
}

// Reports writes workbooks; it is safe for use by many goroutines.
type Reports struct {
	Configuration
	Dependencies
	took *prometheus.HistogramVec
	// places bounds the workbooks built at once, and so the memory they take.
	places chan struct{}
}

// buildsAtOnce is how many workbooks are built side by side; others wait.
const buildsAtOnce = 2

// New returns the reports; a missing dependency is an error.
func New(cfg Configuration, deps Dependencies) (*Reports, error) {
	switch {
	case deps.Figures == nil, deps.Words == nil, deps.Zone == nil, deps.Logger == nil, deps.Now == nil,
		deps.Registerer == nil:
		return nil, errors.New("reports need figures, words, a zone, a logger, a registerer and a clock")
	}
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "mirsad_reports_build_seconds", Help: "Time to build a highlights workbook.",
		Buckets: []float64{0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10},
	}, []string{"language"})
	if err := deps.Registerer.Register(took); err != nil {
		return nil, fmt.Errorf("register the metrics of reports: %w", err)
	}
	return &Reports{Configuration: cfg, Dependencies: deps, took: took, places: make(chan struct{}, buildsAtOnce)}, nil
}

// Edition names the workbook of a month in a language.
type Edition struct {
	Month    civil.Month
	Language i18n.Language
	// Closed says that the month is frozen; otherwise the workbook calls itself a draft.
	Closed bool
	// Anchor is the last of the audit record before the figures' as at; Seq 0: there was none. It belongs to what the
	// workbook is made of: same figures, same anchor, same bytes.
	Anchor audit.Anchored
}

// FileName is what a reader's copy is called: highlights-2016-09-ar.xlsx.
func (e Edition) FileName() string {
	return fmt.Sprintf("highlights-%s-%s.xlsx", e.Month, e.Language)
}

// Highlights builds the draft workbook of a month, as at a day or, when that is none, now.
// A month that has not begun is programme.ErrNotFound.
func (r *Reports) Highlights(
	ctx context.Context, month civil.Month, lang i18n.Language, asAt civil.Date,
) ([]byte, error) {
	figures, err := r.gather(ctx, month, asAt)
	if err != nil {
		return nil, err
	}
	edition, err := r.anchored(ctx, figures, Edition{Month: month, Language: lang})
	if err != nil {
		return nil, err
	}
	return r.build(ctx, figures, edition)
}

// anchored gives an edition the last anchor of the audit record before the figures' as at.
func (r *Reports) anchored(ctx context.Context, figures *figures.Figures, edition Edition) (Edition, error) {
	if r.Anchors == nil {
		return edition, nil
	}
	anchor, found, err := r.Anchors.LastAnchor(ctx, figures.AsAt)
	if err != nil {
		return edition, fmt.Errorf("last anchor of the audit record: %w", err)
	}
	if found {
		edition.Anchor = anchor
	}
	return edition, nil
}

// gather asks for the figures of the month's last day.
func (r *Reports) gather(ctx context.Context, month civil.Month, asAt civil.Date) (*figures.Figures, error) {
	if today := civil.DateOf(r.Now().In(r.Zone)); month.First() > today {
		return nil, fmt.Errorf("%w: the month %s has not begun", programme.ErrNotFound, month)
	}
	figures, err := r.Figures.Figures(ctx, figures.Question{On: month.Last(), AsAt: asAt})
	if err != nil {
		return nil, fmt.Errorf("figures of %s: %w", month, err)
	}
	return figures, nil
}

// build renders in its turn and keeps the time.
func (r *Reports) build(ctx context.Context, figures *figures.Figures, edition Edition) ([]byte, error) {
	select {
	case r.places <- struct{}{}:
		defer func() { <-r.places }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to build a workbook: %w", ctx.Err())
	}
	began := r.Now()
	content, err := r.Render(figures, edition)
	if err != nil {
		return nil, err
	}
	took := r.Now().Sub(began)
	r.took.WithLabelValues(string(edition.Language)).Observe(took.Seconds())
	r.Logger.InfoContext(ctx, "workbook built",
		slog.String("month", edition.Month.String()), slog.String("language", string(edition.Language)),
		slog.Int("bytes", len(content)), slog.Duration("took", took))
	return content, nil
}

// Render builds the workbook of figures already at hand, such as a closed month's: same figures and edition, same
// bytes.
func (r *Reports) Render(figures *figures.Figures, edition Edition) ([]byte, error) {
	w, err := newWorkbook(figures, edition, r.Words.In(edition.Language), r.Zone, r.Contact)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	w.writeSheets()
	content, err := w.finish()
	if err != nil {
		return nil, fmt.Errorf("workbook of %s in %s: %w", edition.Month, edition.Language, err)
	}
	return content, nil
}
