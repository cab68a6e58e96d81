package web

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"mirsad/internal/act"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/claim"
	"mirsad/web/dashboard"
	"mirsad/web/office"
	"mirsad/web/page"
	"mirsad/web/plan"
	"mirsad/web/signin"
	"mirsad/web/statement"
)

// Configuration sets how pages are served.
type Configuration struct {
	// Zone is the programme's: every instant on a page is told in it.
	Zone *time.Location
}

// Dependencies are what the pages need.
type Dependencies struct {
	Figures  page.Figures
	Accounts signin.Accounts
	// Settings returns the programme's settings in force, at once: every page shows its name and classification.
	Settings func() programme.Settings
	// Audit is searched by its page; nil: there is no such page.
	Audit office.Audit
	// Office and Tokens are for the pages of administrators about people, sessions and tokens; without them those pages
	// are not there.
	Office office.Office
	Tokens office.Tokens
	// Links are for the pages about signed links; nil: there are none.
	Links Links
	// Register and Weigher are for the pages of administrators; without them those pages are not there.
	Register register.Register
	Weigher  register.Weigher
	// Submissions are for the page of what each entity owes; nil: there is none.
	Submissions claim.Submissions
	// Planner and PlanBook are, beside Register, for the pages about plans; without them those pages are not there.
	Planner  plan.Planner
	PlanBook plan.PlanBook
	// Totals and Intake are for the page of monthly totals; without them it is not there.
	Totals statement.Totals
	Intake act.Intake
	// Reports know which months have a workbook; nil: there is no page of them.
	Reports dashboard.Reports
	Words   *i18n.Bundle
	Logger  *slog.Logger
}

// Web serves the pages; it is safe for use by many goroutines.
type Web struct {
	*page.Kit

	deps       Dependencies
	dashboard  *dashboard.Pages
	plans      *plan.Pages
	claims     *claim.Pages
	statements *statement.Pages
	office     *office.Pages
	signIn     *signin.Pages
}

// Links are signed links: what the pages about them, the pages that they open and the forms that use them up need.
type Links interface {
	office.LinkDesk
	signin.LinkDoor
	act.Links
}

// New parses the templates and reads the built assets; assets that are missing are an error that names the remedy.
func New(cfg Configuration, deps Dependencies) (*Web, error) {
	if cfg.Zone == nil || deps.Figures == nil || deps.Accounts == nil || deps.Settings == nil || deps.Words == nil || deps.Logger == nil {
		return nil, errors.New("web: a time zone, figures, accounts, settings, words and a logger are needed")
	}
	built, err := page.BuiltAssets()
	if err != nil {
		return nil, err
	}
	parsed, err := page.ParsePages()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	w := &Web{deps: deps, Kit: &page.Kit{
		Zone: cfg.Zone, Source: deps.Figures, Settings: deps.Settings, Words: deps.Words, Logger: deps.Logger,
		Assets: built, Pages: parsed, HasClaims: deps.Register != nil,
	}}
	w.open()
	w.Served = w.declare()
	return w, nil
}

// open makes the rooms.
func (w *Web) open() {
	deps := &w.deps
	acts := act.New(act.Dependencies{
		Register: deps.Register, Weigher: deps.Weigher, Links: deps.Links, Intake: deps.Intake, Logger: deps.Logger,
	})
	w.dashboard = dashboard.New(w.Kit, dashboard.Dependencies{Register: deps.Register, Reports: deps.Reports})
	w.plans = plan.New(w.Kit, plan.Dependencies{
		Register: deps.Register, Planner: deps.Planner, PlanBook: deps.PlanBook, Acts: acts,
	})
	w.claims = claim.New(w.Kit, claim.Dependencies{
		Register: deps.Register, Submissions: deps.Submissions, Letters: deps.Links, Contacts: deps.Office, Acts: acts,
	})
	w.statements = statement.New(w.Kit, statement.Dependencies{Totals: deps.Totals, Intake: deps.Intake, Acts: acts})
	w.office = office.New(w.Kit, office.Dependencies{
		Register: deps.Register, Weigher: deps.Weigher, Audit: deps.Audit, Office: deps.Office, Tokens: deps.Tokens,
		Links: deps.Links, Acts: acts,
	})
	w.signIn = signin.New(w.Kit, signin.Dependencies{Accounts: deps.Accounts, Links: deps.Links})
}
