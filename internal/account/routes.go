package account

import (
	"net/http"
	"reflect"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

const jsonType = "application/json"

// Routes are the calls about sessions and people. Which session of another may be seen and ended is
// decided beside the rule.
func (a *Accounts) Routes() []route.Route {
	everyone := access.Everyone().Tokens(access.ScopeAdmin)
	overseers := access.For(access.RoleAuditor, access.RoleAdmin).Tokens(access.ScopeAdmin)
	admins := access.For(access.RoleAdmin).Tokens(access.ScopeAdmin)
	return []route.Route{
		route.Get("/v1/sessions", a.listSessions, everyone, answersJSON[sessionList](
			"sessions", "Open sessions: one's own, an administrator's view of all")),
		route.Delete("/v1/sessions/{session}", a.endListedSession, everyone, route.Records(audit.SessionEnd),
			answersNothing("end-session", "End a session")),
		route.Get("/v1/people", a.listPeople, overseers, answersJSON[PeopleList](
			"people", "Everybody who may sign in (administrators and auditors)")),
		route.Post("/v1/people", a.addPerson, admins, route.Records(audit.UserCreate), makesJSON[NewPerson, PersonItem](
			"add-person", "Make an account; the first password is answered this once")),
		route.Post("/v1/people/{person}/disable", a.disablePerson, admins, route.Records(audit.UserDisable),
			answersJSON[PersonItem]("disable-person", "Disable an account and end its sessions")),
		route.Post("/v1/people/{person}/enable", a.enablePerson, admins, route.Records(audit.UserEnable),
			answersJSON[PersonItem]("enable-person", "Bring a disabled person back")),
	}
}

func answersJSON[Answer any](id, summary string) route.Option {
	return route.Doc(route.Description{
		ID: id, Summary: summary, Tag: "accounts",
		Status: http.StatusOK, Gives: jsonType, Answer: reflect.TypeFor[Answer](),
	})
}

func makesJSON[Body, Answer any](id, summary string) route.Option {
	return route.Doc(route.Description{
		ID: id, Summary: summary, Tag: "accounts", Takes: []string{jsonType}, Body: reflect.TypeFor[Body](),
		Status: http.StatusCreated, Gives: jsonType, Answer: reflect.TypeFor[Answer](),
	})
}

func answersNothing(id, summary string) route.Option {
	return route.Doc(route.Description{ID: id, Summary: summary, Tag: "accounts", Status: http.StatusNoContent})
}
