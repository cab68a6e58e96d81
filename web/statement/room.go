// Package statement serves the page where an agency types a month's totals.
package statement

import (
	"mirsad/internal/act"
	"mirsad/web/page"
)

// Dependencies are what these pages need.
type Dependencies struct {
	// Totals answers what is known of a month.
	Totals Totals
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
