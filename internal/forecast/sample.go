package forecast

import "mirsad/internal/programme"

// Sample is how often each count came up in the futures drawn, for each point of the input.
type Sample struct {
	counted int
	draws   int
	times   [][]int32 // by point, by how many more count than on the date
}

// newSample makes room for every count that a future can have.
func newSample(in *Input, draws int) *Sample {
	s := &Sample{counted: in.Counted, draws: draws, times: make([][]int32, len(in.Points))}
	counts := len(in.Open) + 1
	flat := make([]int32, len(in.Points)*counts)
	for point := range s.times {
		s.times[point], flat = flat[:counts:counts], flat[counts:]
	}
	return s
}

// add counts one future, given how many milestones arrive at each point.
func (s *Sample) add(arrivals []int32) {
	sum := int32(0)
	for point, n := range arrivals[:len(s.times)] {
		sum += n
		s.times[point][sum]++
	}
}

// percentile returns the smallest count at a point that at least a share of the draws does not exceed.
func (s *Sample) percentile(point int, share float64) int {
	need, seen := share*float64(s.draws), 0.0
	for more, times := range s.times[point] {
		seen += float64(times)
		if times > 0 && seen >= need {
			return s.counted + more
		}
	}
	return s.counted
}

// Reaching returns the share of draws in which the count at a point is at least the goal.
func (s *Sample) Reaching(point, goal int) programme.Ratio {
	reached := int32(0)
	for more, times := range s.times[point] {
		if s.counted+more >= goal {
			reached += times
		}
	}
	return programme.RatioOf(float64(reached), float64(s.draws))
}

// Bands returns the percentiles of the draws at a point.
func (s *Sample) Bands(point int) Bands {
	at := func(share float64) programme.Count { return programme.CountOf(s.percentile(point, share)) }
	return Bands{P10: at(.10), P25: at(.25), P50: at(.50), P75: at(.75), P90: at(.90)}
}
