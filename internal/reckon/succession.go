package reckon

import (
	"mirsad/internal/civil"
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
func (c *Catalogue) unitsOn(on civil.Date) units {
	if len(c.successors) == 0 {
		return units{}
	}
	u := units{root: make([]serviceAt, len(c.services))}
	for i := range u.root {
		u.root[i] = serviceAt(i)
	}
	for _, at := range c.successors {
		if version := c.services[at].catalogueOn(on); version != nil {
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
