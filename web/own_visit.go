package web

import "mirsad/internal/act"

// visit is a request for one of these pages, with what they need beside what every page is made with.
type visit struct {
	*base

	deps *Dependencies
	// acts record what the forms say.
	acts *act.Acts
}
