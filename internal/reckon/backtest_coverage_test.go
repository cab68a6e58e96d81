package reckon_test

import (
	"os"
	"strconv"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
)

// The 80 % band covers between 70 and 90 % of the back-tested points of twenty programmes (docs/rules.md#back-test).
// The seeds 1 to 20 were fixed beforehand and the model was developed on 100 to 139; at its first run on these twenty
// the 80 % band held 0.784 of the points. What changed since, that older delays weigh less and fewer futures are drawn
// for each month, was decided on the other seeds and the sample: 0.773. FORECAST_FROM and FORECAST_SEEDS try others.
func TestBandsHoldOverGeneratedProgrammes(t *testing.T) {
	from, seeds := 1, 20
	if testing.Short() {
		seeds = 2 // too few to hold the share against, enough to see that each programme has its points
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
	points, held := 0, 0
	below, above := map[int]int{}, map[int]int{}
	for i, b := range tests {
		if b == nil || len(b.Points) == 0 {
			t.Fatalf("programme %d has no points", from+i)
		}
		t.Logf("programme %d: %d points, 50 %% band %v, 80 %% band %v", from+i, len(b.Points), b.Within50.Value, b.Within80.Value)
		for i := range b.Points {
			p := &b.Points[i]
			points++
			if p.Within80 {
				held++
			}
			if int64(p.Counted) < p.P10.Value {
				below[p.Horizon]++
			}
			if int64(p.Counted) > p.P90.Value {
				above[p.Horizon]++
			}
		}
	}
	t.Logf("below the band, by months ahead: %v; above it: %v", below, above)
	share := float64(held) / float64(points)
	t.Logf("in all: the 80 %% band holds %.3f of %d points", share, points)
	if !testing.Short() && (share < .7 || share > .9) {
		t.Errorf("the 80 %% band holds %.3f of the points, want 0.7 to 0.9", share)
	}
}
