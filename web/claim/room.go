// Package claim serves the pages where levels are claimed and verified, and where it shows what each entity
// owes.
package claim

import (
	"mirsad/internal/act"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// Dependencies are what these pages need.
type Dependencies struct {
	// Register holds the claims.
	Register register.Register
	// Submissions answers what every entity owes.
	Submissions Submissions
	// Letters are the signed links of reminders, Contacts their readers.
	Letters  Letters
	Contacts Contacts
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
