// Package signin serves where people come in: the sign-in page, a person's own account, and where signed links
// land.
package signin

import (
	"mirsad/web/page"
)

// Dependencies are what these pages need.
type Dependencies struct {
	// Accounts begin and end sessions.
	Accounts Accounts
	// Links open signed links.
	Links LinkDoor
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
