package forecast

import (
	"math"
	"slices"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
)

// none is a unit without a plan that has not come to count.
var none = Unit{Planned: NotYet, Approved: NotYet, Dropped: NotYet, Counted: NotYet}

// planned is a unit planned for a month, approved in another.
func planned(approved, month civil.Month) Unit {
	u := none
	u.Approved, u.Planned = approved, month
	return u
}

func (u Unit) countedIn(m civil.Month) Unit { u.Counted = m; return u }

func (u Unit) droppedIn(m civil.Month) Unit { u.Dropped = m; return u }

// recordOf is a record from month 100 on, with a count for each month, before which nothing counted.
func recordOf(counted []int, units ...Unit) *Record {
	return &Record{First: 100, Counted: counted, Units: units}
}

func TestAUnitIsAtRiskWhileItIsPlannedAndOpen(t *testing.T) {
	for name, test := range map[string]struct {
		unit                Unit
		atRisk, foreseen    []civil.Month
		notAtRisk, surprise []civil.Month
	}{
		"no plan":          {none.countedIn(105), nil, nil, []civil.Month{104, 105}, []civil.Month{104, 105}},
		"open":             {planned(102, 110), []civil.Month{102, 120}, []civil.Month{102, 120}, []civil.Month{101}, []civil.Month{101}},
		"counted":          {planned(102, 110).countedIn(105), []civil.Month{102, 105}, []civil.Month{104}, []civil.Month{106}, nil},
		"dropped":          {planned(102, 110).droppedIn(105), []civil.Month{104}, []civil.Month{104}, []civil.Month{105}, []civil.Month{105}},
		"before its plan":  {planned(102, 110).countedIn(101), nil, []civil.Month{102}, []civil.Month{101, 102}, []civil.Month{101}},
		"in its own month": {planned(102, 110).countedIn(102), []civil.Month{102}, nil, []civil.Month{103}, []civil.Month{101}},
	} {
		for want, months := range map[bool][]civil.Month{true: test.atRisk, false: test.notAtRisk} {
			for _, m := range months {
				if test.unit.atRisk(m) != want {
					t.Errorf("%s: at risk in %d is %v", name, m, !want)
				}
			}
		}
		for want, months := range map[bool][]civil.Month{true: test.foreseen, false: test.surprise} {
			for _, m := range months {
				if test.unit.foreseen(m) != want {
					t.Errorf("%s: foreseen in %d is %v", name, m, !want)
				}
			}
		}
	}
}

func TestEachAgeHasItsBin(t *testing.T) {
	for bin, bounds := range [][2]civil.Month{
		{-99, -5}, {-4, -3}, {-2, -2}, {-1, -1}, {0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 5}, {6, 8}, {9, 14}, {15, 99},
	} {
		for _, age := range bounds {
			if got := ageBin(age); got != bin {
				t.Errorf("%d months are in bin %d, want %d", age, got, bin)
			}
		}
	}
}

// One milestone came to count a month after its planned one; the hazards are reckoned by hand.
func TestALifeTableIsReckonedFromExposure(t *testing.T) {
	l := lifeTableOf(recordOf([]int{0, 0, 1, 1}, planned(98, 101).countedIn(102)))
	w := math.Exp2(-1. / 6)
	for age, share := range map[int]float64{
		0: .003,
		1: .02, // before the record began
		3: (6 * (4 * .12 / 5)) / (math.Exp2(-3./6) + 6),
		4: (6 * (4 * .3 / 5)) / (math.Exp2(-2./6) + 6),
		5: (w + 6*((1+4*.35)/5)) / (w + 6),
		6: .3,
	} {
		if want := -math.Log1p(-share); !near(l.hazard[age], want) {
			t.Errorf("bin %d has the hazard %v, want %v", age, l.hazard[age], want)
		}
	}
	if l.spread != firstSpread {
		t.Errorf("the spread of three months that expect less than one each is %v", l.spread)
	}
	if l.tempo <= 0 {
		t.Errorf("one came where less was expected: the tempo is %v", l.tempo)
	}
}

// A hundred a month came on time for a year, then nothing: the newest months weigh most.
func TestALifeTableSeesAProgrammeStop(t *testing.T) {
	var units []Unit
	for m := civil.Month(100); m < 118; m++ {
		for range 100 {
			u := planned(99, m)
			if m < 112 {
				u.Counted = m
			}
			units = append(units, u)
		}
	}
	busy, stopped := lifeTableOf(recordOf(make([]int, 12), units...)), lifeTableOf(recordOf(make([]int, 18), units...))
	if stopped.hazard[4] > .6*busy.hazard[4] || stopped.tempo > -.5 || stopped.spread < 2*busy.spread {
		t.Errorf("busy %+v, stopped %+v", busy, stopped)
	}
}

func TestHowOftenMilestonesAreDropped(t *testing.T) {
	for name, test := range map[string]struct {
		units []Unit
		want  float64
	}{
		"nothing is planned":        {nil, 0},
		"nothing is dropped":        {[]Unit{planned(100, 101)}, 0},
		"one of two":                {[]Unit{planned(100, 101), planned(100, 101).droppedIn(102)}, 1. / (1 + 4 + 2)},
		"after it came to count":    {[]Unit{planned(100, 101).countedIn(101).droppedIn(102)}, 0},
		"as it was planned":         {[]Unit{planned(101, 101).droppedIn(101)}, 0},
		"later than anybody knows":  {[]Unit{planned(100, 101).droppedIn(104)}, 0},
		"before it came unforeseen": {[]Unit{planned(100, 101).droppedIn(102).countedIn(103)}, 1. / (1 + 2)},
	} {
		if got := recordOf(make([]int, 4), test.units...).dropRate(); !near(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// What no plan had so many months before is counted by lead, what is lost by the difference to the growth.
func TestWhatComesOutsideThePlan(t *testing.T) {
	counted := []int{0, 1, 2, 4, 4, 4, 3}
	o := outsideOf(recordOf(counted,
		none.countedIn(101),                             // nobody planned it
		planned(101, 104).countedIn(102),                // foreseen a month before, not two
		planned(100, 101).countedIn(103),                // foreseen three months before
		planned(100, 101).droppedIn(102).countedIn(103), // foreseen two months before, not one
		planned(100, 109),                               // still open
		planned(100, 109).droppedIn(101),                // given up
	))
	for lead, want := range []rate{{2 + .3, 6 + .6}, {1 + .3, 5 + .6}, {0 + .3, 4 + .6}} {
		if lead >= len(o.arrivals) || o.arrivals[lead] != want {
			t.Errorf("%d months ahead %+v, want %+v", lead+1, o.arrivals, want)
		}
	}
	if want := (rate{1 + .5, 7 + 1}); len(o.arrivals) != 3 || o.losses != want {
		t.Errorf("%d leads, losses %+v, want %+v", len(o.arrivals), o.losses, want)
	}
}

func TestThePaceIsTheMeanGrowth(t *testing.T) {
	steady := make([]int, 18)
	for i := range steady {
		steady[i] = 4 * (i + 1)
	}
	p := paceOf(recordOf(steady))
	if !near(p.mean, 4) || !near(p.change, .16*math.Sqrt(4./9)) {
		t.Errorf("steady: %+v", p)
	}
	// Two quarters of one and of four a month: the logarithm changed once by ln 4.
	p = paceOf(recordOf([]int{1, 2, 3, 7, 11, 15}))
	if want := math.Sqrt((math.Log(4)*math.Log(4)/3 + 4*.16*.16) / 5); !near(p.change, want) || p.mean < 2.5 || p.mean > 4 {
		t.Errorf("quicker: %+v, want a change of %v", p, want)
	}
	// Two in the newest month, ten four months before it, which weighs half.
	p = paceOf(recordOf([]int{10, 10, 10, 10, 12}))
	weights := 1 + math.Exp2(-.25) + math.Exp2(-.5) + math.Exp2(-.75) + .5
	if want := (2 + .5*10) / weights; !near(p.mean, want) {
		t.Errorf("the mean is %v, want %v", p.mean, want)
	}
	if p = paceOf(recordOf(nil)); p.mean != leastPace || !near(p.change, .16) {
		t.Errorf("without a record: %+v", p)
	}
	if p = paceOf(recordOf([]int{0, 0, 0})); p.mean != leastPace {
		t.Errorf("without growth: %+v", p)
	}
}

// The count can not grow by more than what is open and a tenth of the pace, and what is moved by so many days not before.
func TestGrowthIsBoundedByWhatIsOpen(t *testing.T) {
	on := civiltest.Day("2016-01-31")
	in := &Input{
		On: on, Points: []civil.Date{on + 29, on + 60},
		Open: []Milestone{{Planned: on}, {Planned: on, Shift: 40}, {Planned: on, Shift: 400}},
	}
	if got := in.mostGrowth(5); len(got) != 2 || !near(got[0], 1.5) || !near(got[1], 3) {
		t.Errorf("%v", got)
	}
}

// A month is a step of one, part of a month a part of it.
func TestStepsAreMonths(t *testing.T) {
	in := &Input{On: civiltest.Day("2016-01-31"), Points: []civil.Date{
		civiltest.Day("2016-02-29"), civiltest.Day("2016-03-31"), civiltest.Day("2016-04-15"),
	}}
	want := []step{{civiltest.Month("2016-02"), 1}, {civiltest.Month("2016-03"), 1}, {civiltest.Month("2016-04"), .5}}
	for i, got := range in.steps() {
		if got != want[i] {
			t.Errorf("step %d is %+v, want %+v", i, got, want[i])
		}
	}
}

// The binomial numbers have their mean and variance, by inversion and where many are expected.
func TestBinomialNumbers(t *testing.T) {
	s := &ageSampler{chance: chanceOf(1, 1)}
	for _, test := range []struct {
		n      int
		hazard float64
	}{{40, .3}, {2000, .001}, {500, .2}, {30, 3}} {
		p := -math.Expm1(-test.hazard)
		var sum, squares float64
		const draws = 20000
		for range draws {
			k := float64(s.some(test.n, test.hazard))
			sum, squares = sum+k, squares+k*k
		}
		mean := sum / draws
		variance := squares/draws - mean*mean
		wantMean, wantVariance := float64(test.n)*p, float64(test.n)*p*(1-p)
		if math.Abs(mean-wantMean) > 4*math.Sqrt(wantVariance/draws) || math.Abs(variance-wantVariance) > .05*wantVariance {
			t.Errorf("%d with the hazard %v: mean %v, variance %v, want %v and %v", test.n, test.hazard, mean, variance, wantMean, wantVariance)
		}
	}
}

// Open milestones are grouped by their planned month, as a scenario moves it.
func TestPeersArePlannedForOneMonth(t *testing.T) {
	day := civiltest.Day("2016-01-20")
	got := peersOf([]Milestone{{Planned: day + 30}, {Planned: day}, {Planned: day, Shift: 30}, {Planned: day, Shift: -365}})
	want := []peers{{civiltest.Month("2015-01"), 1}, {civiltest.Month("2016-01"), 1}, {civiltest.Month("2016-02"), 2}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestTheShareThatIsKeptFallsByDay(t *testing.T) {
	kept := keptByDay(.3, 100)
	for day, want := range map[int]float64{0: 1, 1: math.Exp(-.3 / daysOfMonth), 99: math.Exp(-.3 * 99 / daysOfMonth)} {
		if got := float64(kept[day]) / math.MaxUint32; math.Abs(got-want) > 1e-6 {
			t.Errorf("after %d days %v are kept, want %v", day, got, want)
		}
	}
}

// Where half of the milestones were dropped each month, few of those that are due in three months come; those that are
// live already all do.
func TestDroppedMilestonesDoNotCome(t *testing.T) {
	on := civiltest.Day("2016-01-31")
	for name, test := range map[string]struct {
		dropped     int
		live        civil.Date
		least, most float64
	}{
		"none dropped": {0, 0, 100, 100},
		"half dropped": {400, 0, 10, 45},
		"live already": {400, on - 5, 100, 100},
	} {
		in := steady(75, 10)
		in.Record = Record{First: on.Month() - 3, Counted: make([]int, 4)}
		for i := range 500 {
			u := planned(in.Record.First, on.Month()+5)
			if i < test.dropped {
				u.Dropped = in.Record.First + 1 + civil.Month(i%3)
			}
			in.Record.Units = append(in.Record.Units, u)
		}
		for range 100 {
			in.Open = append(in.Open, Milestone{Planned: on - 1, Live: test.live})
		}
		got := alone(0, in.drawMilestones(200, 1)).quantile(2, .5)
		if got < test.least || got > test.most {
			t.Errorf("%s: %v of 100 come, want %v to %v", name, got, test.least, test.most)
		}
	}
}

// Milestones of one age in months are alike: the ages from the earliest, each bin with its last month.
func TestTheBinsOfAges(t *testing.T) {
	for bin, last := range []civil.Month{-5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 14} {
		if ageBin(last) != bin || ageBin(last+1) != bin+1 {
			t.Errorf("%d months and the next are in bins %d and %d, want %d and %d", last, ageBin(last), ageBin(last+1), bin, bin+1)
		}
	}
	if ageBin(-100) != 0 || ageBin(100) != ages-1 {
		t.Errorf("very early and very late are in bins %d and %d", ageBin(-100), ageBin(100))
	}
}

// What happened in the last 48 months says how readily milestones come, and nothing before.
func TestHowFarBackALifeTableLooks(t *testing.T) {
	const first, months = 100, 60
	unknown := lifeTableOf(recordOf(make([]int, months)))
	for ago, want := range map[civil.Month]bool{46: true, 47: true, 48: false, 49: false} {
		month := first + months - 1 - ago
		known := lifeTableOf(recordOf(make([]int, months), planned(month, month).countedIn(month)))
		if (known.hazard != unknown.hazard) != want {
			t.Errorf("what came %d months ago is known: %v", ago, !want)
		}
	}
}
