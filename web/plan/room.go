// Package plan serves the pages about plans: all plans and what if, where an agency submits its own, and
// where planners decide.
package plan

import (
	"mirsad/internal/act"
	"mirsad/web/page"
)

// Dependencies are what these pages need.
type Dependencies struct {
	// Planner reads the plans in force.
	Planner Planner
	// PlanBook writes and reads the Excel form of a plan.
	PlanBook PlanBook
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

// frame is the frame of these pages, which gives their tables the words of the page.
type frame struct{ page.Frame }

func (v *visit) frame(title string) frame { return frame{v.Frame(title)} }
