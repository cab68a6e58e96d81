package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"mirsad/ingest"
	"mirsad/ingest/spool"
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/config"
	"mirsad/internal/gather"
	"mirsad/internal/guard"
	"mirsad/internal/httpserver"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/route"
	"mirsad/internal/secret"
	"mirsad/internal/token"
	"mirsad/web"
	"mirsad/web/api"
)

// service is everything that `mirsad serve` runs: a value with start and stop, so that other commands and
// tests can run the true program.
type service struct {
	settings config.Settings
	log      *slog.Logger
	store    *store
	queries  *queries
	inForce  *gather.InForce
	spool    *spool.Spool
	ingest   *ingest.Ingest
	audit    *audit.Recorder
	accounts *account.Accounts
	tokens   *token.Tokens
	links    *link.Links
	server   *httpserver.Server
	operator string // the bearer token of this machine's operator
	// endReading ends what reads in the background; nil: it was not started.
	endReading context.CancelFunc
}

// newService opens the store and the spool and wires every component; nothing listens yet.
func newService(ctx context.Context, settings config.Settings, std streams) (*service, error) {
	store, err := openStore(ctx, settings, std)
	if err != nil {
		return nil, err
	}
	s := &service{settings: settings, log: store.log, store: store}
	if err := s.wire(ctx); err != nil {
		s.stop(context.WithoutCancel(ctx))
		return nil, err
	}
	return s, nil
}

func (s *service) wire(ctx context.Context) error {
	if err := ensureSettings(ctx, s.store.DB, s.log, s.settings.TimeZone); err != nil {
		return err
	}
	s.inForce = gather.NewInForce(s.store, s.log, s.store.now)
	if err := s.inForce.Read(ctx); err != nil {
		return err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	registry.MustRegister(s.gauges()...)
	var err error
	if s.queries, err = newQueries(s.store, registry); err != nil {
		return err
	}
	if err := s.wireIngest(registry); err != nil {
		return err
	}
	return s.wireServer(ctx, registry)
}

func (s *service) wireIngest(registry *prometheus.Registry) error {
	var err error
	s.spool, err = spool.Open(
		spool.Configuration{
			Dir:     spoolFolder(s.settings),
			Reserve: s.settings.DiskReserveMB * 1_000_000,
		},
		spool.Dependencies{Logger: s.log, Now: s.store.now},
	)
	if err != nil {
		return err
	}
	s.ingest, err = ingest.New(ingest.Configuration{TokenEvents: s.settings.TokenEvents}, ingest.Dependencies{
		Store:      s.store,
		Spool:      s.spool,
		Words:      s.queries.words,
		Logger:     s.log,
		Registerer: registry,
		Now:        s.store.now,
		Zone:       s.store.zone,
		Settings:   s.inForce.Known,
	})
	return err
}

func (s *service) wireServer(ctx context.Context, registry *prometheus.Registry) error {
	var pages *web.Web // shows what the guard refuses, and asks the accounts who signs in
	problems := route.Problems{
		Page: func(w http.ResponseWriter, r *http.Request, err error) { pages.Problem(w, r, err) },
	}
	var err error
	if s.audit, err = newAudit(s.store, registry); err != nil {
		return err
	}
	if err := s.wireAccounts(problems); err != nil {
		return err
	}
	settings := func() programme.Settings { return s.inForce.Within(ctx, settingsForPages) }
	book := planBook{figures: s.queries.figures, settings: settings, zone: s.store.zone, now: s.store.now}
	pages, err = web.New(web.Configuration{Zone: s.store.zone}, web.Dependencies{
		Figures: s.queries.figures, Accounts: s.accounts, Audit: s.audit, Office: s.accounts, Tokens: s.tokens,
		Links: s.links, Settings: settings, Register: s.store, Weigher: s.queries.figures, Submissions: s.queries.figures,
		Planner: s.queries.figures, PlanBook: book, Totals: s.queries.figures, Intake: intake{s.ingest},
		Reports: s.queries.reports, Words: s.queries.words, Logger: s.log,
	})
	if err != nil {
		return err
	}
	parts := components{
		pages: pages, ingest: s.ingest, accounts: s.accounts, tokens: s.tokens, links: s.links,
		audit: s.audit, reports: s.queries.reports,
	}
	revision, _ := builtFrom()
	parts.answers, err = api.New(api.Configuration{Version: revision}, api.Dependencies{
		Figures: s.queries.figures, Register: s.store, Weigher: s.queries.figures, Submissions: s.queries.figures,
		Planner: s.queries.figures, PlanBook: book, Others: parts.beside(), Words: s.queries.words, Logger: s.log,
	})
	if err != nil {
		return err
	}
	guarded, err := s.guarded(parts.routes(), problems)
	if err != nil {
		return err
	}
	s.server, err = httpserver.New(
		httpserver.Configuration{
			Listen: s.settings.Listen, MetricsListen: s.settings.MetricsListen, BaseURL: s.settings.BaseURL,
			TrustedProxies: s.settings.Proxies(), RequestsPerSecond: s.settings.AddressPace,
		},
		httpserver.Dependencies{
			Handlers: []httpserver.Mount{{Pattern: "/", Handler: guarded}},
			Registry: registry, Logger: s.log, Now: s.store.now, Ready: s.takesEvents,
		},
	)
	return err
}

// wireAccounts makes what finds out who makes a request: tokens, accounts and signed links.
func (s *service) wireAccounts(problems route.Problems) error {
	var err error
	if s.tokens, err = newTokens(s.store, s.audit); err != nil {
		return err
	}
	s.operator = secret.NewBearer()
	if err := s.tokens.AddOperator("local", s.operator); err != nil {
		return err
	}
	provider := s.settings.Provider()
	s.accounts, err = account.New(
		account.Configuration{BaseURL: s.settings.BaseURL, Provider: provider},
		account.Dependencies{
			Store: s.store.people, Audit: s.audit, Logger: s.log, Now: s.store.now, Problems: problems,
		},
	)
	if err != nil {
		return err
	}
	mailer, err := newMail(s.settings, s.log, s.store.now)
	if err != nil {
		return err
	}
	s.links, err = link.New(
		link.Configuration{
			BaseURL: s.settings.BaseURL, LinkBase: "http://" + s.settings.Listen,
			NoInvitations: provider.Issuer != "" && provider.OnlyAdminsLocally,
		},
		link.Dependencies{
			Store: s.store.people, People: s.accounts, Audit: s.audit, Mail: mailer, Subject: link.Subjects(s.store),
			Words: s.queries.words, Zone: s.store.zone, Logger: s.log, Now: s.store.now, Problems: problems,
		},
	)
	return err
}

// guarded serves the routes to those who may use them.
func (s *service) guarded(routes []route.Route, problems route.Problems) (http.Handler, error) {
	registry, err := route.NewRegistry(problems, routes)
	if err != nil {
		return nil, err
	}
	guarded, err := guard.New(
		guard.Configuration{RequestsPerSecond: s.settings.AccountPace},
		guard.Dependencies{Routes: registry, Audit: s.audit, Problems: problems, Now: s.store.now},
	)
	if err != nil {
		return nil, err
	}
	return s.tokens.Middleware(s.accounts.Middleware(s.links.Middleware(guarded.Handler()))), nil
}

// start begins to write what the spool holds, then listens, then writes down where, for other commands.
func (s *service) start(ctx context.Context) error {
	ctx, s.endReading = context.WithCancel(ctx)
	go s.inForce.Run(ctx)
	if err := s.ingest.Start(ctx); err != nil {
		return err
	}
	if err := s.audit.Start(ctx); err != nil {
		return err
	}
	if err := s.tokens.Start(ctx); err != nil {
		return err
	}
	if err := s.server.Start(ctx); err != nil {
		return err
	}
	if !strings.HasPrefix(s.settings.BaseURL, "https://") {
		s.log.WarnContext(
			ctx,
			"people are not reached over TLS: the session's cookie has no __Host- name and is readable on the way; "+
				"set MIRSAD_BASE_URL to an https:// address anywhere but on this machine",
		)
	}
	return s.file().write(s.settings.DataDir)
}

// file is what other commands of this machine need to know to reach the server.
func (s *service) file() serviceFile {
	return serviceFile{
		URL:      s.url(),
		Metrics:  "http://" + s.server.MetricsAddress() + "/metrics",
		PID:      os.Getpid(),
		Operator: s.operator,
	}
}

// spoolFolder is where the spool of a data folder is.
func spoolFolder(settings config.Settings) string { return filepath.Join(settings.DataDir, "spool") }

func (s *service) url() string { return "http://" + s.server.Address() }

// stop ends everything in the reverse order of its start; what was acknowledged and not yet written stays in the spool.
func (s *service) stop(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, stopWithin)
	defer cancel()
	if err := os.Remove(filepath.Join(s.settings.DataDir, serviceFileName)); err != nil &&
		!errors.Is(err, os.ErrNotExist) {
		s.log.ErrorContext(ctx, "service file not removed", slog.Any("error", err))
	}
	if s.endReading != nil {
		defer s.endReading() // what the others still do may ask
	}
	if s.server != nil {
		s.store.logFault("stop the server", s.server.Stop(ctx))
	}
	if s.tokens != nil {
		s.store.logFault("stop the tokens", s.tokens.Stop(ctx))
	}
	if s.ingest != nil {
		s.store.logFault("stop the ingestion", s.ingest.Stop(ctx))
	}
	s.store.logFault("stop the audit", s.audit.Stop(ctx)) // last: what the others still do is written down
	if s.spool != nil {
		s.store.logFault("close the spool", s.spool.Close())
	}
	s.store.close()
}
