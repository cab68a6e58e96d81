package figures

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// units are the sets of services that succession connects: each is one thing, under changing names and owners
// (docs/rules.md#succession).
type units struct {
	root    []int32   // of each service, the first member of its unit; nil when nobody succeeds anybody
	several [][]int32 // the units with more than one member, in order
}

// of returns the unit of a service, named by its first member.
func (u *units) of(at int32) int32 {
	if u.root == nil {
		return at
	}
	return u.root[at]
}

// unitsOn connects the services by what the catalogue of a date says that they succeed.
func (k *Knowledge) unitsOn(on civil.Date) units {
	if len(k.successors) == 0 {
		return units{}
	}
	u := units{root: make([]int32, len(k.services))}
	for i := range u.root {
		u.root[i] = int32(i)
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

func (u *units) find(at int32) int32 {
	for u.root[at] != at {
		at = u.root[at]
	}
	return at
}

func (u *units) join(a, b int32) {
	a, b = u.find(a), u.find(b)
	u.root[max(a, b)] = min(a, b)
}

// gather points every member at its unit's first and lists the units with several members.
func (u *units) gather() {
	members := map[int32][]int32{}
	for i := range u.root {
		at := int32(i)
		u.root[i] = u.find(at)
		members[u.root[i]] = append(members[u.root[i]], at)
	}
	for i := range u.root {
		if set := members[int32(i)]; len(set) > 1 {
			u.several = append(u.several, set)
		}
	}
}

// settle lets one member of a unit count: the newest in the succession, then the highest level, then the first
// by code. One that a planner lets count apart counts beside it. All share the first dates of the unit.
func (c *census) settle(members []int32, verdicts []verdict, basis Basis) {
	existed := slices.ContainsFunc(members, func(m int32) bool { return verdicts[m].existed })
	lead := c.lead(members, basis, func(m int32) bool {
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

// lead picks the member that stands for a unit among those allowed; none when there is none.
func (c *census) lead(members []int32, basis Basis, allowed func(int32) bool) int32 {
	best := usage.None
	for _, m := range members {
		if !allowed(m) || slices.ContainsFunc(members, func(other int32) bool {
			return allowed(other) && c.follows(other, m) && !c.follows(m, other)
		}) {
			continue
		}
		if best == usage.None || c.services[m].level(basis) > c.services[best].level(basis) {
			best = m
		}
	}
	if best == usage.None { // a circle of successions: the first allowed
		if at := slices.IndexFunc(members, allowed); at >= 0 {
			best = members[at]
		}
	}
	return best
}

func (c *census) follows(a, b int32) bool {
	version := c.services[a].version
	return version != nil && slices.Contains(version.follows, b)
}
