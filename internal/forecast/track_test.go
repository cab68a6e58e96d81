package forecast

import (
	"testing"

	"mirsad/internal/civil"
)

// The score of draws against what came, reckoned by hand; one draw scores its distance.
func TestTheScoreOfDraws(t *testing.T) {
	for name, test := range map[string]struct {
		draws []int32
		came  int
		want  float64
	}{
		"met":           {[]int32{5}, 5, 0},
		"missed by two": {[]int32{5}, 7, 2},
		"in the middle": {[]int32{1, 2, 3}, 2, 2./3 - 4./9},
		"below all":     {[]int32{1, 2, 3}, 0, 2 - 4./9},
		"all the same":  {[]int32{4, 4, 4, 4}, 1, 3},
	} {
		if got := crps(test.draws, test.came); !near(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// tracked is a track of the same trial in each of so many months from 100 on, one month ahead.
func tracked(months int, each trial) *Track {
	t := &Track{}
	for i := range months {
		each.months, each.came = 1, civil.Month(100+i)
		t.trials = append(t.trials, each)
	}
	return t
}

func TestForecastersAreWeightedByTheirScores(t *testing.T) {
	third := 1. / 3
	even := [forecasters]float64{third, third, third}
	good := trial{scores: [forecasters]float64{10, 2, 10}}
	for name, test := range map[string]struct {
		track *Track
		on    int
		want  [forecasters]float64
	}{
		"no track":          {nil, 100, even},
		"nothing came true": {tracked(12, good), 99, even},
		"all alike":         {tracked(12, trial{scores: [forecasters]float64{4, 4, 4}}), 120, even},
		"one is better":     {tracked(40, good), 139, [forecasters]float64{.1 / 1.1, .9 / 1.1, .1 / 1.1}},
	} {
		got := test.track.weightsAt(civil.Month(test.on))
		for j := range got {
			if got[j] < test.want[j]-.02 || got[j] > test.want[j]+.02 {
				t.Errorf("%s: %v, want %v", name, got, test.want)
				break
			}
		}
	}
	few := tracked(1, good).weightsAt(100)
	if many := tracked(12, good).weightsAt(111); few[byAge] >= many[byAge] || few[byAge] <= third {
		t.Errorf("one trial weighs %v, twelve %v", few, many)
	}
	five := tracked(12, good)
	for i := range five.trials {
		five.trials[i].months = 5 // ahead, which is not looked at
	}
	if got := five.weightsAt(120); got != even {
		t.Errorf("five months ahead: %v", got)
	}
}

func TestTheScaleIsWhatPastErrorsAskFor(t *testing.T) {
	for name, test := range map[string]struct {
		track          *Track
		on             int
		band80, band50 float64
		widened        bool
	}{
		"no track":          {nil, 100, 1, 1, false},
		"nothing came true": {tracked(12, trial{distance: 9}), 99, 1, 1, false},
		"far too wide":      {tracked(60, trial{distance: .01, held: true}), 160, .7, .7, false},
		"too narrow":        {tracked(60, trial{distance: 2, held: true}), 160, 2, 3, false},
		"far too narrow":    {tracked(60, trial{distance: 9, held: true}), 160, 3, 3, false},
		"and it failed":     {tracked(60, trial{distance: 9}), 160, 9, 3, true},
		"of too few":        {tracked(11, trial{distance: 9}), 110, 3, 3, false},
	} {
		got := test.track.ScaleAt(civil.Month(test.on))
		if !near(got.Band80, test.band80) || !near(got.Band50, test.band50) || got.Widened != test.widened {
			t.Errorf("%s: %+v, want %v and %v", name, got, test.band80, test.band50)
		}
	}
}

// The bands fail that held fewer than six in ten, of the horizons that a back-test reports, as far as they came true.
func TestBandsThatHeldTooSeldomAreWidened(t *testing.T) {
	of := func(held, missed int) *Track {
		track := tracked(held, trial{distance: .5, held: true})
		track.trials = append(track.trials, tracked(missed, trial{distance: 4}).trials...)
		return track
	}
	if of(12, 8).ScaleAt(200).Widened {
		t.Error("six in ten held")
	}
	failed := of(11, 9)
	if got := failed.ScaleAt(200); !got.Widened || got.Band80 != 4 {
		t.Errorf("eleven of twenty held: %+v", got)
	}
	if got := failed.ScaleAt(104); got.Widened {
		t.Errorf("of those that came true by then: %+v", got)
	}
	for i := range failed.trials {
		failed.trials[i].months = 4
	}
	if got := failed.ScaleAt(200); got.Widened {
		t.Errorf("four months ahead is not reported: %+v", got)
	}
}

// The pool's median is between the forecasters', by their weights, and it is wider where they differ.
func TestThePoolAveragesQuantiles(t *testing.T) {
	draws := func(from int32) futures {
		f := newFutures(1, 101)
		for i := range f[0] {
			f[0][i] = from + int32(i)
		}
		return f
	}
	sampled := func(a, b, c int32, weights [forecasters]float64) *Sample {
		each := [forecasters]futures{draws(a), draws(b), draws(c)}
		return &Sample{counts: pool(1000, &each, weights), Scale: Scale{Band80: 1, Band50: 1}}
	}
	same := sampled(0, 0, 0, [forecasters]float64{.2, .3, .5}).Bands(0)
	if same.P10.Value != 1010 || same.P50.Value != 1050 || same.P90.Value != 1090 {
		t.Errorf("where all agree: %+v", same)
	}
	apart := sampled(0, 0, 200, [forecasters]float64{.25, .25, .5}).Bands(0)
	if apart.P50.Value != 1150 || apart.P90.Value-apart.P10.Value <= 100 || apart.P90.Value-apart.P10.Value > 160 {
		t.Errorf("where they differ: %+v", apart)
	}
}

// Only what came true by a month is looked at: later trials change nothing.
func TestATrackLooksAtNothingAhead(t *testing.T) {
	track := tracked(24, trial{distance: 1, held: true, scores: [forecasters]float64{1, 2, 3}})
	weights, scale := track.weightsAt(112), track.ScaleAt(112)
	for i := range track.trials {
		if track.trials[i].came > 112 {
			track.trials[i] = trial{months: 1, came: track.trials[i].came, distance: 99, scores: [forecasters]float64{9, 1, 1}}
		}
	}
	if track.weightsAt(112) != weights || track.ScaleAt(112) != scale {
		t.Error("what came later changed the weights or the scale")
	}
}

// The scale moves bands and probability about the median; no count is below zero.
func TestTheScaleMovesDrawsAboutTheMedian(t *testing.T) {
	s := alone(0, futures{{0, 10, 20, 30, 40, 50, 60, 70, 80, 90}})
	s.Scale = Scale{Band80: 2, Band50: .5}
	b := s.Bands(0)
	if b.P10.Value != 0 || b.P25.Value != 30 || b.P50.Value != 40 || b.P75.Value != 55 || b.P90.Value != 120 {
		t.Errorf("%+v", b)
	}
	if got := s.Reaching(0, 100); got.Value != .3 {
		t.Errorf("a hundred is reached in %v", got)
	}
	s.Scale = Scale{Band80: .5, Band50: 3}
	if b = s.Bands(0); b.P25 != b.P10 || b.P75 != b.P90 {
		t.Errorf("the inner band is wider than the outer: %+v", b)
	}
}

// What a back-test does not report, or what has not come yet, says nothing of how wide the bands should be.
func TestOnlyReportedTrialsWidenTheBands(t *testing.T) {
	const on = civil.Month(200)
	var reported, others []trial
	for i := range 12 {
		reported = append(reported, trial{came: on, months: []int{1, 3, 6, 12}[i%4], held: i < 3, distance: float64(i + 1)})
		others = append(others, trial{came: on, months: 2, held: true, distance: 100}, trial{came: on + 1, months: 3, held: true, distance: 100})
	}
	alone, beside := &Track{trials: reported}, &Track{trials: append(others, reported...)}
	if !alone.failing(on) || !beside.failing(on) {
		t.Errorf("three of twelve held: failing %v, beside others %v", alone.failing(on), beside.failing(on))
	}
	if got, want := beside.widest(on), alone.widest(on); got != want || want < 10 || want > 12 {
		t.Errorf("the bands are %v wide, beside others %v", want, got)
	}
	if fewer := (&Track{trials: reported[:11]}); fewer.failing(on) {
		t.Error("eleven trials are too few to say that the bands fail")
	}
	if none := (&Track{trials: others}); none.failing(on) {
		t.Error("the bands fail by what nobody reports")
	}
}
