package accounttest

import (
	"io"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

// OtherRoutes are in place of those of the pages, the figures API and the ingestion.
func OtherRoutes() []route.Route {
	everyone, readers := access.Everyone(), access.Readers()
	submits := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin)
	desk := access.For(access.RoleAgency, access.RoleAdmin).Tokens(access.ScopeEvents)
	receipts := access.For(access.RolePlanner, access.RoleAgency, access.RoleAuditor, access.RoleAdmin).
		Tokens(access.ScopeEvents)
	reports := access.For(access.RoleExecutive, access.RolePlanner, access.RoleAuditor, access.RoleAdmin).
		Tokens(access.ScopeRead).WholeProgramme()
	return []route.Route{
		route.Get("/{$}", echo, access.Open()), route.Get("/static/{path...}", echo, access.Open()),
		route.Get("/favicon.ico", echo, access.Open()), route.Get("/robots.txt", echo, access.Open()),
		route.Get("/healthz", echo, access.Open()), route.Page("/sign-in", echo, access.Open()),
		route.Page("", echo, everyone), route.Page("/{$}", echo, everyone), route.Page("/usage", echo, everyone),
		route.Page("/entities", echo, everyone), route.Page("/entities/{entity}", echo, everyone),
		route.Page("/services", echo, everyone), route.Page("/account", echo, everyone.FirstPassword()),
		route.Form("/account/password", echo, everyone.FirstPassword(), route.Records(audit.PasswordChange)),
		route.Page("/submit", echo, submits.Links(access.LinkPlan)),
		route.Page("/claims", echo, submits.Links(access.LinkClaims)),
		route.Page("/statements", echo, submits.Links(access.LinkStatements)),
		route.Page("/audit", echo, submits),
		route.Page("/people", echo, access.For(access.RoleAuditor, access.RoleAdmin)),
		route.Form("/people", echo, access.For(access.RoleAdmin), route.Records(audit.UserCreate)),
		route.Form("/admin", echo, access.For(access.RoleAdmin), route.Records(audit.Administer)),
		route.Page("/admin", echo, access.For(access.RoleAuditor, access.RoleAdmin)),
		route.Get("/v1/progress", echo, readers), route.Get("/v1/services", echo, readers),
		route.Get("/v1/services.csv", echo, readers), route.Get("/v1/entities/{entity}", echo, readers),
		route.Get("/v1/reports", echo, reports), route.Get("/v1/reports/{month}/highlights.xlsx", echo, reports),
		route.Get("/v1/receipts/{receipt}", echo, receipts), route.Get("/v1/quarantine", echo, receipts),
		route.Post("/v1/quarantine/replay", echo, desk, route.Records(audit.QuarantineReplay)),
		route.Post("/v1/quarantine/close", echo, desk, route.Records(audit.QuarantineClose)),
		route.Post("/v1/events", echo, access.For().Tokens(access.ScopeEvents), route.Unpaced()),
		route.Get("/v1/ingest/{path...}", echo, access.Office().Tokens(access.ScopeEvents)),
	}
}

// echo answers who asks.
func echo(w http.ResponseWriter, r *http.Request) error {
	who, _ := access.PrincipalFrom(r.Context())
	_, _ = io.WriteString(w, who.ID)
	return nil
}
