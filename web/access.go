package web

import (
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// mayRead refuses readers of other roles; the table of routes does so first.
func (v *base) mayRead(roles ...access.Role) error {
	if !v.reader.known || !slices.Contains(roles, v.reader.Role) {
		return programme.ErrForbidden
	}
	return nil
}

// makesLinks reports whether the reader makes and revokes links, seesLinks whether they may see them.
func (v *base) makesLinks() bool {
	return v.reader.known && (v.reader.Role == access.RoleAdmin || v.reader.Role == access.RolePlanner)
}

// noEntity is the error of an entity that the reader does not see; the audit record is told when it is another's.
func (v *base) noEntity(code string) error {
	return v.notSeen(slices.ContainsFunc(v.all.Entities, func(e figures.EntityFigures) bool { return e.Code == code }))
}

// noService is noEntity for a service.
func (v *base) noService(code string) error {
	return v.notSeen(slices.ContainsFunc(v.all.Services, func(s figures.ServiceFigures) bool { return s.Code == code }))
}

func (v *base) notSeen(there bool) error {
	if there {
		access.NoteRefusal(v.request.Context(), programme.TokenOtherEntity)
	}
	return programme.ErrNotFound
}
