package forecast

import (
	"reflect"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// futures is a sample of one point in which so many more milestones arrive, future by future.
func sampleOf(counted int, arrivals ...int32) *Sample {
	return alone(counted, futures{arrivals})
}

// alone is the sample of one forecaster by itself, with no scale.
func alone(counted int, f futures) *Sample {
	f.sort()
	each := [forecasters]futures{f, f, f}
	return &Sample{counts: pool(counted, &each, [forecasters]float64{1}), Scale: Scale{Band80: 1, Band50: 1}}
}

// before is the sample as it was before the pool: the delays of milestones alone, nothing outside the plan, no scale.
func before(in *Input, draws int, seed uint64) *Sample {
	then := *in
	then.Record.Units = nil // and nothing dropped
	return alone(in.Counted, then.drawMilestones(draws, seed))
}

// A percentile is the smallest count that at least that share of the futures does not exceed.
func TestBandsArePercentiles(t *testing.T) {
	got := sampleOf(100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).Bands(0)
	want := Bands{
		P10: programme.CountOf(101), P25: programme.CountOf(103), P50: programme.CountOf(105),
		P75: programme.CountOf(108), P90: programme.CountOf(109),
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestReachingTheGoal(t *testing.T) {
	s := sampleOf(100, 0, 3, 5, 5)
	for goal, want := range map[int]float64{90: 1, 100: 1, 101: .75, 105: .5, 106: 0} {
		if got := s.Reaching(0, goal); got != programme.RatioOf(want, 1) {
			t.Errorf("%d is reached in %v, want %v", goal, got, want)
		}
	}
}

func TestBandsWithoutValues(t *testing.T) {
	b := BandsIn(programme.NotApplicable)
	for _, each := range []programme.Count{b.P10, b.P25, b.P50, b.P75, b.P90} {
		if each.State != programme.NotApplicable {
			t.Errorf("%+v", b)
		}
	}
}

// What arrives by one point has arrived by the next: counts only grow.
func TestCountsGrowFromPointToPoint(t *testing.T) {
	in := crowd(200)
	s := before(in, 200, 7)
	for point := 1; point < len(in.Points); point++ {
		was, now := s.Bands(point-1), s.Bands(point)
		if now.P10.Value < was.P10.Value || now.P50.Value < was.P50.Value || now.P90.Value < was.P90.Value {
			t.Errorf("from point %d to the next: %+v, %+v", point-1, was, now)
		}
	}
}

// The same input and seed give the same sample; another seed gives another.
func TestASeedRepeatsASample(t *testing.T) {
	var track *Track
	draw := func(seed uint64) *Sample { return track.Draw(crowd(100), 300, seed) }
	first, again, other := draw(1), draw(1), draw(2)
	same := true
	for point := range first.counts {
		if !reflect.DeepEqual(first.counts[point], again.counts[point]) {
			t.Fatalf("point %d: %v and %v", point, first.counts[point], again.counts[point])
		}
		same = same && reflect.DeepEqual(first.counts[point], other.counts[point])
	}
	if same {
		t.Error("another seed gave the same sample")
	}
}

// steady is an input whose milestones were always as many days late, without any shock.
func steady(slip, lag int, open ...Milestone) *Input {
	on := civiltest.Day("2016-01-31")
	in := &Input{On: on, Points: []civil.Date{on.AddDays(30), on.AddDays(60), on.AddDays(90)}, Open: open}
	for i := range 60 {
		in.Slips = append(in.Slips, Delay{Due: on.AddDays(-700 + i), Days: slip})
		if lag > 0 {
			in.Lags = append(in.Lags, Delay{Due: on.AddDays(-600 + i), Days: lag})
		}
	}
	return in
}

// A milestone counts after its delay and, where levels are verified, after the lag; a scenario moves it.
func TestWhenAMilestoneCounts(t *testing.T) {
	on := civiltest.Day("2016-01-31")
	due := on.AddDays(15)
	for name, test := range map[string]struct {
		in   *Input
		want [3]int64 // the count at each point
	}{
		"nothing open":              {steady(10, 0), [3]int64{0, 0, 0}},
		"a delay":                   {steady(10, 0, Milestone{Planned: due}), [3]int64{1, 1, 1}},
		"a longer delay":            {steady(40, 0, Milestone{Planned: due}), [3]int64{0, 1, 1}},
		"a delay and a lag":         {steady(10, 30, Milestone{Planned: due}), [3]int64{0, 1, 1}},
		"live, it waits":            {steady(10, 30, Milestone{Planned: on, Live: on.AddDays(-5)}), [3]int64{1, 1, 1}},
		"moved by a scenario":       {steady(10, 0, Milestone{Planned: due, Shift: 50}), [3]int64{0, 0, 1}},
		"moved past the last point": {steady(10, 0, Milestone{Planned: due, Shift: 300}), [3]int64{0, 0, 0}},
		"brought forward":           {steady(40, 0, Milestone{Planned: due, Shift: -40}), [3]int64{1, 1, 1}},
	} {
		sample := before(test.in, 50, 1)
		for point, want := range test.want {
			if b := sample.Bands(point); b.P10.Value != want || b.P90.Value != want {
				t.Errorf("%s: at point %d between %d and %d count, want %d", name, point, b.P10.Value, b.P90.Value, want)
			}
		}
	}
}

// An input without points has nothing to forecast, and draws all the same.
func TestNoPoints(t *testing.T) {
	in := steady(10, 0, Milestone{Planned: civiltest.Day("2016-03-01")})
	in.Points = nil
	var track *Track
	if s := track.Draw(in, 3, 1); len(s.counts) != 0 {
		t.Errorf("%d points", len(s.counts))
	}
}
