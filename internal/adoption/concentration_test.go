package adoption_test

import (
	"fmt"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// The largest of equals is the first by code; of fewer than five all are the five; what did not report is none of them.
func TestTheLargest(t *testing.T) {
	for name, test := range map[string]struct {
		uses           map[string]int64
		largest        string
		first, five    int64
		without, small programme.Count
	}{
		"one":               {map[string]int64{"a": 7}, "a", 7, 7, programme.CountOf(0), programme.CountOf(0)},
		"equals":            {map[string]int64{"c": 7, "b": 7, "d": 6}, "b", 7, 20, programme.CountOf(13), programme.CountOf(0)},
		"five of six":       {map[string]int64{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}, "f", 6, 20, programme.CountOf(15), programme.CountOf(1)},
		"nothing but zeros": {map[string]int64{"b": 0, "c": 0}, "b", 0, 0, programme.CountOf(0), programme.CountOf(0)},
	} {
		w := reckontest.New(t)
		w.Live("0", "2015-01-01", programme.LevelInformative) // says nothing
		var all int64
		for code, uses := range test.uses {
			w.Live(code, "2015-01-01", programme.LevelInformative)
			w.States(code, "2016-03", programme.ChannelWeb, programme.Reported, uses)
			all += uses
		}
		want := figures.Concentration{
			Largest: test.largest, WithoutLargest: test.without, WithoutTopFive: test.small,
			LargestShare: programme.RatioOf(float64(test.first), float64(all)),
			TopFiveShare: programme.RatioOf(float64(test.five), float64(all)),
		}
		if got := w.GrowthOf("2016-03-31", "2016-03").Concentration; got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

// One bulk service must not hide the others: its share is shown, and the total without it.
func TestConcentration(t *testing.T) {
	w := reckontest.New(t)
	for i, uses := range []int64{600, 100, 90, 80, 70, 60} {
		code := fmt.Sprintf("s%d", i)
		w.Live(code, "2015-01-01", programme.LevelInformative)
		w.Uses("moi", code, "2016-03", programme.ChannelWeb, uses)
	}
	got := w.GrowthOf("2016-03-31", "2016-03").Concentration
	want := figures.Concentration{
		Largest: "s0", LargestShare: programme.RatioOf(600, 1000), TopFiveShare: programme.RatioOf(940, 1000),
		WithoutLargest: programme.CountOf(400), WithoutTopFive: programme.CountOf(60),
	}
	if got != want {
		t.Errorf("concentration is %+v, want %+v", got, want)
	}
	none := reckontest.New(t).GrowthOf("2016-03-31", "2016-03")
	if none.Concentration.LargestShare.Known() || none.Naive.Known() || none.Total.Known() {
		t.Errorf("without use growth is %+v", none)
	}
}
