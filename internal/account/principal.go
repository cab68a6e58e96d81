// Package account knows the people, roles, API tokens and sessions of the
// programme, and holds the one table of routes and who may use them.
package account

import (
	"context"
	"slices"

	"mirsad/internal/civil"
)

// Role is what a signed-in person may do.
type Role string

// The roles (docs/design.md#people-and-roles).
const (
	RoleExecutive Role = "executive"
	RolePlanner   Role = "planner"
	RoleAgency    Role = "agency"
	RoleAuditor   Role = "auditor"
	RoleAdmin     Role = "admin"
)

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

// Principal is who makes a request: a signed-in person or a token.
type Principal struct {
	// ID is what facts record as their actor: user/<email>, user/oidc:<hash>, token/<id> or link/<id>.
	ID   string
	Name string
	// Role is empty for a token.
	Role Role
	// Scopes is empty for a person.
	Scopes []Scope
	// Entity is the one entity an agency person or a token is bound to; empty: none, or all for an administrator.
	Entity string
	// Purpose is not empty in the session of a signed link, which may do that and nothing else, for Month (0: none).
	Purpose LinkPurpose
	Month   civil.Month
	// MustChange is a person who has yet to choose a password of their own.
	MustChange bool

	session string // the hash of a link's session
}

// Has reports whether the principal is a token with the scope; a token with scope admin has every scope.
func (p Principal) Has(scope Scope) bool {
	return slices.Contains(p.Scopes, scope) || slices.Contains(p.Scopes, ScopeAdmin)
}

// Admin reports whether the principal may act for every entity: a person with the role or a token with the scope.
func (p Principal) Admin() bool { return p.Role == RoleAdmin || slices.Contains(p.Scopes, ScopeAdmin) }

type contextKey struct{}

// WithPrincipal returns a context that carries who makes the request.
func WithPrincipal(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// PrincipalFrom returns who makes the request, or false for an anonymous one.
func PrincipalFrom(ctx context.Context) (Principal, bool) {
	p, found := ctx.Value(contextKey{}).(Principal)
	return p, found
}
