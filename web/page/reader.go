package page

import "mirsad/internal/access"

// reader is who reads a page, and what of it may be shown.
type reader struct {
	access.Principal
	Known bool
}

// allowed reports whether the reader may see figures at all: any signed-in person, or a token with the scope.
func (r reader) allowed() bool {
	return r.Known && (r.Role != "" || r.Has(access.ScopeRead))
}
