package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// tableMonths is how many months of use the figures show; the table has one more, for the first one's growth.
const tableMonths = 36

// TrendMonths is how far an entity's and a service's trend goes back.
const TrendMonths = 12

// Table is the digital completions of every service by month, worked out once for all figures of a date.
type Table struct {
	use    *Use
	on     civil.Date
	units  catalogue.Units
	months []civil.Month // oldest first
	spans  [][]Span      // by month and service
	parts  [][]part
	// partsIn are the parts by the period of their month.
	partsIn map[civil.Period][]part
	// used is the place of the first month in which anything was reported; the number of months for none.
	used int
}

var completedMeasure = programme.MeasureCompleted.Index()

// TableUntil fills the table for the months that end with the one given.
func (u *Use) TableUntil(last civil.Month, on civil.Date) *Table {
	t := &Table{use: u, on: on, units: u.UnitsOn(on), used: tableMonths + 1, partsIn: map[civil.Period][]part{}}
	for m := last - tableMonths; m <= last; m++ {
		spans, parts := make([]Span, len(u.Services)), make([]part, len(u.Services))
		for i := range u.Services {
			at := catalogue.ServiceAt(i)
			spans[i] = u.SpanOf(at, m.Period(), on)
			parts[i] = u.part(at, &spans[i], programme.DigitalSet, completedMeasure)
			if parts[i].reported() {
				t.used = min(t.used, len(t.months))
			}
		}
		t.months, t.spans, t.parts = append(t.months, m), append(t.spans, spans), append(t.parts, parts)
		t.partsIn[m.Period()] = parts
	}
	return t
}

// shown is the place of the first month that the series show: 36 months, or from the first with use.
func (t *Table) shown() int { return max(1, t.used) }

// Trend returns a service's last twelve months.
func (t *Table) Trend(at catalogue.ServiceAt) []figures.UsagePoint {
	points := make([]figures.UsagePoint, 0, TrendMonths)
	for i := len(t.months) - TrendMonths; i < len(t.months); i++ {
		points = append(points, t.point(i, t.parts[i][at:at+1]))
	}
	return points
}

// point is the aggregate of some parts of a month.
func (t *Table) point(month int, parts []part) figures.UsagePoint {
	p := t.months[month].Period()
	return figures.UsagePoint{Period: p, Total: sumOf(parts).figure(p, t.on)}
}

// partsOf returns the parts of a month in the table, or works out those of another period.
func (t *Table) partsOf(p civil.Period) []part {
	if parts, found := t.partsIn[p]; found {
		return parts
	}
	return t.use.partsOf(p, programme.DigitalSet, completedMeasure, t.on)
}
