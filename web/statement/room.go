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
	// Intake takes what is typed.
	Intake act.Intake
	// Acts record what the forms say.
	Acts *act.Acts
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
		return &visit{Visit: v, deps: &w.deps, acts: w.deps.Acts}
	}}
	return w
}

// visit is a request for one of these pages, with what they need beside.
type visit struct {
	*page.Visit

	deps *Dependencies
	acts *act.Acts
}

// frame is the frame of these pages, which gives their tables the words of the page.
type frame struct{ page.Frame }

func (v *visit) frame(title string) frame { return frame{v.Frame(title)} }
