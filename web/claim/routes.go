package claim

import (
	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

// ClaimRoutes are where levels are claimed and verified. Whose service may be claimed of is decided beside the rule;
// one who is bound to an entity verifies nobody's level.
func (p Pages) ClaimRoutes() []route.Route {
	agencies := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkClaims)
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin).Links(access.LinkClaims)
	verifiers := access.For(access.RolePlanner, access.RoleAdmin).WholeProgramme()
	return []route.Route{
		route.Page("/claims", p.Page("claims", (*visit).claims), readers,
			route.InMenu(route.MenuEntry{Key: "claims.menu", Below: true})),
		route.Page("/claims/{service}", p.Page("claim", (*visit).claimForm), readers),
		route.Form("/claims/{service}", p.Serve((*visit).claimLevel), agencies, route.Records(audit.Claim)),
		route.Page("/review/claims", p.Page("review_claims", (*visit).reviewClaims), access.Office(),
			route.InMenu(route.MenuEntry{Key: "claims.menu.review", Below: true})),
		route.Page("/review/claims/{service}/{claim}", p.Page("review_claim", (*visit).reviewClaim), access.Office()),
		route.Form(
			"/review/claims/{service}/{claim}", p.Serve((*visit).decideClaim), verifiers, route.Records(audit.Verify),
		),
	}
}

// SubmissionRoutes are where it shows what each entity owes.
func (p Pages) SubmissionRoutes() []route.Route {
	readers := access.For(access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin)
	return []route.Route{
		route.Page("/submissions", p.Page("submissions", (*visit).submissions), readers,
			route.InMenu(route.MenuEntry{Key: "submissions.title", Below: true})),
		route.Form("/submissions/remind", p.Serve((*visit).remind), access.For(access.RolePlanner, access.RoleAdmin),
			route.Records(audit.LinkCreate)),
	}
}
