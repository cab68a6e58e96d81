package office

import (
	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

// AuditRoutes are the page of the audit record; an agency reads the rows of its own entity.
func (p Pages) AuditRoutes() []route.Route {
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin)
	return []route.Route{route.Page("/audit", p.Serve((*visit).auditPage), readers, route.Menu("audit.title"))}
}

// AdminRoutes are the pages of administration.
func (p Pages) AdminRoutes() []route.Route {
	readers := access.For(access.RoleAuditor, access.RoleAdmin)
	admins, administers := access.For(access.RoleAdmin), route.Records(audit.Administer)
	return []route.Route{
		route.Page("/admin", p.Serve(showRecord(settingsRecord())), readers,
			route.InMenu(route.MenuEntry{Key: "admin.menu", Below: true})),
		route.Form("/admin", p.Serve(saveRecord(settingsRecord())), admins, administers),
		route.Page("/admin/calendars/{calendar}", p.Serve(showRecord(calendarRecord())), readers),
		route.Form("/admin/calendars/{calendar}", p.Serve(saveRecord(calendarRecord())), admins, administers),
		route.Page("/admin/campaigns", p.Serve((*visit).campaigns), readers),
		route.Page("/admin/campaigns/{campaign}", p.Serve(showRecord(campaignRecord())), readers),
		route.Form("/admin/campaigns/{campaign}", p.Serve(saveRecord(campaignRecord())), admins, administers),
	}
}

// OfficeRoutes are the pages about people, tokens and sessions.
func (p Pages) OfficeRoutes() []route.Route {
	readers, admins := access.For(access.RoleAuditor, access.RoleAdmin), access.For(access.RoleAdmin)
	ends := route.Records(audit.SessionEnd)
	return []route.Route{
		route.Page("/people", p.Serve((*visit).people), readers, route.Menu("people.title")),
		route.Form("/people", p.Serve(decide((*visit).addPerson)), admins, route.Records(audit.UserCreate)),
		route.Form("/people/change", p.Serve(decide((*visit).changePerson)), admins, route.Records(audit.UserChange)),
		route.Form(
			"/people/disable", p.Serve(decide((*visit).disablePerson)), admins, route.Records(audit.UserDisable),
		),
		route.Form("/people/enable", p.Serve(decide((*visit).enablePerson)), admins, route.Records(audit.UserEnable)),
		route.Page("/tokens", p.Serve((*visit).tokens), readers),
		route.Form("/tokens", p.Serve(decide((*visit).issueToken)), admins, route.Records(audit.TokenCreate)),
		route.Form("/tokens/rotate", p.Serve(decide((*visit).rotateToken)), admins, route.Records(audit.TokenRotate)),
		route.Form("/tokens/revoke", p.Serve(decide((*visit).revokeToken)), admins, route.Records(audit.TokenRevoke)),
		route.Page("/sessions", p.Serve((*visit).sessions), readers),
		route.Form("/sessions/end", p.Serve(decide((*visit).endOneSession)), admins, ends),
		route.Form("/sessions/end-all", p.Serve(decide((*visit).endAllSessions)), admins, ends),
	}
}

// LinkRoutes are the pages about signed links.
func (p Pages) LinkRoutes() []route.Route {
	makers := access.For(access.RolePlanner, access.RoleAdmin)
	// others come by people
	entry := route.MenuEntry{Key: "people.link.title", Roles: []access.Role{access.RolePlanner}}
	return []route.Route{
		route.Page("/links", p.Serve((*visit).links), access.Office(), route.InMenu(entry)),
		route.Form("/links", p.Serve(decideAs((*visit).MakesLinks, (*visit).issueLink)), makers,
			route.Records(audit.LinkCreate)),
		route.Form("/links/revoke", p.Serve(decideAs((*visit).MakesLinks, (*visit).revokeLink)), makers,
			route.Records(audit.LinkRevoke)),
	}
}
