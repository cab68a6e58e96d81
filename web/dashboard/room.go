// Package dashboard serves the pages that show figures: overview, entities, services, use, quality, reports and
// definitions.
package dashboard

import (
	"mirsad/internal/register"
	"mirsad/web/page"
)

// Dependencies are what these pages need.
type Dependencies struct {
	// Register lists the campaigns and claims beside figures; nil: they are not shown.
	Register register.Register
	// Reports know which months have a workbook; nil: there is no page of them.
	Reports Reports
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
