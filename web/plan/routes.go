package plan

import (
	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

// largestUpload is a workbook of 5 MB and the form around it.
const largestUpload = 6 << 20

// PlansRoutes are the page of all plans; an agency sees its own.
func (p Pages) PlansRoutes() []route.Route {
	return []route.Route{
		route.Page("/plans", p.Serve((*visit).plansPage), access.Everyone(), route.Menu("web.menu.plans")),
	}
}

// SubmitRoutes are where an entity's plan is submitted. Whose plan it is, is decided beside the rule.
func (p Pages) SubmitRoutes() []route.Route {
	agencies := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkPlan)
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin).Links(access.LinkPlan)
	entry := route.MenuEntry{
		Key: "submit.menu.any", OwnKey: "submit.menu.own", Below: true,
		Roles: []access.Role{access.RoleAgency, access.RoleAdmin},
	}
	submits := route.Records(audit.Submit)
	return []route.Route{
		route.Page("/submit", p.Serve((*visit).submitPage), readers, route.InMenu(entry)),
		route.Form("/submit", p.Serve((*visit).uploadPlan), agencies, submits, route.Body(largestUpload)),
		route.Page("/submit/plan-template.xlsx", p.Serve((*visit).planTemplate), readers),
		route.Page("/submit/milestone", p.Serve((*visit).milestonePage), readers),
		route.Form("/submit/milestone", p.Serve((*visit).saveMilestone), agencies, submits),
		route.Page("/submit/draft", p.Serve((*visit).draftPage), readers),
		route.Form("/submit/confirm", p.Serve((*visit).confirmDraft), agencies, submits),
	}
}

// ReviewRoutes are where plans are decided on; one who is bound to an entity decides on nobody's plan.
func (p Pages) ReviewRoutes() []route.Route {
	planners := access.For(access.RolePlanner, access.RoleAdmin).WholeProgramme()
	return []route.Route{
		route.Page("/review", p.Serve((*visit).reviewPage), access.Office(),
			route.InMenu(route.MenuEntry{Key: "review.menu", Below: true})),
		route.Page("/review/{entity}/{revision}", p.Serve((*visit).reviewPlan), access.Office()),
		route.Form(
			"/review/{entity}/{revision}", p.Serve((*visit).decideOnPlan), planners, route.Records(audit.Review),
		),
	}
}
