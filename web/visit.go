package web

import (
	"mirsad/internal/act"
	"mirsad/web/page"
)

// visit is a request for one of these pages, with what they need beside what every page is made with.
type visit struct {
	*page.Visit

	deps *Dependencies
	// acts record what the forms say.
	acts *act.Acts
}
