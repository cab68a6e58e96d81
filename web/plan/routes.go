package plan

import (
	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
	"mirsad/web/page"
)

// largestUpload is a workbook of 5 MB and the form around it.
const largestUpload = 6 << 20

// PlansRoutes are the page of all plans; an agency sees its own.
func (w *Pages) PlansRoutes() []route.Route {
	return []route.Route{route.Page("/plans", page.Plain(w.plansPage), access.Everyone(), route.Menu("web.menu.plans"))}
}

// SubmitRoutes are where an entity's plan is submitted. Whose plan it is, is decided beside the rule.
func (w *Pages) SubmitRoutes() []route.Route {
	agencies := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkPlan)
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin).Links(access.LinkPlan)
	entry := route.MenuEntry{
		Key: "submit.menu.any", OwnKey: "submit.menu.own", Below: true,
		Roles: []access.Role{access.RoleAgency, access.RoleAdmin},
	}
	submits := route.Records(audit.Submit)
	return []route.Route{
		route.Page("/submit", page.Plain(w.submitPage), readers, route.InMenu(entry)),
		route.Form("/submit", page.Plain(w.uploadPlan), agencies, submits, route.Body(largestUpload)),
		route.Page("/submit/plan-template.xlsx", page.Plain(w.planTemplate), readers),
		route.Page("/submit/milestone", page.Plain(w.milestonePage), readers),
		route.Form("/submit/milestone", page.Plain(w.saveMilestone), agencies, submits),
		route.Page("/submit/draft", page.Plain(w.draftPage), readers),
		route.Form("/submit/confirm", page.Plain(w.confirmDraft), agencies, submits),
	}
}

// ReviewRoutes are where plans are decided on; one who is bound to an entity decides on nobody's plan.
func (w *Pages) ReviewRoutes() []route.Route {
	planners := access.For(access.RolePlanner, access.RoleAdmin).WholeProgramme()
	return []route.Route{
		route.Page("/review", page.Plain(w.reviewPage), access.Office(),
			route.InMenu(route.MenuEntry{Key: "review.menu", Below: true})),
		route.Page("/review/{entity}/{revision}", page.Plain(w.reviewPlan), access.Office()),
		route.Form("/review/{entity}/{revision}", page.Plain(w.decideOnPlan), planners, route.Records(audit.Review)),
	}
}
