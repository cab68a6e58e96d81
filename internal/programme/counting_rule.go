package programme

import "slices"

// Clause is a clause of the counting rule: the first that fails is why a service is not counted.
type Clause string

// The clauses, in the order in which they are tried (docs/rules.md#clauses).
const (
	ClausePartOfBundle       Clause = "part_of_bundle"
	ClauseOutOfScope         Clause = "out_of_scope"
	ClauseNotLaunched        Clause = "not_launched"
	ClauseRetired            Clause = "retired"
	ClauseClaimedNotVerified Clause = "claimed_not_verified"
	ClauseBelowMinimum       Clause = "below_minimum"
	ClauseExistedBefore      Clause = "existed_before"
	// ClauseSucceeded is for a unit's other members: of several successors one counts.
	ClauseSucceeded Clause = "succeeded"
)

// Clauses lists the clauses in the order in which they are tried.
func Clauses() []Clause {
	return []Clause{
		ClausePartOfBundle, ClauseOutOfScope, ClauseNotLaunched, ClauseRetired,
		ClauseClaimedNotVerified, ClauseBelowMinimum, ClauseExistedBefore, ClauseSucceeded,
	}
}

// InScope reports whether the rule's audiences include the one given.
func (r Rule) InScope(audience string) bool {
	return len(r.Audiences) == 0 || slices.Contains(r.Audiences, audience)
}

// Eligible reports whether a service can count at all: in scope, and not a part of a bundle.
func (r Rule) Eligible(service *Service) bool {
	return service.PartOf == "" && r.InScope(service.Audience)
}
