package office

import (
	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
	"mirsad/web/page"
)

// AuditRoutes are the page of the audit record; an agency reads the rows of its own entity.
func (w *Pages) AuditRoutes() []route.Route {
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin)
	return []route.Route{route.Page("/audit", page.Plain(w.auditPage), readers, route.Menu("audit.title"))}
}

// AdminRoutes are the pages of administration.
func (w *Pages) AdminRoutes() []route.Route {
	readers := access.For(access.RoleAuditor, access.RoleAdmin)
	admins, administers := access.For(access.RoleAdmin), route.Records(audit.Administer)
	return []route.Route{
		route.Page("/admin", page.Plain(w.showRecord(settingsRecord())), readers,
			route.InMenu(route.MenuEntry{Key: "admin.menu", Below: true})),
		route.Form("/admin", page.Plain(w.saveRecord(settingsRecord())), admins, administers),
		route.Page("/admin/calendars/{calendar}", page.Plain(w.showRecord(calendarRecord())), readers),
		route.Form("/admin/calendars/{calendar}", page.Plain(w.saveRecord(calendarRecord())), admins, administers),
		route.Page("/admin/campaigns", page.Plain(w.campaigns), readers),
		route.Page("/admin/campaigns/{campaign}", page.Plain(w.showRecord(campaignRecord())), readers),
		route.Form("/admin/campaigns/{campaign}", page.Plain(w.saveRecord(campaignRecord())), admins, administers),
	}
}

// OfficeRoutes are the pages about people, tokens and sessions.
func (w *Pages) OfficeRoutes() []route.Route {
	readers, admins := access.For(access.RoleAuditor, access.RoleAdmin), access.For(access.RoleAdmin)
	ends := route.Records(audit.SessionEnd)
	return []route.Route{
		route.Page("/people", page.Plain(w.people), readers, route.Menu("people.title")),
		route.Form("/people", page.Plain(w.decide(w.addPerson)), admins, route.Records(audit.UserCreate)),
		route.Form("/people/change", page.Plain(w.decide(w.changePerson)), admins, route.Records(audit.UserChange)),
		route.Form("/people/disable", page.Plain(w.decide(w.disablePerson)), admins, route.Records(audit.UserDisable)),
		route.Form("/people/enable", page.Plain(w.decide(w.enablePerson)), admins, route.Records(audit.UserEnable)),
		route.Page("/tokens", page.Plain(w.tokens), readers),
		route.Form("/tokens", page.Plain(w.decide(w.issueToken)), admins, route.Records(audit.TokenCreate)),
		route.Form("/tokens/rotate", page.Plain(w.decide(w.rotateToken)), admins, route.Records(audit.TokenRotate)),
		route.Form("/tokens/revoke", page.Plain(w.decide(w.revokeToken)), admins, route.Records(audit.TokenRevoke)),
		route.Page("/sessions", page.Plain(w.sessions), readers),
		route.Form("/sessions/end", page.Plain(w.decide(w.endOneSession)), admins, ends),
		route.Form("/sessions/end-all", page.Plain(w.decide(w.endAllSessions)), admins, ends),
	}
}

// LinkRoutes are the pages about signed links.
func (w *Pages) LinkRoutes() []route.Route {
	makers := access.For(access.RolePlanner, access.RoleAdmin)
	entry := route.MenuEntry{Key: "people.link.title", Roles: []access.Role{access.RolePlanner}} // others come by people
	return []route.Route{
		route.Page("/links", page.Plain(w.links), access.Office(), route.InMenu(entry)),
		route.Form("/links", page.Plain(w.decideAs((*visit).MakesLinks, w.issueLink)), makers,
			route.Records(audit.LinkCreate)),
		route.Form("/links/revoke", page.Plain(w.decideAs((*visit).MakesLinks, w.revokeLink)), makers,
			route.Records(audit.LinkRevoke)),
	}
}
