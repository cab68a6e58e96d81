package forecast

import "math"

// pool averages the forecasters' quantiles: the draws of each, in order, are averaged draw by draw (Vincent averages,
// Ratcliff, Psychological Bulletin 86, 1979). Where forecasters differ, that puts the median between them, while a
// mixture of their chances puts it on one side (Lichtendahl, Grushka-Cockayne and Winkler, Is it better to average
// probabilities or quantiles?, Management Science 59, 2013). Averages are too sure where forecasters differ: the draws
// are spread about the median for a part of that.
func pool(counted int, each *[forecasters]futures, weights [forecasters]float64) [][]float64 {
	counts := make([][]float64, len(each[0]))
	for point := range counts {
		var sorted [forecasters][]int32
		for j := range each {
			sorted[j] = each[j][point]
		}
		mean := func(at int) float64 { return float64(counted) + average(&sorted, weights, at) }
		draws := len(sorted[0])
		low, median, high := placeOf(.1, draws), placeOf(.5, draws), placeOf(.9, draws)
		middle, wider := mean(median), 1.0
		if width := mean(high) - mean(low); width > 0 {
			deviation := max(1, width/(2*decileNormal))
			wider = math.Sqrt(1 + disagreement*variance(&sorted, weights, median)/(deviation*deviation))
		}
		counts[point] = make([]float64, draws)
		for draw := range counts[point] {
			counts[point][draw] = middle + (mean(draw)-middle)*wider
		}
	}
	return counts
}

// disagreement is the part of the variance between the forecasters' medians that is added to the pool's own. All of it
// is that of a mixture of chances; a quarter scored best over made programmes.
const disagreement = .25

// average is the weighted mean of the forecasters' draws at a place in their order.
func average(sorted *[forecasters][]int32, weights [forecasters]float64, at int) float64 {
	sum := 0.0
	for j, w := range weights {
		sum += w * float64(sorted[j][at])
	}
	return sum
}

// variance is the weighted variance between the forecasters' draws at a place in their order.
func variance(sorted *[forecasters][]int32, weights [forecasters]float64, at int) float64 {
	mean, sum := average(sorted, weights, at), 0.0
	for j, w := range weights {
		from := float64(sorted[j][at]) - mean
		sum += w * from * from
	}
	return sum
}

// placeOf is the place, among so many draws in order, of the smallest that at least a share of them does not exceed.
func placeOf(share float64, draws int) int {
	const rounding = 1e-9 // what a share times a number may be off by
	return max(0, int(math.Ceil(share*float64(draws)-rounding))-1)
}
