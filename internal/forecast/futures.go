package forecast

import (
	"math/rand/v2"
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
)

func chanceOf(seed, salt uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, salt)) //nolint:gosec // a forecast must be repeatable, not secret
}

// drawEach draws so many futures by each forecaster.
func (in *Input) drawEach(draws [forecasters]int, seed uint64) [forecasters]futures {
	around, chance := outsideOf(&in.Record), chanceOf(seed, outsideSalt)
	steps := in.steps()
	milestones := in.drawMilestones(draws[byMilestone], seed)
	milestones.add(around.draw(steps, draws[byMilestone], chance))
	ages := in.drawAges(draws[byAge], seed)
	ages.add(around.draw(steps, draws[byAge], chance))
	return [forecasters]futures{milestones, ages, in.drawFlow(draws[byFlow], seed)}
}
