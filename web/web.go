package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// Submissions answers what every entity owes for a month; month 0 is the last one that has ended.
type Submissions interface {
	Submissions(ctx context.Context, q figures.Question, month civil.Month) (*figures.Submissions, error)
}

// Accounts begins and ends the session of a request. Its errors: programme.ErrForbidden or
// ErrNotFound when the e-mail and password are not of one who may sign in.
type Accounts interface {
	Self

	SignIn(ctx context.Context, email, password string) (access.Principal, error)
	SignOut(ctx context.Context) error
	// Ways says how people may sign in.
	Ways() account.Ways
	// BeginProviderSignIn returns the identity provider's address, FinishProviderSignIn where to go on after it.
	BeginProviderSignIn(rw http.ResponseWriter, r *http.Request, language i18n.Language, next string) (string, error)
	FinishProviderSignIn(rw http.ResponseWriter, r *http.Request) (account.Arrival, error)
}

// Configuration sets how pages are served.
type Configuration struct {
	// Zone is the programme's: every instant on a page is told in it.
	Zone *time.Location
}

// Dependencies are what the pages need.
type Dependencies struct {
	Figures  page.Figures
	Accounts Accounts
	// Settings returns the programme's settings in force, at once: every page shows its name and classification.
	Settings func() programme.Settings
	// Audit is searched by its page; nil: there is no such page.
	Audit Audit
	// Office is for the pages of administrators about people, tokens and sessions; nil: there are none.
	Office Office
	// Links are for the pages about signed links; nil: there are none.
	Links Links
	// Register and Weigher are for the pages of administrators; without them those pages are not there.
	Register register.Register
	Weigher  register.Weigher
	// Submissions are for the page of what each entity owes; nil: there is none.
	Submissions Submissions
	// Planner and PlanBook are, beside Register, for the pages about plans; without them those pages are not there.
	Planner  Planner
	PlanBook PlanBook
	// Totals and Intake are for the page of monthly totals; without them it is not there.
	Totals Totals
	Intake act.Intake
	// Reports know which months have a workbook; nil: there is no page of them.
	Reports Reports
	Words   *i18n.Bundle
	Logger  *slog.Logger
}

// Web serves the pages; it is safe for use by many goroutines.
type Web struct {
	page.Room[*visit]

	deps Dependencies
	acts *act.Acts
}

// Links are signed links: what the pages about them, the pages that they open and the forms that use them up need.
type Links interface {
	LinkDesk
	LinkDoor
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
	w := &Web{deps: deps, Room: page.Room[*visit]{Kit: &page.Kit{
		Zone: cfg.Zone, Source: deps.Figures, Settings: deps.Settings, Words: deps.Words, Logger: deps.Logger,
		Assets: built, Pages: parsed, HasClaims: deps.Register != nil,
	}}}
	w.acts = act.New(act.Dependencies{
		Register: deps.Register, Weigher: deps.Weigher, Links: deps.Links, Intake: deps.Intake, Logger: deps.Logger,
	})
	w.Own = func(v *page.Visit) *visit { return &visit{Visit: v, deps: &w.deps, acts: w.acts} }
	w.Served = w.declare()
	return w, nil
}
