package claim

import (
	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
	"mirsad/web/page"
)

// ClaimRoutes are where levels are claimed and verified. Whose service may be claimed of is decided beside the rule;
// one who is bound to an entity verifies nobody's level.
func (w *Pages) ClaimRoutes() []route.Route {
	agencies := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkClaims)
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin).Links(access.LinkClaims)
	verifiers := access.For(access.RolePlanner, access.RoleAdmin).WholeProgramme()
	return []route.Route{
		route.Page("/claims", w.Page("claims", (*visit).claims), readers,
			route.InMenu(route.MenuEntry{Key: "claims.menu", Below: true})),
		route.Page("/claims/{service}", w.Page("claim", (*visit).claimForm), readers),
		route.Form("/claims/{service}", page.Plain(w.claimLevel), agencies, route.Records(audit.Claim)),
		route.Page("/review/claims", w.Page("review_claims", (*visit).reviewClaims), access.Office(),
			route.InMenu(route.MenuEntry{Key: "claims.menu.review", Below: true})),
		route.Page("/review/claims/{service}/{claim}", w.Page("review_claim", (*visit).reviewClaim), access.Office()),
		route.Form("/review/claims/{service}/{claim}", page.Plain(w.decideClaim), verifiers, route.Records(audit.Verify)),
	}
}

// SubmissionRoutes are where it shows what each entity owes.
func (w *Pages) SubmissionRoutes() []route.Route {
	readers := access.For(access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin)
	return []route.Route{
		route.Page("/submissions", w.Page("submissions", (*visit).submissions), readers,
			route.InMenu(route.MenuEntry{Key: "submissions.title", Below: true})),
		route.Form("/submissions/remind", page.Plain(w.remind), access.For(access.RolePlanner, access.RoleAdmin),
			route.Records(audit.LinkCreate)),
	}
}
