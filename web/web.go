package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"mirsad/internal/account"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// Submissions answers what every entity owes for a month; month 0 is the last one that has ended.
type Submissions interface {
	Submissions(ctx context.Context, q figures.Question, month civil.Month) (*figures.Submissions, error)
}

// Accounts begins and ends the session of a request. Its errors: programme.ErrForbidden or
// ErrNotFound when the e-mail and password are not of one who may sign in.
type Accounts interface {
	Self

	SignIn(ctx context.Context, email, password string) (account.Principal, error)
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
	Figures  Figures
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
	Words  *i18n.Bundle
	Logger *slog.Logger
}

// Web serves the pages; it is safe for use by many goroutines.
type Web struct {
	*kit

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
	built, err := builtAssets()
	if err != nil {
		return nil, err
	}
	parsed, err := parsePages()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	w := &Web{deps: deps, kit: &kit{
		Zone: cfg.Zone, Figures: deps.Figures, Settings: deps.Settings, Words: deps.Words, Logger: deps.Logger,
		assets: built, pages: parsed, hasClaims: deps.Register != nil,
	}}
	w.acts = act.New(act.Dependencies{
		Register: deps.Register, Weigher: deps.Weigher, Links: deps.Links, Intake: deps.Intake, Logger: deps.Logger,
	})
	w.menuOf = func(v *visit) []link { return w.own(v).menu() }
	return w, nil
}

// arrive reads who asks for what, without asking for figures.
func (w *Web) arrive(r *http.Request) *visit { return w.own(w.kit.arrive(r)) }

// own gives a visit what these pages need beside what every page does.
func (w *Web) own(v *visit) *visit {
	v.deps, v.acts = &w.deps, w.acts
	return v
}

// page returns the handler of a page that shows figures.
func (w *Web) page(name string, view func(*visit) (any, error)) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) { w.showFigures(rw, w.arrive(r), name, view) }
}

// compression is the gzip level of pages: text this repetitive gains little from more.
const compression = 5

// Handler returns every page, form, chart table and asset.
func (w *Web) Handler() http.Handler {
	router := chi.NewRouter()
	router.Use(secured, http.NewCrossOriginProtection().Handler, middleware.GetHead)
	router.Handle("/static/*", http.StripPrefix("/static/", w.assets))
	router.Group(func(pages chi.Router) {
		pages.Use(middleware.Compress(compression, "text/html", "text/csv"))
		pages.Get("/", w.chooseLanguage)
		pages.Get("/charts/{chart}.csv", w.csv())
		pages.Get(account.CallbackPath, w.comeBack)
		pages.Get("/{language:en|ar}", w.addSlash)
		pages.Route("/{language:en|ar}/", w.routes)
		pages.NotFound(w.notFound)
		pages.MethodNotAllowed(w.notFound)
	})
	return router
}

func (w *Web) routes(r chi.Router) {
	r.Get("/", w.page("overview", (*visit).overview))
	r.Get("/entities", w.page("entities", (*visit).entities))
	r.Get("/entities/{entity}", w.page("entity", (*visit).entity))
	r.Get("/services", w.page("services", (*visit).services))
	r.Get("/services/{service}", w.page("service", (*visit).service))
	r.Get("/usage", w.page("usage", (*visit).usage))
	r.Get("/plans", w.plansPage)
	r.Get("/quality", w.page("quality", (*visit).quality))
	r.Get("/definitions", w.page("definitions", (*visit).definitions))
	if w.deps.Audit != nil {
		r.Get("/audit", w.auditPage)
	}
	r.Get("/sign-in", w.signInForm)
	r.Post("/sign-in", w.signIn)
	r.Get("/sign-in/provider", w.goToProvider)
	r.Post("/sign-out", w.signOut)
	r.Get("/account", w.account)
	r.Post("/account/password", w.changePassword)
	r.Post("/account/sessions", w.endSession)
	w.planRoutes(r)
	w.statementRoutes(r)
	w.adminRoutes(r)
	w.officeRoutes(r)
	w.claimRoutes(r)
	w.linkRoutes(r)
	w.landingRoutes(r)
}
