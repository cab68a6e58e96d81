package access

import (
	"context"
	"slices"
	"strings"

	"mirsad/internal/civil"
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
	Purpose Purpose
	Month   civil.Month
	// MustChange is a person who has yet to choose a password of their own.
	MustChange bool

	// Session is the hash of the secret of a link's session.
	Session string
}

// Has reports whether the principal is a token with the scope; a token with scope admin has every scope.
func (p Principal) Has(scope Scope) bool {
	return slices.Contains(p.Scopes, scope) || slices.Contains(p.Scopes, ScopeAdmin)
}

// Admin reports whether the principal may act for every entity: a person with the role or a token with the scope.
func (p Principal) Admin() bool { return p.Role == RoleAdmin || slices.Contains(p.Scopes, ScopeAdmin) }

// RoleName returns a person's role, or a token's scopes separated by commas.
func (p Principal) RoleName() string {
	if p.Role != "" {
		return string(p.Role)
	}
	scopes := make([]string, len(p.Scopes))
	for i, scope := range p.Scopes {
		scopes[i] = string(scope)
	}
	return strings.Join(scopes, ",")
}

type contextKey struct{}

// WithPrincipal returns a context that carries the principal of the request.
func WithPrincipal(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, contextKey{}, p)
}

// PrincipalFrom returns the principal of the request, or false for an anonymous one.
func PrincipalFrom(ctx context.Context) (Principal, bool) {
	p, found := ctx.Value(contextKey{}).(Principal)
	return p, found
}

// Actor names who a fact is recorded for: the person or token of the request, or the command at the machine.
func Actor(ctx context.Context) string {
	if principal, found := PrincipalFrom(ctx); found {
		return principal.ID
	}
	return "operator/command"
}
