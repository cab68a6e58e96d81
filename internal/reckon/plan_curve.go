package reckon

import (
	"slices"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// planCurve counts planned units by the day on which each enters the plan.
type planCurve struct {
	first   civil.Date   // before the first approval there is no plan
	entries []civil.Date // sorted
}

func (c *planCurve) add(day civil.Date) { c.entries = append(c.entries, day) }

func (c *planCurve) sort() { slices.Sort(c.entries) }

// at returns how many services the plan has live on a date; not_provided before the first approval.
func (c *planCurve) at(on civil.Date) programme.Count {
	if on < c.first {
		return programme.Count{State: programme.NotProvided}
	}
	n, _ := slices.BinarySearch(c.entries, on+1)
	return programme.CountOf(n)
}

// planCurves are the original and the current plan, of the programme and of each entity.
type planCurves struct {
	original, current   planCurve
	originals, currents []planCurve // by entity
}

// drawPlans draws the plans as known on the census's date. Existing stock is in the plan when the rule counts
// it, and neither in the plan nor in the count when it doesn't. A unit counts once, for the entity that owns it
// (docs/rules.md#plan-curve).
func (k *Knowledge) drawPlans(c *census, s *schedule, stock []bool) *planCurves {
	curves := &planCurves{
		original: planCurve{first: s.first}, current: planCurve{first: s.first},
		originals: make([]planCurve, len(k.Entities)), currents: make([]planCurve, len(k.Entities)),
	}
	for e := range k.Entities {
		curves.originals[e].first, curves.currents[e].first = s.approved[e], s.approved[e]
	}
	for _, members := range k.unitMembers(c) {
		original, current := k.entryDays(c, s, stock, members)
		owner := k.ownerOf(c, members)
		curves.enter(owner, original, current)
	}
	curves.sort()
	return curves
}

// enter puts a unit into the programme's plan and its owner's. An owner without a plan of its own has one, the original
// and the current, from the day on which a planned service that came to it was due.
func (p *planCurves) enter(owner catalogue.EntityAt, original, current civil.Date) {
	if original != civil.Never {
		p.original.add(original)
		if owner != catalogue.NoEntity {
			p.originals[owner].add(original)
			if !original.IsZero() {
				p.originals[owner].first = min(p.originals[owner].first, original)
				p.currents[owner].first = p.originals[owner].first
			}
		}
	}
	if current != civil.Never {
		p.current.add(current)
		if owner != catalogue.NoEntity {
			p.currents[owner].add(current)
		}
	}
}

func (p *planCurves) sort() {
	p.original.sort()
	p.current.sort()
	for e := range p.originals {
		p.originals[e].sort()
		p.currents[e].sort()
	}
}

// unitMembers lists every service in the unit that counts for it: its succession's, or itself alone.
func (k *Knowledge) unitMembers(c *census) [][]catalogue.ServiceAt {
	all := make([]catalogue.ServiceAt, len(k.Services))
	together := make([][]catalogue.ServiceAt, 0, len(k.Services))
	for i := range all {
		all[i] = catalogue.ServiceAt(i)
	}
	for i := range all {
		if c.units.Alone() || c.apart(all[i]) {
			together = append(together, all[i:i+1])
		}
	}
	if c.units.Alone() {
		return together
	}
	sets := map[catalogue.UnitAt][]catalogue.ServiceAt{}
	for _, at := range all {
		if !c.apart(at) {
			sets[c.units.Of(at)] = append(sets[c.units.Of(at)], at)
		}
	}
	for _, at := range all {
		if members := sets[catalogue.UnitAt(at)]; len(members) > 0 {
			together = append(together, members)
		}
	}
	return together
}

// apart reports whether a planner lets the service count beside its unit.
func (c *census) apart(at catalogue.ServiceAt) bool {
	version := c.services[at].Version
	return version != nil && version.CountsApart != ""
}

// entryDays returns when a unit enters the original and the current plan; never when it doesn't. An original
// date is in force from its approval, so that a past point is drawn as it was known then.
func (k *Knowledge) entryDays(
	c *census, s *schedule, stock []bool, members []catalogue.ServiceAt,
) (original, current civil.Date) {
	var always civil.Date // the stock is in every plan from its beginning
	original, current = civil.Never, civil.Never
	for _, m := range members {
		existed := c.verdicts[figures.Verified][m].existed
		if existed && !c.rule.CountExisting {
			return civil.Never, civil.Never
		}
		if stock[m] {
			return always, always
		}
		planned := &s.services[m]
		version := c.services[m].Version
		if planned.on.IsZero() || (version != nil && !c.rule.Eligible(&version.Service)) {
			continue
		}
		original = min(original, max(planned.on, planned.approvedOn))
		switch actual := k.actual(m, planned.level, figures.Verified, c); {
		case !planned.current.IsZero():
			current = min(current, planned.current)
		case actual != civil.Never: // done before the newest revision, which no longer names it
			current = min(current, actual)
		}
	}
	return original, current
}

// actual returns the first day on which a service, or one that succeeds it, was launched and at a level; never
// when that was not yet on the census's date.
func (k *Knowledge) actual(at catalogue.ServiceAt, level programme.Level, basis figures.Basis, c *census) civil.Date {
	day := k.Services[at].Reached[basis][level]
	for _, heir := range c.heirs(at, k.Successors) {
		day = min(day, k.Services[heir].Reached[basis][level])
	}
	if day > c.on {
		return civil.Never
	}
	return day
}

// ownerOf returns the entity for which a unit counts: that of its counted member, else of its newest.
func (k *Knowledge) ownerOf(c *census, members []catalogue.ServiceAt) catalogue.EntityAt {
	at := c.lead(members, figures.Verified, func(m catalogue.ServiceAt) bool { return c.counts(m, figures.Verified) })
	if at == catalogue.NoService {
		at = c.lead(members, figures.Verified, func(m catalogue.ServiceAt) bool { return c.services[m].Version != nil })
	}
	if at == catalogue.NoService {
		at = members[0]
	}
	return k.ownerOn(c, at)
}

// ownerOn returns the entity of a service on the census's date, else of its oldest catalogue entry.
func (k *Knowledge) ownerOn(c *census, at catalogue.ServiceAt) catalogue.EntityAt {
	if version := c.services[at].Version; version != nil {
		return version.Owner
	}
	if versions := k.Services[at].Versions; len(versions) > 0 {
		return versions[0].Owner
	}
	return catalogue.NoEntity
}

// stockOn marks the services that counted on the day before the programme's start, by the catalogue of that day
// or, where it began later, by its first entry.
func (k *Knowledge) stockOn(on civil.Date, settings programme.Settings) []bool {
	stock := make([]bool, len(k.Services))
	if !settings.Rule.CountExisting {
		return stock
	}
	eve := min(on, settings.StartsOn-1)
	for i := range k.Services {
		s := k.StandingOn(catalogue.ServiceAt(i), eve)
		if versions := k.Services[i].Versions; len(versions) > 0 && versions[0].From > eve {
			s.Version = &versions[0]
		}
		stock[i] = s.Version != nil && ownClause(settings.Rule, &s, figures.Verified) == ""
	}
	return stock
}
