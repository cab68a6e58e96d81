package access

import (
	"slices"
	"strings"
)

// Rule says who may use a route. The zero Rule lets nobody in; For and Open begin one.
type Rule struct {
	open           bool
	roles          []Role
	scopes         []Scope
	anyToken       bool
	links          []Purpose
	firstPassword  bool
	wholeProgramme bool
}

// Open lets everybody in, signed in or not.
func Open() Rule { return Rule{open: true} }

// For lets in people with one of the roles.
func For(roles ...Role) Rule { return Rule{roles: roles} }

// Everyone lets in every signed-in person.
func Everyone() Rule { return For(Roles()...) }

// Readers lets in every signed-in person, and tokens that read.
func Readers() Rule { return Everyone().Tokens(ScopeRead) }

// Office lets in people who look after the programme.
func Office() Rule { return For(RolePlanner, RoleAuditor, RoleAdmin) }

// Tokens lets in tokens with one of the scopes; a token with scope admin has every scope.
func (r Rule) Tokens(scopes ...Scope) Rule { r.scopes = scopes; return r }

// AnyToken lets in tokens of any scope.
func (r Rule) AnyToken() Rule { r.anyToken = true; return r }

// Links lets in sessions of signed links for one of the purposes; such a session uses nothing else.
func (r Rule) Links(purposes ...Purpose) Rule { r.links = purposes; return r }

// FirstPassword lets in people who have yet to choose a password of their own.
func (r Rule) FirstPassword() Rule { r.firstPassword = true; return r }

// WholeProgramme keeps out those who do not see every entity's detail.
func (r Rule) WholeProgramme() Rule { r.wholeProgramme = true; return r }

// IsOpen reports whether everybody is let in.
func (r Rule) IsOpen() bool { return r.open }

// AllowsFirstPassword reports whether people are let in who have yet to choose a password of their own.
func (r Rule) AllowsFirstPassword() bool { return r.open || r.firstPassword }

// Allows reports whether the principal may use the route; whether it may see the object's entity is decided elsewhere.
func (r Rule) Allows(who Principal) bool {
	switch {
	case r.open:
		return true
	case r.wholeProgramme && !who.SeesAll():
		return false
	case who.Purpose != "":
		return slices.Contains(r.links, who.Purpose)
	case who.Role != "":
		return slices.Contains(r.roles, who.Role)
	default:
		return (r.anyToken && len(who.Scopes) > 0) || slices.ContainsFunc(r.scopes, who.Has)
	}
}

// RoleNames names the roles of people who are let in.
func (r Rule) RoleNames() string {
	switch {
	case r.open:
		return "open"
	case slices.Equal(r.roles, Roles()):
		return "everyone"
	default:
		return names(r.roles)
	}
}

// ScopeNames names the scopes of tokens that are let in.
func (r Rule) ScopeNames() string {
	switch {
	case r.anyToken:
		return "any"
	case len(r.scopes) == 0 || slices.Contains(r.scopes, ScopeAdmin):
		return names(r.scopes)
	default:
		return names(append(slices.Clone(r.scopes), ScopeAdmin))
	}
}

// LinkNames names the purposes of signed links whose sessions are let in.
func (r Rule) LinkNames() string { return names(r.links) }

// Limits names what narrows or widens the rule beside roles, scopes and links.
func (r Rule) Limits() string {
	var limits []string
	if r.wholeProgramme {
		limits = append(limits, "whole programme only")
	}
	if r.firstPassword {
		limits = append(limits, "also with a first password")
	}
	return strings.Join(limits, ", ")
}

func names[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, each := range list {
		texts[i] = string(each)
	}
	return strings.Join(texts, " ")
}
