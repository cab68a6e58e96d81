package forecast

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
)

// yearOf is an input three months before its last point, with a year of record that a test fills.
func yearOf(growth func(month int) (counted int, units []Unit)) *Input {
	on := civiltest.Day("2016-01-31")
	in := &Input{On: on, Record: Record{First: on.Month() - 11}}
	for m := on.Month() + 1; m <= on.Month()+3; m++ {
		in.Points = append(in.Points, m.Last())
	}
	counted := 0
	for i := range 12 {
		more, units := growth(i)
		counted += more
		in.Record.Counted = append(in.Record.Counted, counted)
		in.Record.Units = append(in.Record.Units, units...)
	}
	return in
}

// medians are those of each forecaster at the last point.
func medians(in *Input) [forecasters]float64 {
	var found [forecasters]float64
	for j, f := range in.drawEach(400, 1) {
		found[j] = alone(0, f).quantile(2, .5)
	}
	return found
}

// What nobody planned goes on to come at the pace at which it came, and what is lost to be lost, by each forecaster.
func TestWhatIsOutsideThePlanGoesOn(t *testing.T) {
	first := civiltest.Month("2015-02")
	for name, test := range map[string]struct {
		growth, came int
		want         float64
	}{
		"five a month":             {5, 5, 15},
		"two of them are lost":     {3, 5, 9},
		"one a month is lost":      {-1, 0, -3},
		"nothing comes or is lost": {0, 0, 0},
	} {
		in := yearOf(func(month int) (int, []Unit) {
			var units []Unit
			for range test.came {
				units = append(units, none.countedIn(first+civil.Month(month)))
			}
			return test.growth, units
		})
		in.Open = make([]Milestone, 0)
		got := medians(in)
		for _, j := range []int{byMilestone, byAge} {
			if got[j] < test.want-2 || got[j] > test.want+2 {
				t.Errorf("%s: forecaster %d expects %v in three months, want %v", name, j, got[j], test.want)
			}
		}
	}
}

// aged are the medians of the life table with a hundred open milestones that are due, after a year in which each month
// twenty more of their like came or not, or were dropped or not.
func aged(t *testing.T, unit func(first civil.Month, month, i int) Unit) float64 {
	t.Helper()
	first := civiltest.Month("2015-02")
	in := yearOf(func(month int) (int, []Unit) {
		var units []Unit
		for i := range 20 {
			units = append(units, unit(first, month, i))
		}
		return 0, units
	})
	for range 100 {
		in.Open = append(in.Open, Milestone{Planned: in.On + 1})
	}
	return alone(0, in.drawAges(400, 1)).quantile(2, .5)
}

// The life table expects fewer where milestones are dropped, and where they lately came slower than before.
func TestTheLifeTableExpectsFewer(t *testing.T) {
	onTime := func(first civil.Month, month, _ int) Unit {
		m := first + civil.Month(month)
		return planned(first-12, m).countedIn(m)
	}
	steady := aged(t, onTime)
	dropped := aged(t, func(first civil.Month, month, i int) Unit {
		u := onTime(first, month, i)
		if i%2 == 0 {
			u.Counted, u.Dropped = NotYet, u.Planned
		}
		return u
	})
	slowed := aged(t, func(first civil.Month, month, i int) Unit {
		u := onTime(first, month, i)
		if month >= 10 {
			u.Counted = NotYet
		}
		return u
	})
	if steady < 95 || dropped > steady-2 || slowed > steady-20 {
		t.Errorf("of a hundred %v come, where half is dropped %v, where the newest are late %v", steady, dropped, slowed)
	}
}

// A distance is in half-widths of the band on the side on which the count came.
func TestTheDistanceOfWhatCame(t *testing.T) {
	s := alone(100, futures{{0, 4, 8, 10, 20, 40, 50, 60, 70, 80}}) // p10 100, p50 120, p90 170
	for came, want := range map[int]float64{120: 0, 170: 1, 220: 2, 145: .5, 100: 1, 110: .5, 80: 2} {
		if got := s.distance(0, came); !near(got, want) {
			t.Errorf("%d is %v half-widths from the median, want %v", came, got, want)
		}
	}
	if got := alone(100, futures{{5, 5, 5}}).distance(0, 107); !near(got, 2) {
		t.Errorf("of a band without a width: %v, want services", got)
	}
}

// Forecasts that all missed are noted as misses, and the bands are widened for it.
func TestATrackNotesWhatCame(t *testing.T) {
	in := yearOf(func(int) (int, []Unit) { return 0, nil })
	near, far := &Track{}, &Track{}
	for range 6 {
		near.Try(in, 1, []int{0, 0, 0})
		far.Try(in, 1, []int{400, 800, 1200})
	}
	later := in.On.Month() + 3
	if len(far.trials) != 18 || near.ScaleAt(later).Widened || !far.ScaleAt(later).Widened {
		t.Errorf("%d trials, %+v and %+v", len(far.trials), near.ScaleAt(later), far.ScaleAt(later))
	}
	if first := far.trials[0]; first.months != 1 || first.came != in.On.Month()+1 || first.scores[byFlow] < 300 {
		t.Errorf("%+v", first)
	}
}

// What comes outside the plan in part of a month is that part of a month's, and so is what is lost.
func TestPartOfAMonthHasPartOfWhatComesOutside(t *testing.T) {
	o := &outside{arrivals: []rate{{8000, 1000}, {6000, 1000}}, losses: rate{2000, 1000}}
	f := o.draw([]step{{part: 1}, {part: .5}, {part: .25}}, 4000, chanceOf(1, 1))
	for i, want := range []float64{8 - 2, 6 + 3 - 1, 8 + 1.5 - .5} { // the last lead goes on
		sum := 0.0
		for _, came := range f[i] {
			sum += float64(came)
		}
		if mean := sum / 4000; mean < want-.3 || mean > want+.3 {
			t.Errorf("by the end of step %d %v came, want %v", i, mean, want)
		}
	}
}

// The pace is uncertain, the more so the further ahead, but in the mean it stays what it is.
func TestThePaceStaysTheSameInTheMean(t *testing.T) {
	const draws = 40_000
	on := civiltest.Day("2016-01-31")
	in := &Input{On: on, Open: make([]Milestone, 100_000), Record: *recordOf([]int{1, 2, 3, 7, 11, 15})}
	for m := on.Month() + 1; m <= on.Month()+12; m++ {
		in.Points = append(in.Points, m.Last())
	}
	in.Points = append(in.Points, civiltest.Day("2017-02-14")) // half of a month
	before, want := 0.0, paceOf(&in.Record).mean
	for i, sums := range in.drawFlow(draws, 1) {
		sum := 0.0
		for _, came := range sums {
			sum += float64(came)
		}
		if i == 12 {
			want /= 2
		}
		if came := sum/draws - before; came < .96*want || came > 1.04*want {
			t.Errorf("in month %d come %v in the mean, want %v", i+1, came, want)
		}
		before = sum / draws
	}
}

// The tempo that milestones share is uncertain, but in the mean as many come as their age lets expect.
func TestTheTempoKeepsTheMean(t *testing.T) {
	const open, draws = 1000, 4000
	on := civiltest.Day("2016-01-31")
	in := &Input{On: on, Points: []civil.Date{civiltest.Day("2016-02-29")}, Record: *recordOf(make([]int, 18))}
	for range open {
		in.Open = append(in.Open, Milestone{Planned: civiltest.Day("2016-02-10")})
	}
	sum := 0.0
	for _, came := range in.drawAges(draws, 1)[0] {
		sum += float64(came)
	}
	// Nothing is known yet: three in ten of those planned for a month come in it.
	if mean := sum / draws; mean < .95*.3*open || mean > 1.05*.3*open {
		t.Errorf("%v of %d come in the mean, want three in ten", mean, open)
	}
}
