package reckon

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// verdict is what the counting rule says of one service on one basis.
type verdict struct {
	// clause is the first that fails, what existed before apart; "" for none.
	clause programme.Clause
	// existed says that its unit was at the rule's level before the programme started.
	existed bool
}

// final returns the clause that keeps the service from counting under the rule, "" when it counts.
func (v verdict) final(rule programme.Rule) programme.Clause {
	existing := v.existed && !rule.CountExisting
	if existing && (v.clause == "" || v.clause == programme.ClauseSucceeded) {
		return programme.ClauseExistedBefore
	}
	return v.clause
}

// ownClause returns the first of clauses 1 to 6 that fails for a service of the catalogue, "" for none; what
// existed before and succession need other services, see census.
func ownClause(r programme.Rule, s *catalogue.Standing, basis figures.Basis) programme.Clause {
	switch {
	case s.Version.PartOf != "":
		return programme.ClausePartOfBundle
	case !r.InScope(s.Version.Audience):
		return programme.ClauseOutOfScope
	case !s.Rollout.Launched:
		return programme.ClauseNotLaunched
	case s.Rollout.Retired:
		return programme.ClauseRetired
	case s.Level(basis) >= r.MinimumLevel:
		return ""
	case basis == figures.Verified && s.Claimed >= r.MinimumLevel && s.VerifiedBefore < r.MinimumLevel:
		return programme.ClauseClaimedNotVerified
	default:
		return programme.ClauseBelowMinimum
	}
}
