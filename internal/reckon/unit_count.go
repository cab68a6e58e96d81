package reckon

import (
	"slices"

	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// settle lets one member of a unit count: the newest in the succession, then the highest level, then the first
// by code. One that a planner lets count apart counts beside it. All share the first dates of the unit.
func (c *census) settle(members []catalogue.ServiceAt, verdicts []verdict, basis figures.Basis) {
	existed := slices.ContainsFunc(members, func(m catalogue.ServiceAt) bool { return verdicts[m].existed })
	mayLead := func(m catalogue.ServiceAt) bool {
		return c.services[m].Version != nil && verdicts[m].clause == "" && !c.apart(m)
	}
	lead := c.lead(members, basis, mayLead)
	for _, m := range members {
		verdicts[m].existed = existed
		if m != lead && mayLead(m) {
			verdicts[m].clause = programme.ClauseSucceeded
		}
	}
}

// lead picks the member that represents a unit among those allowed; none when there is none.
func (c *census) lead(members []catalogue.ServiceAt, basis figures.Basis, allowed func(catalogue.ServiceAt) bool) catalogue.ServiceAt {
	best := catalogue.NoService
	for _, m := range members {
		if !allowed(m) || slices.ContainsFunc(members, func(other catalogue.ServiceAt) bool {
			return allowed(other) && c.follows(other, m) && !c.follows(m, other)
		}) {
			continue
		}
		if best == catalogue.NoService || c.services[m].Level(basis) > c.services[best].Level(basis) {
			best = m
		}
	}
	if best == catalogue.NoService { // a circle of successions: the first allowed
		if at := slices.IndexFunc(members, allowed); at >= 0 {
			best = members[at]
		}
	}
	return best
}

// heirs lists the services that succeed one, and those that succeed these in turn.
func (c *census) heirs(of catalogue.ServiceAt, successors []catalogue.ServiceAt) []catalogue.ServiceAt {
	var found []catalogue.ServiceAt
	for next := 0; next <= len(found); next++ {
		after := of
		if next > 0 {
			after = found[next-1]
		}
		for _, successor := range successors {
			if successor != of && c.follows(successor, after) && !slices.Contains(found, successor) {
				found = append(found, successor)
			}
		}
	}
	return found
}

func (c *census) follows(a, b catalogue.ServiceAt) bool {
	version := c.services[a].Version
	return version != nil && slices.Contains(version.Follows, b)
}
