package link

import (
	"net/http"
	"reflect"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

const jsonType = "application/json"

// Routes are the calls about signed links.
func (l *Links) Routes() []route.Route {
	office := access.Office().Tokens(access.ScopeAdmin)
	makers := access.For(access.RolePlanner, access.RoleAdmin).Tokens(access.ScopeAdmin)
	return []route.Route{
		route.Get("/v1/links", l.serveList, office, route.Doc(route.Description{
			ID: "links", Summary: "Signed links, with when and from where each was opened and used", Tag: "accounts",
			Status: http.StatusOK, Gives: jsonType, Answer: reflect.TypeFor[LinkList](),
		})),
		route.Post("/v1/links", l.serveNew, makers, route.Records(audit.LinkCreate), route.Doc(route.Description{
			ID: "make-link", Summary: "Make a signed link and send it; its address is answered where no mail took it",
			Tag: "accounts", Takes: []string{jsonType}, Body: reflect.TypeFor[NewLink](),
			Status: http.StatusCreated, Gives: jsonType, Answer: reflect.TypeFor[LinkItem](),
		})),
		route.Delete("/v1/links/{link}", l.serveRevoke, makers, route.Records(audit.LinkRevoke),
			route.Doc(route.Description{
				ID: "revoke-link", Summary: "Revoke a signed link", Tag: "accounts", Status: http.StatusNoContent,
			})),
	}
}
