package page

import (
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// reader is who reads a page, and what of it may be shown.
type reader struct {
	access.Principal
	Known bool
}

// allowed reports whether the reader may see figures at all: any signed-in person, or a token with the scope.
func (r reader) allowed() bool {
	return r.Known && (r.Role != "" || r.Has(access.ScopeRead))
}

// MayRead refuses readers of other roles; the table of routes does so first.
func (v *Visit) MayRead(roles ...access.Role) error {
	if !v.Reader.Known || !slices.Contains(roles, v.Reader.Role) {
		return programme.ErrForbidden
	}
	return nil
}

// MakesLinks reports whether the reader makes and revokes links, seesLinks whether they may see them.
func (v *Visit) MakesLinks() bool {
	return v.Reader.Known && (v.Reader.Role == access.RoleAdmin || v.Reader.Role == access.RolePlanner)
}

// NoEntity is the error of an entity that the reader does not see; the audit record is told when it is another's.
func (v *Visit) NoEntity(code string) error {
	return v.notSeen(slices.ContainsFunc(v.All.Entities, func(e figures.EntityFigures) bool { return e.Code == code }))
}

// NoService is noEntity for a service.
func (v *Visit) NoService(code string) error {
	return v.notSeen(slices.ContainsFunc(v.All.Services, func(s figures.ServiceFigures) bool { return s.Code == code }))
}

func (v *Visit) notSeen(there bool) error {
	if there {
		access.NoteRefusal(v.Request.Context(), programme.TokenOtherEntity)
	}
	return programme.ErrNotFound
}
