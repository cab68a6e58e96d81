package page

import (
	"context"
	"log/slog"
	"time"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// Figures answers what the pages show; each answer to the same question is of one Stamp.
type Figures interface {
	Figures(ctx context.Context, q figures.Question) (*figures.Figures, error)
	Usage(ctx context.Context, q figures.Question, query figures.UsageQuery) ([]figures.UsageSeries, error)
	Quality(ctx context.Context, q figures.Question) (*figures.Quality, error)
	Backtest(ctx context.Context, q figures.Question) (*figures.Backtest, error)
	WhatIf(
		ctx context.Context, q figures.Question, basis figures.Basis, scenario figures.Scenario,
	) (*figures.WhatIf, error)
}

// Kit is what every page is made with.
type Kit struct {
	// Zone is the programme's: every instant on a page is in it.
	Zone   *time.Location
	Source Figures
	// Settings returns the programme's settings in force, at once.
	Settings func() programme.Settings
	// Bundle has the words of every language.
	Bundle *i18n.Bundle
	Logger *slog.Logger

	Assets *assets
	Pages  pages
	// Served are the routes that there are: the menu is made of them.
	Served []route.Route
}
