package forecast

import (
	"math"

	"mirsad/internal/programme"
)

// Sample is what a forecast drew: the distribution of the count at each point of the input, and the scale of its bands.
type Sample struct {
	points []distribution
	Scale  Scale
}

// Reaching returns the share of draws, moved by the scale about the median, in which the count at a point is at least
// the goal.
func (s *Sample) Reaching(point, goal int) programme.Ratio {
	d := &s.points[point]
	median, reached := d.quantile(.5), 0.0
	for i, chance := range d.chance {
		if moved(median, d.lowest+i, s.Scale.Band80) >= int64(goal) {
			reached += chance
		}
	}
	return programme.RatioOf(min(1, reached), 1)
}

// Bands returns the percentiles at a point, moved by the scale about the median.
func (s *Sample) Bands(point int) Bands {
	d := &s.points[point]
	median := d.quantile(.5)
	p10, p90 := moved(median, d.quantile(.1), s.Scale.Band80), moved(median, d.quantile(.9), s.Scale.Band80)
	p25, p75 := moved(median, d.quantile(.25), s.Scale.Band50), moved(median, d.quantile(.75), s.Scale.Band50)
	return Bands{
		P10: programme.CountOf(p10), P25: programme.CountOf(max(p10, p25)), P50: programme.CountOf(int64(median)),
		P75: programme.CountOf(min(p75, p90)), P90: programme.CountOf(p90),
	}
}

// moved takes a count to its scaled distance from the median; no count is below zero.
func moved(median, count int, scale float64) int64 {
	return max(0, int64(math.Round(float64(median)+float64(count-median)*scale)))
}

// distance is from the median to what came at a point, in half-widths of the 80 % band on that side, before the scale.
func (s *Sample) distance(point, came int) float64 {
	d := &s.points[point]
	median := d.quantile(.5)
	width := d.quantile(.9) - median
	if came < median {
		width = median - d.quantile(.1)
	}
	return math.Abs(float64(came-median)) / float64(max(1, width))
}
