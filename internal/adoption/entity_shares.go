package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// EntityShares is the same table seen by the entities that reported the use.
type EntityShares struct {
	t *Table
	// parts holds, by month and entity, the services with a part and what it is.
	parts [][][]servicePart
}

type servicePart struct {
	service catalogue.ServiceAt
	part    part
}

// ByEntity attributes the months of a trend.
func (t *Table) ByEntity() *EntityShares {
	e := &EntityShares{t: t, parts: make([][][]servicePart, len(t.months))}
	for i := len(t.months) - TrendMonths; i < len(t.months); i++ {
		e.parts[i] = make([][]servicePart, len(t.use.Entities))
		for j := range t.parts[i] {
			at := catalogue.ServiceAt(j)
			add := func(entity catalogue.EntityAt, p part) {
				e.parts[i][entity] = append(e.parts[i][entity], servicePart{at, p})
			}
			t.use.eachShare(at, &t.spans[i][j], t.parts[i][j], programme.DigitalSet, completedMeasure, add)
		}
	}
	return e
}

// Last is what an entity reported in the last month.
func (e *EntityShares) Last(entity catalogue.EntityAt) figures.UsageTotal {
	return e.total(len(e.t.months)-1, entity)
}

func (e *EntityShares) total(month int, entity catalogue.EntityAt) figures.UsageTotal {
	var sum total
	for i := range e.parts[month][entity] {
		sum.add(&e.parts[month][entity][i].part)
	}
	return sum.figure(e.t.months[month].Period(), e.t.on)
}

// Trend returns an entity's last twelve months.
func (e *EntityShares) Trend(entity catalogue.EntityAt) []figures.UsagePoint {
	points := make([]figures.UsagePoint, 0, TrendMonths)
	for i := len(e.t.months) - TrendMonths; i < len(e.t.months); i++ {
		points = append(points, figures.UsagePoint{Period: e.t.months[i].Period(), Total: e.total(i, entity)})
	}
	return points
}

// Comparison sets an entity's last month beside the month before, over the lines that it reported in both.
func (e *EntityShares) Comparison(entity catalogue.EntityAt) figures.Comparison {
	last := len(e.t.months) - 1
	was, is := e.unitsOf(last-1, entity), e.unitsOf(last, entity)
	var c comparison
	for unit, now := range is {
		before := was[unit]
		if before == nil {
			before = &part{}
		}
		c.add(unit, before, now)
	}
	for unit, before := range was {
		if is[unit] == nil {
			c.add(unit, before, &part{})
		}
	}
	return c.figure()
}

// unitsOf adds up what an entity reported in a month by unit.
func (e *EntityShares) unitsOf(month int, entity catalogue.EntityAt) map[catalogue.UnitAt]*part {
	sums := map[catalogue.UnitAt]*part{}
	for i := range e.parts[month][entity] {
		share := &e.parts[month][entity][i]
		unit := e.t.units.Of(share.service)
		if sums[unit] == nil {
			sums[unit] = &part{}
		}
		sums[unit].add(&share.part)
	}
	return sums
}
