package forecast

import (
	"math"
	"slices"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
)

// near reports whether two numbers are the same but for the last digits.
func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// lasted are delays that ended after so many days, all due on one day.
func lasted(days ...int) []Delay {
	var delays []Delay
	for _, each := range days {
		delays = append(delays, Delay{Due: 1000, Days: each})
	}
	return delays
}

// The share that is longer falls on the day on which delays ended, not before and not after.
func TestTheCurveFallsOnTheDaysOnWhichDelaysEnded(t *testing.T) {
	open := func(days int) Delay { return Delay{Due: 1000, Days: days, Open: true} }
	for name, test := range map[string]struct {
		delays []Delay
		want   map[int]float64
	}{
		"one":               {lasted(10), map[int]float64{-500: 1, 9: 1, 10: 0, 1101: 0}},
		"two":               {lasted(10, 20), map[int]float64{9: 1, 10: .5, 19: .5, 20: 0}},
		"two on a day":      {lasted(10, 10, 20, 30), map[int]float64{9: 1, 10: .5, 20: .25, 30: 0}},
		"early":             {lasted(-5, 10), map[int]float64{-6: 1, -5: .5, 9: .5, 10: 0}},
		"one still open":    {append(lasted(10, 20), open(15)), map[int]float64{9: 1, 10: 2. / 3, 15: 2. / 3, 19: 2. / 3, 20: 0}},
		"open on the day":   {append(lasted(10), open(10)), map[int]float64{9: 1, 10: .5}},
		"shorter than any":  {lasted(-9000), map[int]float64{-401: 1, -400: 0}},
		"longer than any":   {lasted(9000), map[int]float64{1099: 1, 1100: 0}},
		"ended, then older": {[]Delay{{Due: 1000, Days: 20}, {Due: 820, Days: 10}}, map[int]float64{9: 1, 10: 2. / 3, 20: 0}}, // half a weight
		"twice as old":      {[]Delay{{Due: 1000, Days: 20}, {Due: 640, Days: 10}}, map[int]float64{10: .8, 20: 0}},
	} {
		curve := curveOf(test.delays, .01)
		for days, want := range test.want {
			if got := curve.longer(days); !near(got, want) {
				t.Errorf("%s: %v are longer than %d days, want %v", name, got, days, want)
			}
		}
	}
}

// Past all experience, and past the day on which it was due, the curve falls at a rate.
func TestTheCurveEndsAtARate(t *testing.T) {
	for last, falls := range map[int]int{10: 11, -50: 1, 0: 1} {
		delays := append(lasted(last), Delay{Due: 1000, Days: last, Open: true})
		curve := curveOf(delays, .01)
		for days, want := range map[int]float64{
			last: .5, falls - 1: .5, falls: .5 * math.Exp(-.01), falls + 99: .5 * math.Exp(-1),
		} {
			if got := curve.longer(days); !near(got, want) {
				t.Errorf("the last ended after %d days: %v are longer than %d, want %v", last, got, days, want)
			}
		}
		if got := curve.lastRate(); !near(got, .01) {
			t.Errorf("the rate at its end is %v", got)
		}
		if curve.finished != 1 {
			t.Errorf("%d of two are finished", curve.finished)
		}
	}
	ended := curveOf(lasted(10), .01)
	if got := ended.lastRate(); !near(got, 1./30) {
		t.Errorf("where nothing is left the rate is %v, want one in thirty days", got)
	}
}

func TestTheRateAtWhichLongDelaysEnd(t *testing.T) {
	for name, test := range map[string]struct {
		delays []Delay
		want   float64
	}{
		"no history":            {nil, .5 / 30},
		"thirty days":           {lasted(30), .5 / 30},
		"a day more":            {lasted(31), 1.5 / 31},
		"early":                 {lasted(-9), .5 / 30},
		"two":                   {lasted(40, 60), 2.5 / 70},
		"still open":            {[]Delay{{Days: 60, Open: true}}, .5 / 60},
		"longer than all years": {lasted(9000), 1.5 / (30 + 1070)},
	} {
		if got := endingRate(test.delays); !near(got, test.want) {
			t.Errorf("%s: %v a day, want %v", name, got, test.want)
		}
	}
}

func TestTheMeanOfWhatIsLongerThanSomeDays(t *testing.T) {
	curve := curveOf(lasted(10, 20), .01)
	for days, want := range map[int]float64{
		-9000: 15, shortestDelay: 15, 9: 15, 10: 20, 19: 20, // of both, and of the longer alone
		20: 50, 600: 630, // beyond all experience, thirty days more
	} {
		if got := curve.beyond(days); !near(got, want) {
			t.Errorf("of those longer than %d days the mean is %v, want %v", days, got, want)
		}
	}
}

func TestATableHoldsEquallyLikelyDelays(t *testing.T) {
	curve := curveOf(lasted(10, 20, 20, 30), .01)
	var table [quantiles]int32
	for longerThan, want := range map[int]map[int32]int{
		-9000: {10: 16, 20: 32, 30: 16}, -1: {10: 16, 20: 32, 30: 16}, 9: {10: 16, 20: 32, 30: 16},
		10: {20: 43, 30: 21}, 19: {20: 43, 30: 21}, 20: {30: 64}, 29: {30: 64},
	} {
		curve.fill(table[:], longerThan)
		got := map[int32]int{}
		for _, days := range table {
			got[days]++
		}
		for days, times := range want {
			if got[days] != times {
				t.Errorf("longer than %d: %v, want %v", longerThan, got, want)
				break
			}
		}
		if !slices.IsSorted(table[:]) {
			t.Errorf("longer than %d: %v is not in order", longerThan, table)
		}
	}
	curve.fill(table[:], 30)
	if table[0] != 31 || table[31] != 31+20 || table[63] != 31+145 {
		t.Errorf("beyond all experience from %d by %d to %d days", table[0], table[31], table[63])
	}
}

// The delay of a share is the first day by whose end so many have ended, between the shortest and the longest that is
// looked at.
func TestTheEndsOfATable(t *testing.T) {
	days := func(first, rest int) []int {
		list := []int{first}
		for range 127 {
			list = append(list, rest)
		}
		return list
	}
	for name, test := range map[string]struct {
		delays      []Delay
		longerThan  int
		first, last int32
	}{
		"a share that has just ended":      {lasted(days(10, 20)...), -1, 10, 20},
		"a share that has not quite":       {lasted(append(days(10, 20), 20)...), -1, 20, 20},
		"all on the shortest":              {lasted(-9000), -9000, shortestDelay, shortestDelay},
		"some outlast the longest":         {append(lasted(1090), Delay{Due: 1000, Days: 1090, Open: true}), -1, 1090, longestDelay},
		"what is left after almost all":    {lasted(10, longestDelay), longestDelay - 1, longestDelay, longestDelay},
		"what is left when the first came": {lasted(10, 12), 10, 12, 12},
	} {
		curve := curveOf(test.delays, .001)
		var table [quantiles]int32
		curve.fill(table[:], test.longerThan)
		if table[0] != test.first || table[quantiles-1] != test.last {
			t.Errorf("%s: from %d to %d, want %d and %d", name, table[0], table[quantiles-1], test.first, test.last)
		}
	}
}

func TestAnEntityWithoutHistoryHasTheProgrammesCurve(t *testing.T) {
	curves := curvesOf([]Delay{{Entity: 1, Due: 1, Days: 10}, {Entity: 2, Due: 1, Days: 30}})
	if curves.of(3) != &curves.all || curves.of(1) == &curves.all {
		t.Error("the curve of an entity is its own where it has any history")
	}
	// One finished milestone weighs 1 ÷ 11: of the first entity's next, 1/11 · 0 + 10/11 · ½ is longer than 10 days.
	if got := curves.of(1).longer(10); !near(got, 10./22) {
		t.Errorf("%v are longer, want %v", got, 10./22)
	}
	onlyOpen := curvesOf([]Delay{{Entity: 1, Days: 10}, {Entity: 2, Days: 5, Open: true}})
	if got, want := onlyOpen.of(2).longer(9), onlyOpen.all.longer(9); !near(got, want) {
		t.Errorf("an entity that finished nothing has %v, want the programme's %v", got, want)
	}
}

func TestEachDayHasItsFirstPoint(t *testing.T) {
	on := civil.Date(100)
	for name, test := range map[string]struct {
		points []civil.Date
		want   []int32
	}{
		"none": {nil, nil}, "tomorrow": {[]civil.Date{101}, []int32{0, 0}},
		"two": {[]civil.Date{103, 105}, []int32{0, 0, 0, 0, 1, 1}},
	} {
		if got := pointsByDay(on, test.points); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestEntitiesHaveTheirPlacesInTheOrderInWhichTheyCome(t *testing.T) {
	places := placesOf([]Milestone{{Entity: 7}, {Entity: 3}, {Entity: 7}, {Entity: 9}})
	if len(places) != 3 || places[7] != 0 || places[3] != 1 || places[9] != 2 {
		t.Errorf("%v", places)
	}
}

func TestAMilestoneIsMadeReadyForTheDraws(t *testing.T) {
	on := civiltest.Day("2016-01-31")
	for name, test := range map[string]struct {
		m    Milestone
		want sampled
	}{
		"due today":            {Milestone{Planned: on}, sampled{base: 0, exposure: 256}},
		"due tomorrow":         {Milestone{Planned: on + 1}, sampled{base: 1, exposure: 256}},
		"due in a year":        {Milestone{Planned: on + 365}, sampled{base: 365, exposure: 512}},
		"due in two years":     {Milestone{Planned: on + 730}, sampled{base: 730, exposure: 768}},
		"overdue":              {Milestone{Planned: on - 90}, sampled{base: -90, exposure: 256}},
		"moved by a scenario":  {Milestone{Planned: on + 365, Shift: 30}, sampled{base: 395, exposure: 512}},
		"brought forward":      {Milestone{Planned: on + 5, Shift: -30}, sampled{base: -25, exposure: 259}},
		"live, it waits":       {Milestone{Planned: on + 9, Live: on - 20}, sampled{live: true, base: -20, exposure: 256}},
		"live from today on":   {Milestone{Planned: on - 99, Live: on}, sampled{live: true, base: 0, exposure: 256}},
		"of an entity of many": {Milestone{Entity: 5, Planned: on}, sampled{base: 0, exposure: 256}},
	} {
		s := newSampler(steady(10, 30, test.m), 1)
		if got := s.milestones[0]; got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
		first := s.slipTables[0]
		if want := int32(10); !test.m.Live.IsZero() {
			if first != 30 {
				t.Errorf("%s: the lag is %d, want 30", name, first)
			}
		} else if test.m.Planned > on-10 && first != want {
			t.Errorf("%s: the delay is %d, want %d", name, first, want)
		}
	}
	if s := newSampler(steady(10, 0), 1); s.verifies || s.entities != 0 {
		t.Errorf("without lags a go-live counts at once: %+v", s)
	}
}

// cohorts sums numbers by group.
func cohorts(groups ...[]float64) map[quarter]*cohort {
	found := map[quarter]*cohort{}
	for i, group := range groups {
		for _, x := range group {
			addTo(found, quarter(i), x)
		}
	}
	return found
}

// The expected numbers are reckoned by hand: variance within, between the means, and the prior of four quarters.
func TestTheSpreadBetweenCohorts(t *testing.T) {
	for name, test := range map[string]struct {
		groups [][]float64
		want   float64
	}{
		"none":                   {nil, 0},
		"one of each":            {[][]float64{{1}, {5}}, 0},
		"apart":                  {[][]float64{{1, 3}, {5, 7}}, math.Sqrt((2*19 + 4*.35*.35*2) / 6)},
		"all the same":           {[][]float64{{4, 4}, {4, 4}}, math.Sqrt(2 * 16. / 6)},
		"no further than chance": {[][]float64{{-3, 3}, {-3, 3}}, math.Sqrt(4 * .35 * .35 * 18 / 6)},
		"one group":              {[][]float64{{-1, 1}}, math.Sqrt(4 * .35 * .35 * 2 / 5)},
	} {
		got := spreadBetween(cohorts(test.groups...), func(a, b quarter) int { return int(a - b) })
		if !near(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestADeviationIsWhatADelayDiffersFromTheExpected(t *testing.T) {
	on := civiltest.Day("2016-03-31")
	delays := []Delay{
		{Due: on, Days: 10},
		{Due: on, Days: 20},
		{Due: on + 1, Days: 20},
		{Due: on, Days: 12, Open: true},
		{Due: civiltest.Day("2015-12-31"), Days: 20},
	}
	curves := &delayCurves{all: curveOf(lasted(10, 20), .01)}
	list := deviationsOf(delays, curves, on)
	if len(list) != 4 {
		t.Fatalf("%d are due by the date, want 4: %+v", len(list), list)
	}
	for i, want := range []float64{-5, 5, 5, 5} { // the open one becomes one of twenty days
		if !near(list[i].days, want) {
			t.Errorf("delay %d differs by %v days, want %v", i, list[i].days, want)
		}
	}
	if list[0].quarter-list[3].quarter != 1 || list[0].quarter != list[1].quarter {
		t.Errorf("quarters %d and %d", list[0].quarter, list[3].quarter)
	}
	first := cell{1, 5}
	if first.compare(cell{1, 6}) >= 0 || first.compare(cell{0, 9}) <= 0 || first.compare(first) != 0 {
		t.Error("cells are not ordered by entity and quarter")
	}
}

func TestOnlyDelaysThatEndedAreKept(t *testing.T) {
	delays := []Delay{{Days: 1}, {Days: 2, Open: true}, {Days: 3}}
	if got := ended(delays); len(got) != 2 || got[0].Days != 1 || got[1].Days != 3 || len(delays) != 3 || delays[1].Days != 2 {
		t.Errorf("%+v of %+v", got, delays)
	}
}
