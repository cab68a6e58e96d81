package forecast

import (
	"math"
	"sort"

	"mirsad/internal/programme"
)

// Sample is what a forecast drew: the count at each point of the input, and the scale of its bands.
type Sample struct {
	// counts are equally likely, in order, by point.
	counts [][]float64
	Scale  Scale
}

// quantile is the smallest count at a point that at least a share of the draws does not exceed.
func (s *Sample) quantile(point int, share float64) float64 {
	return s.counts[point][placeOf(share, len(s.counts[point]))]
}

// Reaching returns the share of draws, moved by the scale about the median, in which the count at a point is at least
// the goal.
func (s *Sample) Reaching(point, goal int) programme.Ratio {
	draws, median := s.counts[point], s.quantile(point, .5)
	first := sort.Search(len(draws), func(i int) bool {
		return scaled(median, draws[i], s.Scale.Band80) >= int64(goal)
	})
	return programme.RatioOf(float64(len(draws)-first), float64(len(draws)))
}

// Bands returns the percentiles at a point, moved by the scale about the median.
func (s *Sample) Bands(point int) Bands {
	median := s.quantile(point, .5)
	at := func(share, scale float64) int64 { return scaled(median, s.quantile(point, share), scale) }
	p10, p90 := at(.1, s.Scale.Band80), at(.9, s.Scale.Band80)
	p25, p75 := max(p10, at(.25, s.Scale.Band50)), min(p90, at(.75, s.Scale.Band50))
	return Bands{
		P10: programme.CountOf(p10), P25: programme.CountOf(p25), P50: programme.CountOf(at(.5, 1)),
		P75: programme.CountOf(p75), P90: programme.CountOf(p90),
	}
}

// scaled takes a count to its scaled distance from the median; no count is below zero.
func scaled(median, count, scale float64) int64 {
	return max(0, int64(math.Round(median+(count-median)*scale)))
}

// distance is from the median to what came at a point, in half-widths of the 80 % band on that side, before the scale.
func (s *Sample) distance(point, came int) float64 {
	median := s.quantile(point, .5)
	width := s.quantile(point, .9) - median
	if float64(came) < median {
		width = median - s.quantile(point, .1)
	}
	return math.Abs(float64(came)-median) / max(1, width)
}
