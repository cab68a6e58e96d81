package web

import (
	"maps"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5/middleware"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/route"
	"mirsad/web/claim"
	"mirsad/web/dashboard"
	"mirsad/web/office"
	"mirsad/web/page"
	"mirsad/web/plan"
	"mirsad/web/signin"
	"mirsad/web/statement"
)

// compression is the gzip level of pages: text this repetitive gains little from more.
const compression = 5

// Routes are every page, form, chart table and asset.
func (w *Web) Routes() []route.Route {
	served := make([]route.Route, len(w.Served))
	sent := middleware.Compress(compression, "text/html", "text/csv")
	sameOrigin := http.NewCrossOriginProtection()
	for i, each := range w.Served {
		answer := each.Handler
		handler := http.Handler(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			_ = answer(rw, r) // pages answer their errors themselves
		}))
		each.Handler = route.Serve(page.Secured(sameOrigin.Handler(sent(handler))))
		served[i] = each
	}
	return served
}

// declare lists the routes of every room; the menu has their order.
func (w *Web) declare(deps *Dependencies) []route.Route {
	acts := act.New(act.Dependencies{
		Register: deps.Register, Weigher: deps.Weigher, Links: deps.Links, Intake: deps.Intake, Logger: deps.Logger,
	})
	signIn := signin.New(w.Kit, signin.Dependencies{Accounts: deps.Accounts, Links: deps.Links})
	figures := dashboard.New(w.Kit, dashboard.Dependencies{Register: deps.Register, Reports: deps.Reports})
	plans := plan.New(w.Kit, plan.Dependencies{Planner: deps.Planner, PlanBook: deps.PlanBook, Acts: acts})
	claims := claim.New(w.Kit, claim.Dependencies{
		Register: deps.Register, Submissions: deps.Submissions, Letters: deps.Links, Contacts: deps.Office, Acts: acts,
	})
	statements := statement.New(w.Kit, statement.Dependencies{Totals: deps.Totals, Acts: acts})
	offices := office.New(w.Kit, office.Dependencies{
		Register: deps.Register, Audit: deps.Audit, Office: deps.Office, Tokens: deps.Tokens, Links: deps.Links,
		Acts: acts,
	})
	tables := figures.DashboardTables()
	maps.Copy(tables, plans.PlanTables())
	return slices.Concat(
		w.openRoutes(), signIn.SignInRoutes(), figures.FigureRoutes(), plans.PlansRoutes(), figures.QualityRoutes(),
		[]route.Route{route.Get("/charts/{chart}", w.TableCSV(tables), access.Readers())},
		figures.ReportRoutes(), figures.DefinitionRoutes(), plans.SubmitRoutes(), statements.StatementRoutes(),
		plans.ReviewRoutes(), claims.ClaimRoutes(), claims.SubmissionRoutes(), offices.AuditRoutes(),
		offices.AdminRoutes(), offices.OfficeRoutes(), offices.LinkRoutes(), signIn.LandingRoutes(),
	)
}

// openRoutes are the assets, and the addresses that lead to a language's pages.
func (w *Web) openRoutes() []route.Route {
	open, nothing := access.Open(), w.Handler(page.NotFound)
	return []route.Route{
		route.Get("/{$}", w.Handler(page.ChooseLanguage), open),
		route.Get("/static/{path...}", route.Serve(http.StripPrefix("/static/", w.Assets)), open),
		// Browsers and crawlers ask for these by themselves; there are none, for nobody.
		route.Get("/favicon.ico", nothing, open),
		route.Get("/robots.txt", nothing, open),
		route.Page("", w.Handler(page.AddSlash), access.Everyone()),
	}
}
