package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

// rights are who may make a call, and what else its route says.
type rights struct {
	who     access.Rule
	options []route.Option
}

func only(who access.Rule, options ...route.Option) rights { return rights{who: who, options: options} }

// serve adds a call to the description, to the router and to the API's routes.
func serve[I, O any](a *API, operation huma.Operation, may rights, handler func(context.Context, *I) (*O, error)) {
	huma.Register(a.huma, operation, handler)
	a.routes = append(a.routes, route.New(
		operation.Method, operation.Path, route.Serve(a.router), may.who, may.options...,
	))
}

// officeAndAgencies are people who look after the programme or submit to it.
func officeAndAgencies() access.Rule {
	return access.For(access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin)
}

// submissionReaders read what each entity owes.
func submissionReaders() access.Rule { return officeAndAgencies().Tokens(access.ScopeRead) }

// planReaders read plans and claims: whose they are is decided beside it.
func planReaders() access.Rule {
	return officeAndAgencies().Tokens(access.ScopePlan, access.ScopeRead, access.ScopeReview)
}

// historians read who changed what, and why.
func historians() rights { return only(access.Office().Tokens(access.ScopeAdmin)) }

// registrars record what the programme is made of.
func registrars() rights {
	return only(access.For(access.RoleAdmin).Tokens(access.ScopeAdmin), route.Records(audit.Administer))
}

// claimants claim levels of an entity's own services.
func claimants() rights {
	return only(access.For(access.RoleAgency, access.RoleAdmin).Tokens(access.ScopePlan), route.Records(audit.Claim))
}

// verifiers verify claimed levels; one who is bound to an entity verifies nobody's.
func verifiers() rights { return only(reviewers(), route.Records(audit.Verify)) }

// planners decide on submitted plans; one who is bound to an entity decides on nobody's.
func planners() rights { return only(reviewers(), route.Records(audit.Review)) }

func reviewers() access.Rule {
	return access.For(access.RolePlanner, access.RoleAdmin).Tokens(access.ScopeReview).WholeProgramme()
}

// largestUpload is a workbook of 5 MB and the form around it.
const largestUpload = 6 << 20

// submitters submit their entity's plan.
func submitters() rights {
	return only(access.For(access.RoleAgency, access.RoleAdmin).Tokens(access.ScopePlan),
		route.Records(audit.Submit), route.Body(largestUpload))
}
