package web

import (
	"maps"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5/middleware"

	"mirsad/internal/access"
	"mirsad/internal/route"
	"mirsad/web/page"
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
			if err := answer(rw, r); err != nil {
				w.Problem(rw, r, err)
			}
		}))
		each.Handler = route.Serve(page.Secured(sameOrigin.Handler(sent(handler))))
		served[i] = each
	}
	return served
}

// declare lists the routes; the menu has their order. What needs a dependency that is not there is left
// out.
func (w *Web) declare() []route.Route {
	routes := slices.Concat(w.openRoutes(), w.signIn.SignInRoutes(), w.dashboard.FigureRoutes(), w.plans.PlansRoutes(),
		w.dashboard.QualityRoutes(), w.chartRoutes())
	plans := w.deps.Planner != nil && w.deps.PlanBook != nil && w.deps.Register != nil
	totals := w.deps.Totals != nil && w.deps.Intake != nil
	for _, each := range []struct {
		there  bool
		routes func() []route.Route
	}{
		{w.deps.Reports != nil, w.dashboard.ReportRoutes},
		{true, w.dashboard.DefinitionRoutes},
		{plans, w.plans.SubmitRoutes},
		{totals, w.statements.StatementRoutes},
		{plans, w.plans.ReviewRoutes},
		{w.deps.Register != nil, w.claims.ClaimRoutes},
		{w.deps.Submissions != nil, w.claims.SubmissionRoutes},
		{w.deps.Audit != nil, w.office.AuditRoutes},
		{w.deps.Register != nil && w.deps.Weigher != nil, w.office.AdminRoutes},
		{w.deps.Office != nil && w.deps.Tokens != nil, w.office.OfficeRoutes},
		{w.deps.Links != nil, w.office.LinkRoutes},
		{w.deps.Links != nil, w.signIn.LandingRoutes},
	} {
		if each.there {
			routes = append(routes, each.routes()...)
		}
	}
	return routes
}

// openRoutes are the assets, and the addresses that lead to a language's pages.
func (w *Web) openRoutes() []route.Route {
	open := access.Open()
	return []route.Route{
		route.Get("/{$}", page.Plain(w.ChooseLanguage), open),
		route.Get("/static/{path...}", route.Serve(http.StripPrefix("/static/", w.Assets)), open),
		// Browsers and crawlers ask for these by themselves; there are none, for nobody.
		route.Get("/favicon.ico", page.Plain(w.NotFound), open),
		route.Get("/robots.txt", page.Plain(w.NotFound), open),
		route.Page("", page.Plain(w.AddSlash), access.Everyone()),
	}
}

// chartRoutes are the tables of all charts.
func (w *Web) chartRoutes() []route.Route {
	tables := w.dashboard.DashboardTables()
	maps.Copy(tables, w.plans.PlanTables())
	return []route.Route{route.Get("/charts/{chart}", w.TableCSV(tables), access.Readers())}
}
