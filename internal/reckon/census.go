package reckon

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// census is the state of all services on one date, and what the rule says of them.
type census struct {
	on       civil.Date
	rule     programme.Rule
	services []catalogue.Standing
	verdicts [figures.BasisCount][]verdict // by basis and service; a service outside the catalogue has none
	units    catalogue.Units
}

// takeCensus applies the counting rule to every service on a date.
func (k *Knowledge) takeCensus(on civil.Date, settings programme.Settings) *census {
	c := &census{
		on: on, rule: settings.Rule, services: make([]catalogue.Standing, len(k.Services)), units: k.UnitsOn(on),
	}
	for i := range k.Services {
		c.services[i] = k.StandingOn(catalogue.ServiceAt(i), on)
	}
	for _, basis := range figures.Bases() {
		c.verdicts[basis] = k.judge(c, basis, settings.StartsOn)
	}
	return c
}

func (k *Knowledge) judge(c *census, basis figures.Basis, start civil.Date) []verdict {
	verdicts := make([]verdict, len(k.Services))
	for i := range k.Services {
		if s := &c.services[i]; s.Version != nil {
			verdicts[i].clause = ownClause(c.rule, s, basis)
		}
		verdicts[i].existed = k.Services[i].Reached[basis][c.rule.NewAtLevel] < start
	}
	for _, members := range c.units.Several {
		c.settle(members, verdicts, basis)
	}
	return verdicts
}

// tally is how many services count on one date and basis.
type tally struct {
	all     int // existing ones included
	new     int
	counted programme.ByLevel
}

// clause returns the clause that keeps a service of the catalogue from counting, "" when it counts.
func (c *census) clause(at catalogue.ServiceAt, basis figures.Basis) programme.Clause {
	return c.verdicts[basis][at].final(c.rule)
}

// counts reports whether a service counts under the rule.
func (c *census) counts(at catalogue.ServiceAt, basis figures.Basis) bool {
	return c.services[at].Version != nil && c.clause(at, basis) == ""
}

func (c *census) tally(basis figures.Basis) tally {
	var t tally
	for i, v := range c.verdicts[basis] {
		if c.services[i].Version == nil || v.clause != "" {
			continue
		}
		t.all++
		if !v.existed {
			t.new++
		}
		if v.final(c.rule) == "" {
			t.counted.Add(c.services[i].Level(basis))
		}
	}
	return t
}
