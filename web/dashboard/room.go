// Package dashboard serves the pages that show figures: overview, entities, services, use, quality, reports and
// definitions.
package dashboard

import (
	"mirsad/internal/register"
	"mirsad/web/page"
)

// Dependencies are what these pages need.
type Dependencies struct {
	// Register holds the baselines of plans.
	Register register.Register
	// Reports know which months have a workbook.
	Reports Reports
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

// frame is the frame of these pages, which gives their tables the words of the page.
type frame struct{ page.Frame }

func (v *visit) frame(title string) frame { return frame{v.Frame(title)} }
