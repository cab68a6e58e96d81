package forecast

import (
	"math"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
)

// Long overdue milestones draw what is left of their delay given the delay so far, not their delay anew.
func TestOverdueMilestonesDrawTheRest(t *testing.T) {
	var delays []Delay
	for i := range 100 { // nine in ten come within 10 days, one in ten after 400
		days := 10
		if i%10 == 0 {
			days = 400
		}
		delays = append(delays, Delay{Entity: 1, Due: 1, Days: days})
	}
	curves := curvesOf(delays)
	var fresh, overdue [quantiles]int32
	curves.of(1).fill(fresh[:], -1)
	curves.of(1).fill(overdue[:], 50)
	if fresh[0] != 10 || fresh[quantiles/2] != 10 || fresh[quantiles-1] != 400 {
		t.Errorf("a new one draws %v", fresh)
	}
	if overdue[0] != 400 || overdue[quantiles-1] != 400 {
		t.Errorf("one 50 days overdue draws %v, want 400", overdue)
	}
	var beyond [quantiles]int32
	curves.of(1).fill(beyond[:], 600)
	if beyond[0] <= 600 || beyond[quantiles-1] <= beyond[0] {
		t.Errorf("one later than all experience draws %v", beyond)
	}
}

// A history in which only the quick have finished yet does not look quick: the open ones count as long as they last.
func TestOpenMilestonesCountInTheHistory(t *testing.T) {
	var delays []Delay
	for i := range 40 {
		delays = append(delays, Delay{Days: 5}, Delay{Days: 60 + i, Open: true})
	}
	curve := curvesOf(delays).of(0)
	if got := curve.longer(20); got < .49 || got > .51 {
		t.Errorf("%v are longer than 20 days, want half", got)
	}
}

// An entity's own history weighs n ÷ (n + 10) against the programme's (docs/rules.md#delay-curve).
func TestShrinkage(t *testing.T) {
	var delays []Delay
	for range 30 {
		delays = append(delays, Delay{Entity: 1, Days: 100})
	}
	for range 10 {
		delays = append(delays, Delay{Entity: 2, Days: 0})
	}
	curves := curvesOf(delays)
	if got, want := curves.of(2).longer(50), .5*.75; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("of the second %v are longer, want %v", got, want)
	}
	if got := curves.of(3).longer(50); got != .75 {
		t.Errorf("one without history has %v, want the programme's", got)
	}
}

// Delays that many share widen the bands: independent ones would promise too much.
func TestCommonShocksWidenTheBands(t *testing.T) {
	calm, stormy := crowd(300), crowd(300)
	for i := range stormy.Slips {
		stormy.Slips[i].Days += []int{-30, 0, 45, 10}[stormy.Slips[i].Due.Month()/3%4]
	}
	width := func(o *Input) int {
		s := before(o, Draws, 1)
		return int(s.quantile(3, .9) - s.quantile(3, .1))
	}
	if a, b := width(calm), width(stormy); b < 2*a {
		t.Errorf("the 80 %% band is %d wide without common shocks and %d with them", a, b)
	}
}

// crowd is an input of so many open milestones of forty entities, three years into a programme.
func crowd(open int) *Input {
	on := civiltest.Day("2016-01-31")
	o := &Input{On: on, Counted: 500, Finished: open}
	for m := on.Month() + 1; m <= on.Month()+11; m++ {
		o.Points = append(o.Points, m.Last())
	}
	for i := range open {
		entity := Entity(i % 40)
		o.Slips = append(o.Slips, Delay{Entity: entity, Due: on.AddDays(-(i*37)%700 - 1), Days: (i * 7919) % 60})
		o.Lags = append(o.Lags, Delay{Entity: entity, Due: on.AddDays(-(i*31)%700 - 1), Days: (i * 104729) % 30})
		o.Open = append(o.Open, Milestone{Service: i, Entity: entity, Planned: on.AddDays((i*53)%380 - 40)})
	}
	return o
}

// BenchmarkForecast draws 2,000 futures of 1,500 open milestones by each forecaster, with three years of record: under
// 300 ms on the reference machine (docs/design.md#speed).
func BenchmarkForecast(b *testing.B) {
	o := crowd(1500)
	o.Record = Record{First: o.On.Month() - 35, Counted: make([]int, 36)}
	for i := range 2500 {
		due := o.On.Month() - 35 + civil.Month(i%48)
		u := Unit{Planned: due, Approved: o.Record.First, Dropped: NotYet, Counted: NotYet}
		switch counted := due + civil.Month(i%5); {
		case i%40 == 0 && due <= o.On.Month():
			u.Dropped = due
		case counted <= o.On.Month():
			u.Counted = counted
			for t := counted - o.Record.First; int(t) < 36; t++ {
				o.Record.Counted[t]++
			}
		}
		o.Record.Units = append(o.Record.Units, u)
	}
	var track *Track
	b.ReportAllocs()
	for b.Loop() {
		track.Draw(o, Draws, 1)
	}
}

// A draw allocates nothing: what a forecast allocates doesn't grow with the number of draws.
func TestDrawsAllocateNothing(t *testing.T) {
	o := crowd(200)
	few := testing.AllocsPerRun(3, func() { o.drawMilestones(10, 1) })
	many := testing.AllocsPerRun(3, func() { o.drawMilestones(1000, 1) })
	if many > few+1 {
		t.Errorf("10 draws allocate %v times, 1,000 %v", few, many)
	}
}

// drawnDelays are the days on which seven milestones of one entity arrive in each of many draws, when all delays from a
// day to 64 days are equally likely, and all lags where they are verified.
func drawnDelays(verifies bool) [][7]int {
	const apart = 200
	s := &sampler{verifies: verifies, slips: make([]int32, 1), lags: make([]int32, 1)}
	for i := range int32(7) {
		s.milestones = append(s.milestones, sampled{base: i * apart, exposure: shockUnits})
		for days := range int32(quantiles) {
			s.slipTables = append(s.slipTables, days+1)
		}
	}
	for days := range int32(quantiles) {
		s.lagTables = append(s.lagTables, days+1)
	}
	for day := range int32(7 * apart) {
		s.pointOf = append(s.pointOf, day)
	}
	s.arrivals = make([]int32, 7*apart+1)
	chance, drawn := chanceOf(1, milestoneSalt), make([][7]int, 2000)
	for draw := range drawn {
		s.sampleDelays(chance)
		for day, came := range s.arrivals {
			if came > 0 {
				drawn[draw][day/apart] = day % apart
			}
		}
	}
	return drawn
}

// Each milestone draws its own delay, whatever the others draw, and a lag that its delay says nothing of.
func TestEachMilestoneDrawsItsOwnDelay(t *testing.T) {
	for verifies, want := range map[bool]float64{false: 32.5, true: 65} {
		drawn := drawnDelays(verifies)
		for i := range drawn[0] {
			sum, even, same := 0, 0, 0
			for _, days := range drawn {
				sum += days[i]
				even += 1 - days[i]%2
				if days[i] == days[(i+1)%7] {
					same++
				}
			}
			all := float64(len(drawn))
			if mean := float64(sum) / all; math.Abs(mean-want) > 2 {
				t.Errorf("milestone %d comes after %v days in the mean, want %v (verified: %v)", i, mean, want, verifies)
			}
			if float64(same) > .05*all {
				t.Errorf("milestones %d and %d come on one day in %d of %v draws (verified: %v)", i, (i+1)%7, same, all, verifies)
			}
			if math.Abs(float64(even)/all-.5) > .1 {
				t.Errorf("milestone %d comes after an even number of days in %d of %v draws (verified: %v)", i, even, all, verifies)
			}
		}
	}
}

// A shock is what all share and what those of one entity share beyond it, each with its spread.
func TestShocksHaveTheirSpreads(t *testing.T) {
	for name, test := range map[string]struct {
		of           shocks
		spread, both float64 // of an entity, and of what two entities differ by
	}{
		"of the programme": {shocks{programme: 100}, 100, 0},
		"of the entities":  {shocks{entity: 100}, 100, 100 * math.Sqrt2},
		"of both":          {shocks{programme: 60, entity: 80}, 100, 80 * math.Sqrt2},
		"none":             {shocks{}, 0, 0},
	} {
		for _, lag := range []bool{false, true} {
			s := &sampler{entities: 2, slips: make([]int32, 2), lags: make([]int32, 2)}
			drawn := s.slips
			if s.slip = test.of; lag {
				s.slip, s.lag, drawn = shocks{}, test.of, s.lags
			}
			chance, squares, apart := chanceOf(1, milestoneSalt), 0.0, 0.0
			for range 4000 {
				s.sampleShocks(chance)
				first, second := float64(drawn[0]), float64(drawn[1])
				squares, apart = squares+first*first, apart+(first-second)*(first-second)
			}
			spread, both := math.Sqrt(squares/4000), math.Sqrt(apart/4000)
			if math.Abs(spread-test.spread) > 5 || math.Abs(both-test.both) > 7 {
				t.Errorf("%s: the spread is %v, between two %v; want %v and %v", name, spread, both, test.spread, test.both)
			}
		}
	}
}
