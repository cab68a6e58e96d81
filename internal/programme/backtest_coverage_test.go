package programme

import (
	"os"
	"strconv"
	"testing"
)

// The 80 % band covers between 70 and 90 % of the back-tested points of twenty programmes (docs/rules.md#back-test).
// The seeds 1 to 20 were fixed beforehand and the model was developed on 100 to 139; at its first run on these twenty
// the 80 % band held 0.784 of the points. What changed since, that older delays weigh less and fewer futures are drawn
// for each month, was decided on the other seeds and the sample: 0.773. FORECAST_FROM and FORECAST_SEEDS try others.
func TestBandsHoldOverGeneratedProgrammes(t *testing.T) {
	from, seeds := 1, 20
	if text := os.Getenv("FORECAST_FROM"); text != "" {
		from, _ = strconv.Atoi(text)
		seeds, _ = strconv.Atoi(os.Getenv("FORECAST_SEEDS"))
	}
	all := &Backtest{}
	below, above := map[int]int{}, map[int]int{}
	for seed := from; seed < from+seeds; seed++ {
		b := generate(t, uint64(seed)).endOf().Backtest(day("2016-12-31"))
		if len(b.Points) == 0 {
			t.Fatalf("programme %d has no points", seed)
		}
		t.Logf("programme %d: %d points, 50 %% band %v, 80 %% band %v", seed, len(b.Points), b.Within50.Value, b.Within80.Value)
		for i := range b.Points {
			p := &b.Points[i]
			if int64(p.Counted) < p.P10.Value {
				below[p.Horizon]++
			}
			if int64(p.Counted) > p.P90.Value {
				above[p.Horizon]++
			}
		}
		all.Points = append(all.Points, b.Points...)
	}
	all.sum()
	for _, h := range all.Horizons {
		t.Logf("%2d months on: %d points, 50 %% band %v, 80 %% band %v (%d below, %d above)",
			h.Months, h.Points, h.Within50.Value, h.Within80.Value, below[h.Months], above[h.Months])
	}
	t.Logf("in all: %d points, 50 %% band %v, 80 %% band %v", len(all.Points), all.Within50.Value, all.Within80.Value)
	if held := all.Within80.Value; held < .7 || held > .9 {
		t.Errorf("the 80 %% band holds %v of the points, want 0.7 to 0.9", held)
	}
}
