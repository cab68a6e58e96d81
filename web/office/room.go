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
	// Register and Weigher are for the pages about the programme.
	Register register.Register
	Weigher  register.Weigher
	// Audit is searched by its page.
	Audit Audit
	// Office is for people and sessions, Tokens for what programs sign in with.
	Office Office
	Tokens Tokens
	// Links are for the page about signed links; nil: there is none.
	Links LinkDesk
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
