// Package api answers the figures API: the same Figures value that pages and
// workbook show, as JSON and CSV. Who may call is decided before, by
// guard.Guard; what an agency sees of another entity is decided here.
package api

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/internal/route"
)

// Figures answers questions about the programme; the figures of one question are computed once.
type Figures interface {
	Figures(ctx context.Context, q figures.Question) (*figures.Figures, error)
	Usage(ctx context.Context, q figures.Question, query figures.UsageQuery) ([]figures.UsageSeries, error)
	Growth(ctx context.Context, q figures.Question, query figures.GrowthQuery) (figures.Growth, error)
	TakeUp(ctx context.Context, q figures.Question, period civil.Period) (figures.TakeUp, error)
	Quality(ctx context.Context, q figures.Question) (*figures.Quality, error)
	// Backtest compares past forecasts with what came; WhatIf forecasts under a scenario, and a bad one is a
	// FaultsError.
	Backtest(ctx context.Context, q figures.Question) (*figures.Backtest, error)
	WhatIf(
		ctx context.Context, q figures.Question, basis figures.Basis, scenario figures.Scenario,
	) (*figures.WhatIf, error)
}

// Submissions answers what every entity owes for a month; month 0 is the last one that has ended.
type Submissions interface {
	Submissions(ctx context.Context, q figures.Question, month civil.Month) (*figures.Submissions, error)
}

// Configuration describes the API.
type Configuration struct {
	// Version is the program's: it stands in the description, and an answer kept by a client ends with it.
	Version string
	// MostRows is the greatest number of rows of a CSV; 0: 100,000.
	MostRows int
}

// Dependencies are what the API needs.
type Dependencies struct {
	Figures Figures
	// Register and Weigher are for what administrators record; without Register those calls are left out.
	Register register.Register
	Weigher  register.Weigher
	// Planner is for plans; without it those calls are left out, and without PlanBook those of their workbooks.
	Planner  Planner
	PlanBook PlanBook
	// Submissions are for what each entity owes; without them those calls are left out.
	Submissions Submissions
	// Others are the routes of other components: the calls below /v1 among them are described beside the API's own.
	Others []route.Route
	Words  *i18n.Bundle
	// Logger is told when somebody asks for what belongs to another entity.
	Logger *slog.Logger
}

// API is the figures API.
type API struct {
	configuration Configuration
	dependencies  Dependencies
	acts          *act.Acts

	router      *chi.Mux
	huma        huma.API
	description []byte
	routes      []route.Route
}

// New registers every call and writes the description of them all.
func New(cfg Configuration, deps Dependencies) (*API, error) {
	if deps.Figures == nil || deps.Words == nil || deps.Logger == nil {
		return nil, fmt.Errorf("%w: the figures API needs figures, words and a logger", programme.ErrInvalid)
	}
	if cfg.MostRows == 0 {
		cfg.MostRows = defaultMostRows
	}
	a := &API{
		configuration: cfg, dependencies: deps, router: chi.NewMux(),
		acts: act.New(act.Dependencies{Register: deps.Register, Weigher: deps.Weigher, Logger: deps.Logger}),
	}
	a.router.Use(middleware.GetHead)
	a.router.NotFound(func(w http.ResponseWriter, r *http.Request) {
		httpserver.WriteProblem(w, r, fmt.Errorf("%w: no such call", programme.ErrNotFound))
	})
	a.router.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", "GET, HEAD, POST, PUT")
		httpserver.WriteProblem(w, r, httpserver.ErrMethodNotAllowed)
	})
	a.huma = humachi.New(a.router, describe(cfg.Version))
	a.huma.UseMiddleware(checkParameters)
	a.registerProgress()
	a.registerForecast()
	a.registerMilestones()
	a.registerServices()
	a.registerEntities()
	a.registerUsage()
	a.registerQuality()
	if deps.Register != nil && deps.Weigher != nil {
		a.registerRegister()
		a.registerAssessments()
	}
	if deps.Register != nil && deps.Planner != nil {
		a.registerPlans()
	}
	if deps.Submissions != nil {
		a.registerSubmissions()
	}
	a.describeOthers(deps.Others)
	for _, unused := range []string{"ErrorModel", "ErrorDetail"} { // huma's own, which no call answers
		delete(a.huma.OpenAPI().Components.Schemas.Map(), unused)
	}
	description, err := json.Marshal(a.huma.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("describe the API: %w", err)
	}
	a.description = description
	a.router.Get("/openapi.json", a.describeItself)
	a.routes = append(a.routes, route.Get("/openapi.json", route.Serve(a.router), access.Everyone().AnyToken()))
	return a, nil
}

// Routes are the calls of the API.
func (a *API) Routes() []route.Route { return slices.Clone(a.routes) }

func (a *API) describeItself(w http.ResponseWriter, r *http.Request) {
	tag := tagOf(a.description)
	w.Header().Set("Cache-Control", private)
	w.Header().Set("ETag", tag)
	if httpserver.Holds(r, tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", jsonType)
	_, _ = w.Write(a.description) // a client that has gone needs no answer
}
