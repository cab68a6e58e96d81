// Package office serves the pages of administration: settings, calendars, campaigns, people, tokens, sessions,
// signed links and the audit record.
package office

import (
	"mirsad/internal/act"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// Dependencies are what these pages need.
type Dependencies struct {
	// Register holds what the pages about the programme change.
	Register register.Register
	// Audit is searched by its page.
	Audit Audit
	// Office is for people and sessions, Tokens for what programs sign in with.
	Office Office
	Tokens Tokens
	// Links are for the page about signed links.
	Links LinkDesk
	// Acts record what the forms say.
	Acts *act.Acts
}

// Pages are their routes.
type Pages struct{ page.Room[*visit] }

// New makes the pages with the kit that all pages share.
func New(kit *page.Kit, deps Dependencies) Pages {
	return Pages{page.NewRoom(kit, func(v *page.Visit) *visit { return &visit{Visit: v, deps: &deps} })}
}

// visit is a request for one of these pages, with what they need.
type visit struct {
	*page.Visit

	deps *Dependencies
}
