package catalogue

import "mirsad/internal/civil"

// Units are the sets of services that succession connects: each is one thing, under changing names and owners
// (docs/rules.md#succession).
type Units struct {
	root    []ServiceAt   // of each service, the first member of its unit; nil when nobody succeeds anybody
	Several [][]ServiceAt // the units with more than one member, in order
}

// Alone reports whether nobody succeeds anybody: each service is a unit of its own.
func (u *Units) Alone() bool { return u.root == nil }

// Of returns the unit of a service, named by its first member.
func (u *Units) Of(at ServiceAt) UnitAt {
	if u.Alone() {
		return UnitAt(at)
	}
	return UnitAt(u.root[at])
}

// UnitsOn connects the services by what the catalogue of a date says that they succeed.
func (c *Catalogue) UnitsOn(on civil.Date) Units {
	if len(c.Successors) == 0 {
		return Units{}
	}
	u := Units{root: make([]ServiceAt, len(c.Services))}
	for i := range u.root {
		u.root[i] = ServiceAt(i)
	}
	for _, at := range c.Successors {
		if version := c.Services[at].VersionOn(on); version != nil {
			for _, followed := range version.Follows {
				u.join(at, followed)
			}
		}
	}
	u.gather()
	return u
}

func (u *Units) find(at ServiceAt) ServiceAt {
	for u.root[at] != at {
		at = u.root[at]
	}
	return at
}

func (u *Units) join(a, b ServiceAt) {
	a, b = u.find(a), u.find(b)
	u.root[max(a, b)] = min(a, b)
}

// gather points every member at its unit's first and lists the units with several members.
func (u *Units) gather() {
	members := map[ServiceAt][]ServiceAt{}
	for i := range u.root {
		at := ServiceAt(i)
		u.root[i] = u.find(at)
		members[u.root[i]] = append(members[u.root[i]], at)
	}
	for i := range u.root {
		if set := members[ServiceAt(i)]; len(set) > 1 {
			u.Several = append(u.Several, set)
		}
	}
}
