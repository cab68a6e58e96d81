package forecast

import (
	"math"
	"math/rand/v2"
	"slices"
)

// futures are draws of how many more count than on the date: by point, then by draw.
type futures [][]int32

func newFutures(points, draws int) futures {
	f := make(futures, points)
	flat := make([]int32, points*draws)
	for point := range f {
		f[point], flat = flat[:draws:draws], flat[draws:]
	}
	return f
}

// add adds other futures, draw by draw.
func (f futures) add(other futures) {
	for point := range f {
		for draw := range f[point] {
			f[point][draw] += other[point][draw]
		}
	}
}

// The forecasters of the pool.
const (
	byMilestone = iota // delays of milestones
	byAge              // a life table in calendar time
	byFlow             // throughput
	forecasters
)

// Each forecaster has a stream of chance of its own, whatever else has the same seed; so has what is added to one.
const (
	milestoneSalt = 0x666f726563617374 + iota
	ageSalt
	flowSalt
	outsideSalt
	dropSalt
)

func chanceOf(seed, salt uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, salt)) //nolint:gosec // a forecast must be repeatable, not secret
}

// drawEach draws so many futures by each forecaster.
func (in *Input) drawEach(draws int, seed uint64) [forecasters]futures {
	around, steps, chance := outsideOf(&in.Record), in.steps(), chanceOf(seed, outsideSalt)
	milestones, byAges := in.drawMilestones(draws, seed), in.drawAges(draws, seed)
	milestones.add(around.draw(steps, draws, chance))
	byAges.add(around.draw(steps, draws, chance))
	return [forecasters]futures{byMilestone: milestones, byAge: byAges, byFlow: in.drawFlow(draws, seed)}
}

// sort puts the draws of each point in order; what was one future is no longer together.
func (f futures) sort() {
	for point := range f {
		slices.Sort(f[point])
	}
}

// crps is the continuous ranked probability score of what came, from draws in order, in services: the smaller, the
// better. It is E|X − came| − ½ E|X − X′| (Gneiting and Raftery, Strictly proper scoring rules, prediction and
// estimation, Journal of the American Statistical Association 102, 2007, eq. 21).
func crps(draws []int32, came int) float64 {
	n := len(draws)
	var miss, spread float64
	for i, x := range draws {
		miss += math.Abs(float64(int(x) - came))
		spread += float64(x) * float64(2*i+1-n)
	}
	return miss/float64(n) - spread/float64(n*n)
}
