package reckon

import (
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// settle lets one member of a unit count: the newest in the succession, then the highest level, then the first
// by code. One that a planner lets count apart counts beside it. All share the first dates of the unit.
func (c *census) settle(members []serviceAt, verdicts []verdict, basis figures.Basis) {
	existed := slices.ContainsFunc(members, func(m serviceAt) bool { return verdicts[m].existed })
	lead := c.lead(members, basis, func(m serviceAt) bool {
		return verdicts[m].clause == "" && c.services[m].version != nil && c.services[m].version.CountsApart == ""
	})
	for _, m := range members {
		verdicts[m].existed = existed
		version := c.services[m].version
		if m != lead && version != nil && verdicts[m].clause == "" && version.CountsApart == "" {
			verdicts[m].clause = programme.ClauseSucceeded
		}
	}
}

// lead picks the member that represents a unit among those allowed; none when there is none.
func (c *census) lead(members []serviceAt, basis figures.Basis, allowed func(serviceAt) bool) serviceAt {
	best := noService
	for _, m := range members {
		if !allowed(m) || slices.ContainsFunc(members, func(other serviceAt) bool {
			return allowed(other) && c.follows(other, m) && !c.follows(m, other)
		}) {
			continue
		}
		if best == noService || c.services[m].level(basis) > c.services[best].level(basis) {
			best = m
		}
	}
	if best == noService { // a circle of successions: the first allowed
		if at := slices.IndexFunc(members, allowed); at >= 0 {
			best = members[at]
		}
	}
	return best
}

func (c *census) follows(a, b serviceAt) bool {
	version := c.services[a].version
	return version != nil && slices.Contains(version.follows, b)
}
