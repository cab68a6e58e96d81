package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// tableMonths is how many months of use the figures show; the table has one more, for the first one's growth.
const tableMonths = 36

// useTable is the digital completions of every service by month, worked out once for all figures of a date.
type useTable struct {
	use    *Use
	on     civil.Date
	units  units
	months []civil.Month // oldest first
	spans  [][]span      // by month and service
	parts  [][]part
	// used is the place of the first month in which anything was reported; the number of months for none.
	used int
}

var completedMeasure = programme.MeasureCompleted.Index()

// tableUntil fills the table for the months that end with the one given.
func (u *Use) tableUntil(last civil.Month, on civil.Date) *useTable {
	t := &useTable{use: u, on: on, units: u.unitsOn(on), used: tableMonths + 1}
	for m := last - tableMonths; m <= last; m++ {
		spans, parts := make([]span, len(u.services)), make([]part, len(u.services))
		for i := range u.services {
			at := serviceAt(i)
			spans[i] = u.spanOf(at, m.Period(), on)
			parts[i] = u.part(at, &spans[i], programme.DigitalSet, completedMeasure)
			if parts[i].reported() {
				t.used = min(t.used, len(t.months))
			}
		}
		t.months, t.spans, t.parts = append(t.months, m), append(t.spans, spans), append(t.parts, parts)
	}
	return t
}

// shown is the place of the first month that the series show: 36 months, or from the first with use.
func (t *useTable) shown() int { return max(1, t.used) }

// trend returns a service's last twelve months.
func (t *useTable) trend(at serviceAt) []figures.UsagePoint {
	points := make([]figures.UsagePoint, 0, trendMonths)
	for i := len(t.months) - trendMonths; i < len(t.months); i++ {
		var sum total
		sum.add(t.parts[i][at])
		points = append(points, figures.UsagePoint{Period: t.months[i].Period(), Total: sum.figure()})
	}
	return points
}

// partsOf returns the parts of a month in the table, or works out those of another period.
func (t *useTable) partsOf(p civil.Period) []part {
	if at := t.placeOf(p); at >= 0 {
		return t.parts[at]
	}
	return t.use.partsOf(p, programme.DigitalSet, completedMeasure, t.on)
}

func (t *useTable) placeOf(p civil.Period) int {
	at := int(p.From.Month() - t.months[0])
	if p.Grain != civil.GrainMonth || at < 0 || at >= len(t.months) {
		return -1
	}
	return at
}

// entityShares is the same table seen by the entities that reported the use.
type entityShares struct {
	t *useTable
	// parts holds, by month and entity, the services with a part and what it is.
	parts [][][]servicePart
}

type servicePart struct {
	service serviceAt
	part    part
}

// byEntity attributes the last thirteen months: a trend, and the month before it.
func (t *useTable) byEntity() *entityShares {
	e := &entityShares{t: t, parts: make([][][]servicePart, len(t.months))}
	for i := len(t.months) - trendMonths - 1; i < len(t.months); i++ {
		e.parts[i] = make([][]servicePart, len(t.use.entities))
		for j := range t.parts[i] {
			at := serviceAt(j)
			add := func(entity entityAt, p part) {
				e.parts[i][entity] = append(e.parts[i][entity], servicePart{at, p})
			}
			t.use.eachShare(at, &t.spans[i][j], t.parts[i][j], programme.DigitalSet, completedMeasure, add)
		}
	}
	return e
}

// last is what an entity reported in the last month.
func (e *entityShares) last(entity entityAt) figures.UsageTotal {
	return e.total(len(e.t.months)-1, entity)
}

func (e *entityShares) total(month int, entity entityAt) figures.UsageTotal {
	var sum total
	for _, s := range e.parts[month][entity] {
		sum.add(s.part)
	}
	return sum.figure()
}

// trend returns an entity's last twelve months.
func (e *entityShares) trend(entity entityAt) []figures.UsagePoint {
	points := make([]figures.UsagePoint, 0, trendMonths)
	for i := len(e.t.months) - trendMonths; i < len(e.t.months); i++ {
		points = append(points, figures.UsagePoint{Period: e.t.months[i].Period(), Total: e.total(i, entity)})
	}
	return points
}

// likeForLike returns an entity's growth in the last month over what it reported in both.
func (e *entityShares) likeForLike(entity entityAt) programme.Ratio {
	last, units := len(e.t.months)-1, &e.t.units
	before := map[unitAt]int64{}
	for _, s := range e.parts[last-1][entity] {
		if s.part.reported() {
			before[units.of(s.service)] += s.part.value
		}
	}
	var was, is int64
	seen := map[unitAt]bool{}
	for _, s := range e.parts[last][entity] {
		unit := units.of(s.service)
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
