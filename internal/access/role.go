package access

import (
	"fmt"
	"slices"

	"mirsad/internal/programme"
)

// Role is what a signed-in person may do.
type Role string

// The roles; the list is closed.
const (
	RoleExecutive Role = "executive"
	RolePlanner   Role = "planner"
	RoleAgency    Role = "agency"
	RoleAuditor   Role = "auditor"
	RoleAdmin     Role = "admin"
)

// Roles lists all roles.
func Roles() []Role {
	return []Role{RoleExecutive, RolePlanner, RoleAgency, RoleAuditor, RoleAdmin}
}

// ParseRole reads a role's name; anything else is ErrInvalid.
func ParseRole(text string) (Role, error) {
	if role := Role(text); slices.Contains(Roles(), role) {
		return role, nil
	}
	return "", fmt.Errorf("%w: role %q is none of %v", programme.ErrInvalid, text, Roles())
}

// Scope is what an API token may do.
type Scope string

// The scopes of a token.
const (
	ScopeEvents Scope = "events"
	ScopePlan   Scope = "plan"
	ScopeRead   Scope = "read"
	ScopeReview Scope = "review"
	ScopeAdmin  Scope = "admin"
)

// Scopes lists all scopes.
func Scopes() []Scope {
	return []Scope{ScopeEvents, ScopePlan, ScopeRead, ScopeReview, ScopeAdmin}
}

// ParseScope reads a scope's name; anything else is ErrInvalid.
func ParseScope(text string) (Scope, error) {
	if scope := Scope(text); slices.Contains(Scopes(), scope) {
		return scope, nil
	}
	return "", fmt.Errorf("%w: scope %q is none of %v", programme.ErrInvalid, text, Scopes())
}
