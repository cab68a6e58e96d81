package signin

import (
	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/route"
)

// SignInRoutes are where people come in, and a person's own account.
func (p Pages) SignInRoutes() []route.Route {
	open, own := access.Open(), access.Everyone().FirstPassword()
	return []route.Route{
		route.Page("/sign-in", p.Serve((*visit).signInForm), open),
		route.Form("/sign-in", p.Serve((*visit).signIn), open),
		route.Page("/sign-in/provider", p.Serve((*visit).goToProvider), open),
		route.Get(account.CallbackPath, p.Serve((*visit).comeBack), open),
		route.Form("/sign-out", p.Serve((*visit).signOut), open),
		route.Page("/account", p.Serve((*visit).account), own),
		route.Form("/account/password", p.Serve((*visit).changePassword), own, route.Records(audit.PasswordChange)),
		route.Form("/account/sessions", p.Serve((*visit).endSession), own, route.Records(audit.SessionEnd)),
	}
}

// LandingRoutes are where signed links lead. They are open: what a link's secret does not open, the handler refuses and
// writes down.
func (p Pages) LandingRoutes() []route.Route {
	return []route.Route{
		route.Page("/link/{link}", p.Serve((*visit).linkLanding), access.Open()),
		route.Form("/link/{link}", p.Serve((*visit).openLink), access.Open(), route.Records(audit.LinkOpen)),
	}
}
