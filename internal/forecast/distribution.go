package forecast

// distribution is that of a count at one point: how much chance each count has, from the lowest on.
type distribution struct {
	lowest int
	chance []float64
}

// distributionOf mixes draws of several forecasters, each with its weight: a linear pool (Stone, The opinion pool,
// Annals of Mathematical Statistics 32, 1961).
func distributionOf(counted int, draws [][]int32, weights []float64) distribution {
	var low, high int32
	for i := range draws {
		for _, n := range draws[i] {
			low, high = min(low, n), max(high, n)
		}
	}
	d := distribution{lowest: counted + int(low), chance: make([]float64, high-low+1)}
	for i := range draws {
		each := weights[i] / float64(len(draws[i]))
		for _, n := range draws[i] {
			d.chance[n-low] += each
		}
	}
	return d
}

// quantile is the smallest count that at least a share of the chance does not exceed.
func (d *distribution) quantile(share float64) int {
	const rounding = 1e-9 // of sums of many weights
	seen := 0.0
	for i, chance := range d.chance {
		seen += chance
		if chance > 0 && seen >= share-rounding {
			return d.lowest + i
		}
	}
	return d.lowest + len(d.chance) - 1
}

// crps is the continuous ranked probability score of a count that came, in services: the smaller, the better. It is the
// integral of (F(x) − [x ≥ came])² (Gneiting and Raftery, Strictly proper scoring rules, JASA 102, 2007, eq. 20).
func (d *distribution) crps(came int) float64 {
	score := float64(max(0, d.lowest-came)) // F is 0 below the lowest
	seen := 0.0
	for i, chance := range d.chance[:len(d.chance)-1] {
		seen += chance
		miss := seen
		if d.lowest+i >= came {
			miss = 1 - seen
		}
		score += miss * miss
	}
	return score + float64(max(0, came-d.lowest-len(d.chance)+1)) // F is 1 above the highest
}
