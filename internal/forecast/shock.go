package forecast

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"mirsad/internal/civil"
)

// shocks are the spreads, in days, of what makes many milestones late together: delays of one programme, and of one
// entity, are not independent, and a forecast that takes them for independent has bands far too narrow.
type shocks struct {
	programme float64 // standard deviation of what all milestones of a stretch of time share
	entity    float64 // the same of what those of one entity share beyond it
}

// Until history shows shocks they are taken for a share of the spread between single delays, as if so many
// quarters had been seen.
const (
	priorShock    = .35
	priorQuarters = 4
)

// cohort sums the deviations of delays that were due together.
type cohort struct{ n, sum, squares float64 }

func (c *cohort) add(x float64) { c.n, c.sum, c.squares = c.n+1, c.sum+x, c.squares+x*x }

func (c *cohort) mean() float64 { return c.sum / c.n }

// shocksOf estimates both spreads from the means of quarters, and of entities within quarters: the part of the variance
// between them that the variance within does not explain (a one-way random effects model, by moments;
// docs/rules.md#shared-delays).
func shocksOf(delays []Delay, curves *delayCurves, on civil.Date) shocks {
	deviations := deviationsOf(delays, curves, on)
	quarters := map[quarter]*cohort{}
	for _, each := range deviations {
		addTo(quarters, each.quarter, each.days)
	}
	cells := map[cell]*cohort{}
	for _, each := range deviations {
		addTo(cells, each.cell, each.days-quarters[each.quarter].mean())
	}
	return shocks{
		programme: spreadBetween(quarters, cmp.Compare[quarter]),
		entity:    spreadBetween(cells, cell.compare),
	}
}

// quarter numbers the quarters of the calendar.
type quarter int

// cell is one entity's quarter.
type cell struct {
	entity  Entity
	quarter quarter
}

func (c cell) compare(other cell) int {
	return cmp.Or(cmp.Compare(c.entity, other.entity), cmp.Compare(c.quarter, other.quarter))
}

// deviation is by how many days a delay differs from what was to be expected.
type deviation struct {
	cell

	days float64
}

// deviationsOf returns how far each delay is from what its entity's history lets expect; an open one that is overdue is
// taken for as long as such become.
func deviationsOf(delays []Delay, curves *delayCurves, on civil.Date) []deviation {
	expected := map[Entity]float64{}
	list := make([]deviation, 0, len(delays))
	for _, each := range delays {
		if each.Due > on {
			continue
		}
		curve := curves.of(each.Entity)
		mean, found := expected[each.Entity]
		if !found {
			mean = curve.beyond(shortestDelay)
			expected[each.Entity] = mean
		}
		days := float64(each.Days)
		if each.Open {
			days = curve.beyond(each.Days)
		}
		list = append(list, deviation{cell{each.Entity, quarter(each.Due.Month()) / 3}, days - mean})
	}
	return list
}

func addTo[K comparable](cohorts map[K]*cohort, key K, x float64) {
	c, found := cohorts[key]
	if !found {
		c = &cohort{}
		cohorts[key] = c
	}
	c.add(x)
}

// spreadBetween is the standard deviation between the means of cohorts, drawn to its prior while few are known. The
// order in which they add up is fixed, so that the last digit is the same each time.
func spreadBetween[K comparable](cohorts map[K]*cohort, compare func(a, b K) int) float64 {
	var several, n, within, between, freedom float64
	for _, key := range slices.SortedFunc(maps.Keys(cohorts), compare) {
		c := cohorts[key]
		n += c.n
		within += c.squares - c.n*c.mean()*c.mean()
		between += c.n * c.mean() * c.mean()
		freedom += c.n - 1
		several++
	}
	if freedom < 1 {
		return 0
	}
	variance := within / freedom
	estimate := max(0, (between-several*variance)/n)
	prior := priorShock * priorShock * variance
	return math.Sqrt((several*estimate + priorQuarters*prior) / (several + priorQuarters))
}
