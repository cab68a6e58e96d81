package forecast

import (
	"testing"

	"mirsad/internal/civil/civiltest"
)

// A shock can only lengthen what is to come or shorten it in proportion: nothing ends before the date.
func TestAShockMovesDays(t *testing.T) {
	for name, test := range map[string]struct{ days, shock, want int32 }{
		"later":               {10, 5, 15},
		"no shock":            {10, 0, 10},
		"earlier":             {30, -30, 15},
		"much earlier":        {10, -990, 1},
		"due already":         {0, 40, 1},
		"overdue and earlier": {-5, -40, 1},
	} {
		if got := shifted(test.days, test.shock); got != test.want {
			t.Errorf("%s: %d", name, got)
		}
	}
}

// delaysIn are ten delays of each of four entities in each of eight quarters.
func delaysIn(days func(entity, quarter, i int) int) []Delay {
	var delays []Delay
	start := civiltest.Day("2014-01-01").Month()
	for q := range 8 {
		for e := range 4 {
			for i := range 10 {
				due := (start + 3).First().AddDays(91*q + i)
				delays = append(delays, Delay{Entity: Entity(e), Due: due, Days: days(e, q, i)})
			}
		}
	}
	return delays
}

// What a whole quarter shares is the programme's shock, what an entity's quarter shares the entity's.
func TestShocksOfTheProgrammeAndOfEntities(t *testing.T) {
	on := civiltest.Day("2016-06-30")
	spreads := func(days func(entity, quarter, i int) int) shocks {
		delays := delaysIn(days)
		return shocksOf(delays, curvesOf(delays), on)
	}
	calm := spreads(func(_, _, i int) int { return i })
	common := spreads(func(_, q, i int) int { return i + 60*(q%2) })
	own := spreads(func(e, q, i int) int { return i + 60*((e+q)%2) })
	if common.programme < 4*calm.programme || common.programme < 4*common.entity {
		t.Errorf("common: %+v, calm %+v", common, calm)
	}
	if own.entity < 4*calm.entity || own.entity < 2*own.programme {
		t.Errorf("of each entity: %+v, calm %+v", own, calm)
	}
}

// Without history there are no shocks, and what is due only later says nothing of them.
func TestNoHistoryNoShocks(t *testing.T) {
	on := civiltest.Day("2013-01-01")
	delays := delaysIn(func(_, _, i int) int { return 100 * i })
	for name, list := range map[string][]Delay{"none": nil, "all due later": delays} {
		if got := shocksOf(list, curvesOf(list), on); got != (shocks{}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
