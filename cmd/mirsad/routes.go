package main

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"time"

	"mirsad/ingest"
	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/config"
	"mirsad/internal/gather"
	"mirsad/internal/i18n"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/route"
	"mirsad/internal/token"
	"mirsad/reports"
	"mirsad/web"
	"mirsad/web/api"
)

type routesCommand struct{}

// Run prints who may use which address. It needs neither a database nor a running server.
func (c routesCommand) Run(_ context.Context, _ config.Settings, std streams) error {
	return c.print(std.out)
}

func (routesCommand) print(to io.Writer) error {
	routes, err := declaredRoutes()
	if err != nil {
		return err
	}
	return route.Print(to, routes)
}

// components are those that serve routes.
type components struct {
	pages    *web.Web
	answers  *api.API
	ingest   *ingest.Ingest
	accounts *account.Accounts
	tokens   *token.Tokens
	links    *link.Links
	audit    *audit.Recorder
	reports  *reports.Reports
}

// beside are the routes of the components that one document describes beside the API's own.
func (c components) beside() []route.Route {
	return slices.Concat(c.ingest.Routes(), c.accounts.Routes(), c.links.Routes(), c.audit.Routes(), c.reports.Routes())
}

func (c components) routes() []route.Route {
	return slices.Concat(c.pages.Routes(), c.answers.Routes(), c.beside())
}

// declaredRoutes are the program's routes, of components over a store that is not there: they declare and never serve.
func declaredRoutes() ([]route.Route, error) {
	words, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	var figures *gather.Figures
	var record *store
	quiet := slog.New(slog.DiscardHandler)
	parts := components{
		ingest: &ingest.Ingest{}, accounts: &account.Accounts{}, tokens: &token.Tokens{}, links: &link.Links{},
		audit: &audit.Recorder{}, reports: &reports.Reports{},
	}
	parts.pages, err = web.New(web.Configuration{Zone: time.UTC}, web.Dependencies{
		Figures: figures, Accounts: parts.accounts, Audit: parts.audit, Office: parts.accounts, Tokens: parts.tokens,
		Links: parts.links, Settings: programme.DefaultSettings, Register: record, Weigher: figures, Submissions: figures, Planner: figures,
		PlanBook: planBook{}, Totals: figures, Intake: intake{}, Reports: parts.reports, Words: words, Logger: quiet,
	})
	if err != nil {
		return nil, err
	}
	parts.answers, err = api.New(api.Configuration{}, api.Dependencies{
		Figures: figures, Register: record, Weigher: figures, Submissions: figures, Planner: figures,
		PlanBook: planBook{}, Others: parts.beside(), Words: words, Logger: quiet,
	})
	if err != nil {
		return nil, err
	}
	return append(parts.routes(), probes()...), nil
}

// probes are what httpserver serves before the guard: whether the process runs, and whether it can take events.
func probes() []route.Route {
	return []route.Route{route.Get("/healthz", nil, access.Open()), route.Get("/readyz", nil, access.Open())}
}
