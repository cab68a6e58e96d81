package reckon

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// units are the sets of services that succession connects: each is one thing, under changing names and owners
// (docs/rules.md#succession).
type units struct {
	root    []serviceAt   // of each service, the first member of its unit; nil when nobody succeeds anybody
	several [][]serviceAt // the units with more than one member, in order
}

// of returns the unit of a service, named by its first member.
func (u *units) of(at serviceAt) unitAt {
	if u.root == nil {
		return unitAt(at)
	}
	return unitAt(u.root[at])
}

// unitsOn connects the services by what the catalogue of a date says that they succeed.
func (k *Knowledge) unitsOn(on civil.Date) units {
	if len(k.successors) == 0 {
		return units{}
	}
	u := units{root: make([]serviceAt, len(k.services))}
	for i := range u.root {
		u.root[i] = serviceAt(i)
	}
	for _, at := range k.successors {
		if version := k.services[at].catalogueOn(on); version != nil {
			for _, followed := range version.follows {
				u.join(at, followed)
			}
		}
	}
	u.gather()
	return u
}

func (u *units) find(at serviceAt) serviceAt {
	for u.root[at] != at {
		at = u.root[at]
	}
	return at
}

func (u *units) join(a, b serviceAt) {
	a, b = u.find(a), u.find(b)
	u.root[max(a, b)] = min(a, b)
}

// gather points every member at its unit's first and lists the units with several members.
func (u *units) gather() {
	members := map[serviceAt][]serviceAt{}
	for i := range u.root {
		at := serviceAt(i)
		u.root[i] = u.find(at)
		members[u.root[i]] = append(members[u.root[i]], at)
	}
	for i := range u.root {
		if set := members[serviceAt(i)]; len(set) > 1 {
			u.several = append(u.several, set)
		}
	}
}

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
