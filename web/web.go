package web

import (
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

// Dependencies are what the pages need; all are required.
type Dependencies struct {
	Figures  page.Figures
	Accounts signin.Accounts
	// Settings returns the programme's settings in force, at once: every page shows its name and classification.
	Settings func() programme.Settings
	// Audit is searched by its page.
	Audit office.Audit
	// Office is for the pages of administrators about people and sessions, Tokens for those about tokens.
	Office office.Office
	Tokens office.Tokens
	// Links are for the pages about signed links and for those that they open.
	Links Links
	// Register holds what the pages change, Weigher says what a change would do to figures.
	Register register.Register
	Weigher  register.Weigher
	// Submissions answers what each entity owes.
	Submissions claim.Submissions
	// Planner and PlanBook are for the pages about plans.
	Planner  plan.Planner
	PlanBook plan.PlanBook
	// Totals and Intake are for the page of monthly totals.
	Totals statement.Totals
	Intake act.Intake
	// Reports know which months have a workbook.
	Reports dashboard.Reports
	Words   *i18n.Bundle
	Logger  *slog.Logger
}

// check names the first dependency that is not there.
func (d *Dependencies) check() error {
	for _, each := range []struct {
		name  string
		there bool
	}{
		{"figures", d.Figures != nil},
		{"accounts", d.Accounts != nil},
		{"settings", d.Settings != nil},
		{"an audit record", d.Audit != nil},
		{"an office", d.Office != nil},
		{"tokens", d.Tokens != nil},
		{"links", d.Links != nil},
		{"a register", d.Register != nil},
		{"a weigher", d.Weigher != nil},
		{"submissions", d.Submissions != nil},
		{"a planner", d.Planner != nil},
		{"a plan book", d.PlanBook != nil},
		{"totals", d.Totals != nil},
		{"an intake", d.Intake != nil},
		{"reports", d.Reports != nil},
		{"words", d.Words != nil},
		{"a logger", d.Logger != nil},
	} {
		if !each.there {
			return fmt.Errorf("%w: web: needs %s", programme.ErrInvalid, each.name)
		}
	}
	return nil
}

// Web serves the pages; it is safe for use by many goroutines.
type Web struct {
	*page.Kit
}

// Links are signed links: what the pages about them, the pages that they open and the forms that use them up need.
type Links interface {
	office.LinkDesk
	signin.LinkDoor
	act.Links
}

// New parses the templates and reads the built assets; assets that are missing are an error that names the remedy.
func New(cfg Configuration, deps Dependencies) (*Web, error) {
	if cfg.Zone == nil {
		return nil, fmt.Errorf("%w: web: needs a time zone", programme.ErrInvalid)
	}
	if err := deps.check(); err != nil {
		return nil, err
	}
	built, err := page.BuiltAssets()
	if err != nil {
		return nil, err
	}
	parsed, err := page.ParsePages()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	w := &Web{Kit: &page.Kit{
		Zone: cfg.Zone, Source: deps.Figures, Settings: deps.Settings, Bundle: deps.Words, Logger: deps.Logger,
		Assets: built, Pages: parsed,
	}}
	w.Served = w.declare(&deps)
	return w, nil
}
