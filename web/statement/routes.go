package statement

import (
	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

// StatementRoutes are where the monthly totals are submitted by hand. Whose they are is decided beside the rule.
func (p Pages) StatementRoutes() []route.Route {
	agencies := access.For(access.RoleAgency, access.RoleAdmin).Links(access.LinkStatements)
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin).Links(access.LinkStatements)
	return []route.Route{
		route.Page("/statements", p.Serve((*visit).statementsPage), readers, route.Menu("statements.menu")),
		route.Form("/statements", p.Serve((*visit).sendStatements), agencies, route.Records(audit.Submit)),
	}
}
