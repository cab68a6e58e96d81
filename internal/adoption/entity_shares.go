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
	for _, s := range e.parts[month][entity] {
		sum.add(s.part)
	}
	return sum.figure()
}

// Trend returns an entity's last twelve months.
func (e *EntityShares) Trend(entity catalogue.EntityAt) []figures.UsagePoint {
	points := make([]figures.UsagePoint, 0, TrendMonths)
	for i := len(e.t.months) - TrendMonths; i < len(e.t.months); i++ {
		points = append(points, figures.UsagePoint{Period: e.t.months[i].Period(), Total: e.total(i, entity)})
	}
	return points
}

// LikeForLike returns an entity's growth in the last month over what it reported in both.
func (e *EntityShares) LikeForLike(entity catalogue.EntityAt) programme.Ratio {
	last, units := len(e.t.months)-1, &e.t.units
	before := map[catalogue.UnitAt]int64{}
	for _, s := range e.parts[last-1][entity] {
		if s.part.reported() {
			before[units.Of(s.service)] += s.part.value
		}
	}
	var was, is int64
	seen := map[catalogue.UnitAt]bool{}
	for _, s := range e.parts[last][entity] {
		unit := units.Of(s.service)
		value, both := before[unit]
		if !both || !s.part.reported() {
			continue
		}
		is += s.part.value
		if !seen[unit] {
			seen[unit] = true
			was += value
		}
	}
	return programme.RatioOf(float64(is-was), float64(was))
}
