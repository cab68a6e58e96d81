package reckon_test

import (
	"os"
	"strconv"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
)

// The 80 % band covers between 70 and 90 % of the back-tested points of twenty programmes, and at least 70 % at each
// horizon (docs/rules.md#back-test); these programmes have delays alone, where a pool is a little too wide. The seeds 1 to 20 were fixed beforehand, and no method was chosen on them: before the pool
// the band held 0.773 of the points. SOAK=1 tries all of them; FORECAST_FROM and FORECAST_SEEDS try others.
func TestBandsHoldOverGeneratedProgrammes(t *testing.T) {
	from, seeds, least, most := 1, 6, .65, .95 // few programmes say less
	switch {
	case testing.Short():
		seeds = 2 // too few to hold the share against, enough to see that each programme has its points
	case os.Getenv("SOAK") != "":
		seeds, least, most = 20, .7, .9
	}
	if text := os.Getenv("FORECAST_FROM"); text != "" {
		from, _ = strconv.Atoi(text)
		seeds, _ = strconv.Atoi(os.Getenv("FORECAST_SEEDS"))
	}
	tests := make([]*figures.Backtest, seeds)
	t.Run("programmes", func(t *testing.T) { // returns when all of them are done
		for i := range tests {
			t.Run(strconv.Itoa(from+i), func(t *testing.T) {
				t.Parallel()
				tests[i] = generate(t, uint64(from+i)).endOf().Backtest(civiltest.Day("2016-12-31"))
			})
		}
	})
	points, held, below, above := map[int]int{}, map[int]int{}, map[int]int{}, map[int]int{}
	for i, b := range tests {
		if b == nil || len(b.Points) == 0 {
			t.Fatalf("programme %d has no points", from+i)
		}
		t.Logf("programme %d: %d points, 50 %% band %v, 80 %% band %v", from+i, len(b.Points), b.Within50.Value, b.Within80.Value)
		for i := range b.Points {
			points[b.Points[i].Horizon]++
			if b.Points[i].Within80 {
				held[b.Points[i].Horizon]++
			}
		}
		for _, h := range b.Horizons {
			below[h.Months] += h.Below
			above[h.Months] += h.Above
		}
	}
	allPoints, allHeld := 0, 0
	for _, h := range []int{1, 3, 6, 12} {
		allPoints, allHeld = allPoints+points[h], allHeld+held[h]
		share := float64(held[h]) / float64(points[h])
		t.Logf("%2d months: the 80 %% band holds %.3f of %d points, %d below, %d above", h, share, points[h], below[h], above[h])
		if !testing.Short() && share < least {
			t.Errorf("%d months: the 80 %% band holds %.3f of the points, want %v", h, share, least)
		}
		if held[h]+below[h]+above[h] != points[h] {
			t.Errorf("%d months: %d held, %d below and %d above are not %d", h, held[h], below[h], above[h], points[h])
		}
	}
	share := float64(allHeld) / float64(allPoints)
	t.Logf("in all: the 80 %% band holds %.3f of %d points", share, allPoints)
	if !testing.Short() && (share < least || share > most) {
		t.Errorf("the 80 %% band holds %.3f of the points, want %v to %v", share, least, most)
	}
}
