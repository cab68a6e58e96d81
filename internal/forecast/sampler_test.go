package forecast

import (
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
