package signin

import (
	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/route"
	"mirsad/web/page"
)

// SignInRoutes are where people come in, and a person's own account.
func (w *Pages) SignInRoutes() []route.Route {
	open, own := access.Open(), access.Everyone().FirstPassword()
	return []route.Route{
		route.Page("/sign-in", page.Plain(w.signInForm), open),
		route.Form("/sign-in", page.Plain(w.signIn), open),
		route.Page("/sign-in/provider", page.Plain(w.goToProvider), open),
		route.Get(account.CallbackPath, page.Plain(w.comeBack), open),
		route.Form("/sign-out", page.Plain(w.signOut), open),
		route.Page("/account", page.Plain(w.account), own),
		route.Form("/account/password", page.Plain(w.changePassword), own, route.Records(audit.PasswordChange)),
		route.Form("/account/sessions", page.Plain(w.endSession), own, route.Records(audit.SessionEnd)),
	}
}

// LandingRoutes are where signed links lead. They are open: what a link's secret does not open, the handler refuses and
// writes down.
func (w *Pages) LandingRoutes() []route.Route {
	return []route.Route{
		route.Page("/link/{link}", page.Plain(w.linkLanding), access.Open()),
		route.Form("/link/{link}", page.Plain(w.openLink), access.Open(), route.Records(audit.LinkOpen)),
	}
}
