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
	// Links open signed links; nil: there are none.
	Links LinkDoor
}

// Pages serves them; it is safe for use by many goroutines.
type Pages struct {
	page.Room[*visit]

	deps Dependencies
}

// New makes the pages of the kit that all pages share.
func New(kit *page.Kit, deps Dependencies) *Pages {
	w := &Pages{deps: deps}
	w.Room = page.Room[*visit]{Kit: kit, Own: func(v *page.Visit) *visit {
		return &visit{Visit: v, deps: &w.deps}
	}}
	return w
}

// visit is a request for one of these pages, with what they need beside.
type visit struct {
	*page.Visit

	deps *Dependencies
}

// frame is the frame of these pages, which gives their tables the words of the page.
type frame struct{ page.Frame }

func (v *visit) frame(title string) frame { return frame{v.Frame(title)} }
