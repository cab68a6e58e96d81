package web

import (
	"maps"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5/middleware"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/route"
	"mirsad/web/page"
)

// compression is the gzip level of pages: text this repetitive gains little from more.
const compression = 5

// largestUpload is a workbook of 5 MB and the form around it.
const largestUpload = 6 << 20

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

// plain is a handler that answers its errors itself.
func plain(handler http.HandlerFunc) route.Handler { return route.Serve(handler) }

// declare lists the routes; the menu has their order. What needs a dependency that is not there is left
// out.
func (w *Web) declare() []route.Route {
	routes := slices.Concat(w.openRoutes(), w.signInRoutes(), w.figureRoutes(), w.plansRoutes(), w.qualityRoutes(), w.chartRoutes())
	plans := w.deps.Planner != nil && w.deps.PlanBook != nil && w.deps.Register != nil
	totals := w.deps.Totals != nil && w.deps.Intake != nil
	for _, each := range []struct {
		there  bool
		routes func() []route.Route
	}{
		{w.deps.Reports != nil, w.reportRoutes},
		{true, w.definitionRoutes},
		{plans, w.submitRoutes},
		{totals, w.statementRoutes},
		{plans, w.reviewRoutes},
		{w.deps.Register != nil, w.claimRoutes},
		{w.deps.Submissions != nil, w.submissionRoutes},
		{w.deps.Audit != nil, w.auditRoutes},
		{w.deps.Register != nil && w.deps.Weigher != nil, w.adminRoutes},
		{w.deps.Office != nil, w.officeRoutes},
		{w.deps.Links != nil, w.linkRoutes},
		{w.deps.Links != nil, w.landingRoutes},
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
		route.Get("/{$}", plain(w.ChooseLanguage), open),
		route.Get("/static/{path...}", route.Serve(http.StripPrefix("/static/", w.Assets)), open),
		// Browsers and crawlers ask for these by themselves; there are none, for nobody.
		route.Get("/favicon.ico", plain(w.NotFound), open),
		route.Get("/robots.txt", plain(w.NotFound), open),
		route.Page("", plain(w.AddSlash), access.Everyone()),
	}
}

// signInRoutes are where people come in, and a person's own account.
func (w *Web) signInRoutes() []route.Route {
	open, own := access.Open(), access.Everyone().FirstPassword()
	return []route.Route{
		route.Page("/sign-in", plain(w.signInForm), open),
		route.Form("/sign-in", plain(w.signIn), open),
		route.Page("/sign-in/provider", plain(w.goToProvider), open),
		route.Get(account.CallbackPath, plain(w.comeBack), open),
		route.Form("/sign-out", plain(w.signOut), open),
		route.Page("/account", plain(w.account), own),
		route.Form("/account/password", plain(w.changePassword), own, route.Records(audit.PasswordChange)),
		route.Form("/account/sessions", plain(w.endSession), own, route.Records(audit.SessionEnd)),
	}
}

// figureRoutes are the pages that show figures; those of an agency show its own entity's detail.
func (w *Web) figureRoutes() []route.Route {
	everyone := access.Everyone()
	return []route.Route{
		route.Page("/{$}", w.Page("overview", (*visit).overview), everyone, route.Menu("web.menu.overview")),
		route.Page("/entities", w.Page("entities", (*visit).entities), everyone, route.Menu("web.menu.entities")),
		route.Page("/entities/{entity}", w.Page("entity", (*visit).entity), everyone),
		route.Page("/services", w.Page("services", (*visit).services), everyone, route.Menu("web.menu.services")),
		route.Page("/services/{service}", w.Page("service", (*visit).service), everyone),
		route.Page("/usage", w.Page("usage", (*visit).usage), everyone, route.Menu("web.menu.usage")),
	}
}

// plansRoutes are the page of all plans; an agency sees its own.
func (w *Web) plansRoutes() []route.Route {
	return []route.Route{route.Page("/plans", plain(w.plansPage), access.Everyone(), route.Menu("web.menu.plans"))}
}

// qualityRoutes are the page of the quality of data.
func (w *Web) qualityRoutes() []route.Route {
	return []route.Route{
		route.Page("/quality", w.Page("quality", (*visit).quality), access.Everyone(), route.Menu("web.menu.quality")),
	}
}

// chartRoutes are the tables of all charts.
func (w *Web) chartRoutes() []route.Route {
	tables := w.dashboardTables()
	maps.Copy(tables, w.planTables())
	return []route.Route{route.Get("/charts/{chart}", w.TableCSV(tables), access.Readers())}
}

func (w *Web) definitionRoutes() []route.Route {
	return []route.Route{
		route.Page("/definitions", w.Page("definitions", (*visit).definitions), access.Everyone(),
			route.Menu("web.menu.definitions")),
	}
}

// submitRoutes are where an entity's plan is submitted. Whose plan it is, is decided beside the rule.
func (w *Web) submitRoutes() []route.Route {
	agencies := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkPlan)
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin).Links(access.LinkPlan)
	entry := route.MenuEntry{
		Key: "submit.menu.any", OwnKey: "submit.menu.own", Below: true,
		Roles: []access.Role{access.RoleAgency, access.RoleAdmin},
	}
	submits := route.Records(audit.Submit)
	return []route.Route{
		route.Page("/submit", plain(w.submitPage), readers, route.InMenu(entry)),
		route.Form("/submit", plain(w.uploadPlan), agencies, submits, route.Body(largestUpload)),
		route.Page("/submit/plan-template.xlsx", plain(w.planTemplate), readers),
		route.Page("/submit/milestone", plain(w.milestonePage), readers),
		route.Form("/submit/milestone", plain(w.saveMilestone), agencies, submits),
		route.Page("/submit/draft", plain(w.draftPage), readers),
		route.Form("/submit/confirm", plain(w.confirmDraft), agencies, submits),
	}
}

// statementRoutes are where the monthly totals are submitted by hand. Whose they are is decided beside the rule.
func (w *Web) statementRoutes() []route.Route {
	agencies := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkStatements)
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin).Links(access.LinkStatements)
	return []route.Route{
		route.Page("/statements", plain(w.statementsPage), readers, route.Menu("statements.menu")),
		route.Form("/statements", plain(w.sendStatements), agencies, route.Records(audit.Submit)),
	}
}

// reviewRoutes are where plans are decided on; one who is bound to an entity decides on nobody's plan.
func (w *Web) reviewRoutes() []route.Route {
	planners := access.For(access.RolePlanner, access.RoleAdmin).WholeProgramme()
	return []route.Route{
		route.Page("/review", plain(w.reviewPage), access.Office(),
			route.InMenu(route.MenuEntry{Key: "review.menu", Below: true})),
		route.Page("/review/{entity}/{revision}", plain(w.reviewPlan), access.Office()),
		route.Form("/review/{entity}/{revision}", plain(w.decideOnPlan), planners, route.Records(audit.Review)),
	}
}

// claimRoutes are where levels are claimed and verified. Whose service may be claimed of is decided beside the rule;
// one who is bound to an entity verifies nobody's level.
func (w *Web) claimRoutes() []route.Route {
	agencies := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkClaims)
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin).Links(access.LinkClaims)
	verifiers := access.For(access.RolePlanner, access.RoleAdmin).WholeProgramme()
	return []route.Route{
		route.Page("/claims", w.Page("claims", (*visit).claims), readers,
			route.InMenu(route.MenuEntry{Key: "claims.menu", Below: true})),
		route.Page("/claims/{service}", w.Page("claim", (*visit).claimForm), readers),
		route.Form("/claims/{service}", plain(w.claimLevel), agencies, route.Records(audit.Claim)),
		route.Page("/review/claims", w.Page("review_claims", (*visit).reviewClaims), access.Office(),
			route.InMenu(route.MenuEntry{Key: "claims.menu.review", Below: true})),
		route.Page("/review/claims/{service}/{claim}", w.Page("review_claim", (*visit).reviewClaim), access.Office()),
		route.Form("/review/claims/{service}/{claim}", plain(w.decideClaim), verifiers, route.Records(audit.Verify)),
	}
}

// submissionRoutes are where it shows what each entity owes.
func (w *Web) submissionRoutes() []route.Route {
	readers := access.For(access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin)
	return []route.Route{
		route.Page("/submissions", w.Page("submissions", (*visit).submissions), readers,
			route.InMenu(route.MenuEntry{Key: "submissions.title", Below: true})),
		route.Form("/submissions/remind", plain(w.remind), access.For(access.RolePlanner, access.RoleAdmin),
			route.Records(audit.LinkCreate)),
	}
}

// auditRoutes are the page of the audit record; an agency reads the rows of its own entity.
func (w *Web) auditRoutes() []route.Route {
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin)
	return []route.Route{route.Page("/audit", plain(w.auditPage), readers, route.Menu("audit.title"))}
}

// adminRoutes are the pages of administration.
func (w *Web) adminRoutes() []route.Route {
	readers := access.For(access.RoleAuditor, access.RoleAdmin)
	admins, administers := access.For(access.RoleAdmin), route.Records(audit.Administer)
	return []route.Route{
		route.Page("/admin", plain(w.showRecord(settingsRecord())), readers,
			route.InMenu(route.MenuEntry{Key: "admin.menu", Below: true})),
		route.Form("/admin", plain(w.saveRecord(settingsRecord())), admins, administers),
		route.Page("/admin/calendars/{calendar}", plain(w.showRecord(calendarRecord())), readers),
		route.Form("/admin/calendars/{calendar}", plain(w.saveRecord(calendarRecord())), admins, administers),
		route.Page("/admin/campaigns", plain(w.campaigns), readers),
		route.Page("/admin/campaigns/{campaign}", plain(w.showRecord(campaignRecord())), readers),
		route.Form("/admin/campaigns/{campaign}", plain(w.saveRecord(campaignRecord())), admins, administers),
	}
}

// officeRoutes are the pages about people, tokens and sessions.
func (w *Web) officeRoutes() []route.Route {
	readers, admins := access.For(access.RoleAuditor, access.RoleAdmin), access.For(access.RoleAdmin)
	ends := route.Records(audit.SessionEnd)
	return []route.Route{
		route.Page("/people", plain(w.people), readers, route.Menu("people.title")),
		route.Form("/people", plain(w.decide(w.addPerson)), admins, route.Records(audit.UserCreate)),
		route.Form("/people/change", plain(w.decide(w.changePerson)), admins, route.Records(audit.UserChange)),
		route.Form("/people/disable", plain(w.decide(w.disablePerson)), admins, route.Records(audit.UserDisable)),
		route.Form("/people/enable", plain(w.decide(w.enablePerson)), admins, route.Records(audit.UserEnable)),
		route.Page("/tokens", plain(w.tokens), readers),
		route.Form("/tokens", plain(w.decide(w.issueToken)), admins, route.Records(audit.TokenCreate)),
		route.Form("/tokens/rotate", plain(w.decide(w.rotateToken)), admins, route.Records(audit.TokenRotate)),
		route.Form("/tokens/revoke", plain(w.decide(w.revokeToken)), admins, route.Records(audit.TokenRevoke)),
		route.Page("/sessions", plain(w.sessions), readers),
		route.Form("/sessions/end", plain(w.decide(w.endOneSession)), admins, ends),
		route.Form("/sessions/end-all", plain(w.decide(w.endAllSessions)), admins, ends),
	}
}

// linkRoutes are the pages about signed links.
func (w *Web) linkRoutes() []route.Route {
	makers := access.For(access.RolePlanner, access.RoleAdmin)
	entry := route.MenuEntry{Key: "people.link.title", Roles: []access.Role{access.RolePlanner}} // others come by people
	return []route.Route{
		route.Page("/links", plain(w.links), access.Office(), route.InMenu(entry)),
		route.Form("/links", plain(w.decideAs((*visit).MakesLinks, w.issueLink)), makers,
			route.Records(audit.LinkCreate)),
		route.Form("/links/revoke", plain(w.decideAs((*visit).MakesLinks, w.revokeLink)), makers,
			route.Records(audit.LinkRevoke)),
	}
}

// landingRoutes are where signed links lead. They are open: what a link's secret does not open, the handler refuses and
// writes down.
func (w *Web) landingRoutes() []route.Route {
	return []route.Route{
		route.Page("/link/{link}", plain(w.linkLanding), access.Open()),
		route.Form("/link/{link}", plain(w.openLink), access.Open(), route.Records(audit.LinkOpen)),
	}
}
