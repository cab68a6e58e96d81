package account

import (
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/audit"
)

// rule is who may use a route.
type rule struct {
	open bool
	// roles are those of persons, scopes those of tokens; a token with scope admin has every scope.
	roles  []access.Role
	scopes []access.Scope
	// anyToken lets a token of any scope in.
	anyToken bool
	// links are the purposes of signed links whose sessions it is for; none else may use it from a link.
	links []access.Purpose
	// unsettled lets in who has yet to change the password that somebody else chose.
	unsettled bool
	// whole marks what shows every entity's detail: it is not for who is bound to one.
	whole bool
	// audit is what the audit record calls a request that changes something; the others are written when they take a file away.
	audit audit.Action
	// body is the largest body in bytes; 0: 1 MiB.
	body int64
	// unpaced marks what has a budget of its own, in place of an account's requests a second.
	unpaced bool
}

// allows reports whether the principal may use the route; objects of another entity are decided beside it.
func (a rule) allows(who access.Principal) bool {
	if a.open {
		return true
	}
	if a.whole && !who.SeesAll() {
		return false
	}
	if who.Purpose != "" {
		return slices.Contains(a.links, who.Purpose)
	}
	if who.Role != "" {
		return slices.Contains(a.roles, who.Role)
	}
	return (a.anyToken && len(who.Scopes) > 0) || slices.ContainsFunc(a.scopes, who.Has)
}

// row gives several routes to the same users.
type row struct {
	rule rule
	// pages stand below /{en|ar}, routes as they are; both are patterns of net/http's ServeMux. GET includes HEAD.
	pages  []string
	routes []string
}

// table is the one table of routes and who may use them; what is not in it nobody may use.
func table() []row {
	return slices.Concat(peopleRoutes(), linkRoutes(), claimRoutes(), planRoutes(), statementRoutes(), adminRoutes(), figureRoutes(), eventRoutes())
}

// officeRoles are those who look after the programme.
func officeRoles() []access.Role {
	return []access.Role{access.RolePlanner, access.RoleAuditor, access.RoleAdmin}
}

// claimRoutes are where levels are claimed and verified, and where it shows what each entity owes. Whose service may be
// claimed of is decided beside it; who is bound to one entity verifies nobody's level.
func claimRoutes() []row {
	claiming := []access.Purpose{access.LinkClaims}
	return []row{
		{
			rule:  rule{roles: []access.Role{access.RoleAgency, access.RoleAuditor, access.RoleAdmin}, links: claiming},
			pages: []string{"GET /claims", "GET /claims/{service}"},
		},
		{
			rule:  rule{roles: []access.Role{access.RoleAgency, access.RoleAdmin}, links: claiming, audit: audit.Claim},
			pages: []string{"POST /claims/{service}"},
		},
		{rule: rule{roles: officeRoles()}, pages: []string{"GET /review/claims", "GET /review/claims/{service}/{claim}"}},
		{
			rule:  rule{roles: []access.Role{access.RolePlanner, access.RoleAdmin}, audit: audit.Verify, whole: true},
			pages: []string{"POST /review/claims/{service}/{claim}"},
		},
		{
			rule:   rule{roles: []access.Role{access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin}, scopes: []access.Scope{access.ScopePlan, access.ScopeRead, access.ScopeReview}},
			routes: []string{"GET /v1/services/{service}/assessments"},
		},
		{
			rule:   rule{roles: []access.Role{access.RoleAgency, access.RoleAdmin}, scopes: []access.Scope{access.ScopePlan}, audit: audit.Claim},
			routes: []string{"POST /v1/services/{service}/assessments"},
		},
		{
			rule:   rule{roles: []access.Role{access.RolePlanner, access.RoleAdmin}, scopes: []access.Scope{access.ScopeReview}, audit: audit.Verify, whole: true},
			routes: []string{"POST /v1/services/{service}/assessments/{n}/verification"},
		},
		{rule: rule{roles: []access.Role{access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin}}, pages: []string{"GET /submissions"}},
		{
			rule:  rule{roles: []access.Role{access.RolePlanner, access.RoleAdmin}, audit: audit.LinkCreate},
			pages: []string{"POST /submissions/remind"},
		},
		{
			rule:   rule{roles: []access.Role{access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin}, scopes: []access.Scope{access.ScopeRead}},
			routes: []string{"GET /v1/submissions", "GET /v1/submissions.csv"},
		},
	}
}

// peopleRoutes are what people use every day: signing in, the dashboard and their account.
func peopleRoutes() []row {
	everyone := access.Roles()
	return []row{
		{
			rule:  rule{open: true},
			pages: []string{"GET /sign-in", "POST /sign-in", "GET /sign-in/provider", "POST /sign-out"},
			routes: []string{
				"GET " + CallbackPath, "GET /{$}", "GET /static/{path...}", "GET /favicon.ico", "GET /robots.txt", "GET /healthz", "GET /readyz",
			},
		},
		{
			rule: rule{roles: everyone},
			pages: []string{
				"GET", "GET /{$}", "GET /entities", "GET /entities/{entity}", "GET /services", "GET /services/{service}",
				"GET /usage", "GET /plans", "GET /quality", "GET /definitions", "GET /screen",
			},
		},
		{rule: rule{roles: everyone, unsettled: true}, pages: []string{"GET /account"}},
		{rule: rule{roles: everyone, unsettled: true, audit: audit.PasswordChange}, pages: []string{"POST /account/password"}},
		{rule: rule{roles: everyone, unsettled: true, audit: audit.SessionEnd}, pages: []string{"POST /account/sessions"}},
		// What of another's session may be seen and ended is decided beside it.
		{rule: rule{roles: everyone, scopes: []access.Scope{access.ScopeAdmin}}, routes: []string{"GET /v1/sessions"}},
		{
			rule:   rule{roles: everyone, scopes: []access.Scope{access.ScopeAdmin}, audit: audit.SessionEnd},
			routes: []string{"DELETE /v1/sessions/{session}"},
		},
		{rule: rule{roles: []access.Role{access.RoleExecutive, access.RolePlanner, access.RoleAuditor, access.RoleAdmin}}, pages: []string{"GET /reports"}},
	}
}

// planRoutes are where plans are submitted and reviewed. Whose plan it is, is decided beside it; who is bound to one entity
// decides on nobody's plan.
func planRoutes() []row {
	planning := []access.Purpose{access.LinkPlan}
	reading := rule{roles: []access.Role{access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin}, scopes: []access.Scope{access.ScopePlan, access.ScopeRead, access.ScopeReview}}
	return []row{
		{rule: reading, routes: []string{
			"GET /v1/entities/{entity}/plan", "GET /v1/entities/{entity}/plan-revisions", "GET /v1/entities/{entity}/plan-revisions/{n}",
			"GET /v1/entities/{entity}/plan-template.xlsx",
		}},
		{
			rule:   rule{roles: []access.Role{access.RoleAgency, access.RoleAdmin}, scopes: []access.Scope{access.ScopePlan}, audit: audit.Submit, body: largestUpload},
			routes: []string{"POST /v1/entities/{entity}/plan-revisions"},
		},
		{
			rule:   rule{roles: []access.Role{access.RolePlanner, access.RoleAdmin}, scopes: []access.Scope{access.ScopeReview}, audit: audit.Review, whole: true},
			routes: []string{"POST /v1/entities/{entity}/plan-revisions/{n}/decision"},
		},
		{
			rule:  rule{roles: []access.Role{access.RoleAgency, access.RoleAuditor, access.RoleAdmin}, links: planning},
			pages: []string{"GET /submit", "GET /submit/draft", "GET /submit/milestone", "GET /submit/plan-template.xlsx"},
		},
		{
			rule:  rule{roles: []access.Role{access.RoleAgency, access.RoleAdmin}, links: planning, audit: audit.Submit, body: largestUpload},
			pages: []string{"POST /submit"},
		},
		{
			rule:  rule{roles: []access.Role{access.RoleAgency, access.RoleAdmin}, links: planning, audit: audit.Submit},
			pages: []string{"POST /submit/milestone", "POST /submit/confirm"},
		},
		{rule: rule{roles: officeRoles()}, pages: []string{"GET /review", "GET /review/{entity}/{revision}"}},
		{
			rule:  rule{roles: []access.Role{access.RolePlanner, access.RoleAdmin}, audit: audit.Review, whole: true},
			pages: []string{"POST /review/{entity}/{revision}"},
		},
	}
}

// statementRoutes are where the monthly totals are submitted by hand. Whose they are is decided beside it.
func statementRoutes() []row {
	stating := []access.Purpose{access.LinkStatements}
	return []row{
		{rule: rule{roles: []access.Role{access.RoleAgency, access.RoleAuditor, access.RoleAdmin}, links: stating}, pages: []string{"GET /statements"}},
		{
			rule:  rule{roles: []access.Role{access.RoleAgency, access.RoleAdmin}, links: stating, audit: audit.Submit},
			pages: []string{"POST /statements"},
		},
	}
}

// adminRoutes are the pages of administration.
func adminRoutes() []row {
	return []row{
		{rule: rule{roles: []access.Role{access.RoleAuditor, access.RoleAdmin}}, pages: []string{
			"GET /admin", "GET /admin/calendars/{calendar}", "GET /admin/campaigns", "GET /admin/campaigns/{campaign}",
		}},
		{rule: rule{roles: []access.Role{access.RoleAdmin}, audit: audit.Administer}, pages: []string{
			"POST /admin", "POST /admin/calendars/{calendar}", "POST /admin/campaigns/{campaign}",
		}},
		{rule: rule{roles: []access.Role{access.RoleAuditor, access.RoleAdmin}}, pages: []string{"GET /people", "GET /tokens", "GET /sessions"}},
		{rule: rule{roles: []access.Role{access.RoleAdmin}, audit: audit.UserCreate}, pages: []string{"POST /people"}},
		{rule: rule{roles: []access.Role{access.RoleAdmin}, audit: audit.UserChange}, pages: []string{"POST /people/change"}},
		{rule: rule{roles: []access.Role{access.RoleAdmin}, audit: audit.UserDisable}, pages: []string{"POST /people/disable"}},
		{rule: rule{roles: []access.Role{access.RoleAdmin}, audit: audit.UserEnable}, pages: []string{"POST /people/enable"}},
		{rule: rule{roles: []access.Role{access.RoleAuditor, access.RoleAdmin}, scopes: []access.Scope{access.ScopeAdmin}}, routes: []string{"GET /v1/people"}},
		{
			rule:   rule{roles: []access.Role{access.RoleAdmin}, scopes: []access.Scope{access.ScopeAdmin}, audit: audit.UserCreate},
			routes: []string{"POST /v1/people"},
		},
		{
			rule:   rule{roles: []access.Role{access.RoleAdmin}, scopes: []access.Scope{access.ScopeAdmin}, audit: audit.UserDisable},
			routes: []string{"POST /v1/people/{person}/disable"},
		},
		{
			rule:   rule{roles: []access.Role{access.RoleAdmin}, scopes: []access.Scope{access.ScopeAdmin}, audit: audit.UserEnable},
			routes: []string{"POST /v1/people/{person}/enable"},
		},
		{rule: rule{roles: []access.Role{access.RoleAdmin}, audit: audit.TokenCreate}, pages: []string{"POST /tokens"}},
		{rule: rule{roles: []access.Role{access.RoleAdmin}, audit: audit.TokenRotate}, pages: []string{"POST /tokens/rotate"}},
		{rule: rule{roles: []access.Role{access.RoleAdmin}, audit: audit.TokenRevoke}, pages: []string{"POST /tokens/revoke"}},
		{rule: rule{roles: []access.Role{access.RoleAdmin}, audit: audit.SessionEnd}, pages: []string{"POST /sessions/end", "POST /sessions/end-all"}},
	}
}

// figureRoutes are the calls that answer or change what figures are made of.
func figureRoutes() []row {
	everyone := access.Roles()
	return []row{
		{
			rule:   rule{roles: everyone, scopes: []access.Scope{access.ScopeRead}},
			routes: []string{"GET /v1/calendars/{name}", "GET /v1/campaigns", "GET /v1/campaigns/{id}"},
		},
		{
			rule: rule{roles: officeRoles(), scopes: []access.Scope{access.ScopeAdmin}}, // who changed what, and why, is the office's
			routes: []string{
				"GET /v1/programme/versions", "GET /v1/calendars/{name}/versions", "GET /v1/campaigns/{id}/versions",
				"GET /v1/entities/{entity}/versions", "GET /v1/services/{service}/versions",
			},
		},
		{
			rule: rule{roles: []access.Role{access.RoleAdmin}, scopes: []access.Scope{access.ScopeAdmin}, audit: audit.Administer},
			routes: []string{
				"PUT /v1/programme", "PUT /v1/calendars/{name}", "PUT /v1/campaigns/{id}",
				"PUT /v1/entities/{entity}", "PUT /v1/services/{service}",
			},
		},
		{
			rule: rule{roles: everyone, scopes: []access.Scope{access.ScopeRead}},
			routes: []string{
				"GET /v1/progress", "GET /v1/progress/services", "GET /v1/progress/services.csv", "GET /v1/programme",
				"GET /v1/services", "GET /v1/services.csv", "GET /v1/services/{service}",
				"GET /v1/entities", "GET /v1/entities.csv", "GET /v1/entities/{entity}", "GET /v1/entities/{entity}/scorecard",
				"GET /v1/usage", "GET /v1/usage.csv", "GET /v1/usage/growth", "GET /v1/usage/take-up", "GET /v1/coverage",
				"GET /v1/quality", "GET /v1/quality.csv",
				"GET /v1/progress/forecast", "GET /v1/progress/forecast.csv", "GET /v1/progress/what-if",
				"GET /v1/milestones", "GET /v1/milestones.csv",
				"GET /charts/{name}",
			},
		},
		{
			rule:   rule{roles: []access.Role{access.RoleExecutive, access.RolePlanner, access.RoleAuditor, access.RoleAdmin}, scopes: []access.Scope{access.ScopeRead}, whole: true},
			routes: []string{"GET /v1/reports", "GET /v1/reports/{path...}"},
		},
	}
}

// eventRoutes are the calls of ingestion and of the audit record, and what describes the API.
func eventRoutes() []row {
	everyone := access.Roles()
	return []row{
		{rule: rule{scopes: []access.Scope{access.ScopeEvents}, body: largestEvents, unpaced: true}, routes: []string{"POST /v1/events"}},
		{
			rule: rule{roles: []access.Role{access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin}, scopes: []access.Scope{access.ScopeEvents}},
			routes: []string{
				"GET /v1/receipts/{receipt}", "GET /v1/quarantine", "GET /v1/quarantine.csv", "GET /v1/quarantine/{receipt}/{index}",
			},
		},
		{
			rule:   rule{roles: []access.Role{access.RoleAgency, access.RoleAdmin}, scopes: []access.Scope{access.ScopeEvents}, audit: audit.QuarantineReplay},
			routes: []string{"POST /v1/quarantine/replay"},
		},
		{
			rule:   rule{roles: []access.Role{access.RoleAgency, access.RoleAdmin}, scopes: []access.Scope{access.ScopeEvents}, audit: audit.QuarantineClose},
			routes: []string{"POST /v1/quarantine/close"},
		},
		// An agency reads the rows of its own entity.
		{rule: rule{roles: []access.Role{access.RoleAgency, access.RoleAuditor, access.RoleAdmin}}, pages: []string{"GET /audit"}},
		{
			rule:   rule{roles: []access.Role{access.RoleAgency, access.RoleAuditor, access.RoleAdmin}, scopes: []access.Scope{access.ScopeAdmin}},
			routes: []string{"GET /v1/audit", "GET /v1/audit.csv"},
		},
		{rule: rule{roles: officeRoles(), scopes: []access.Scope{access.ScopeEvents}}, routes: []string{"GET /v1/ingest/{path...}"}},
		{
			rule:   rule{roles: everyone, anyToken: true},
			routes: []string{"GET /openapi.json", "GET /v1/schemas", "GET /v1/schemas/{name}"},
		},
	}
}
