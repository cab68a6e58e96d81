package forecast

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"mirsad/internal/civil"
)

// The pace is the mean growth a month, of which what is so many months old weighs half; at least so much.
const (
	paceHalves = 4
	leastPace  = .5
)

// The pace changes from quarter to quarter, seen over so many of them and drawn to a prior change a month.
const (
	paceQuarters   = 6
	changePrior    = .16
	changeQuarters = 4
	mostLogPace    = 8
)

// pace is how fast the count grows, a month, and by how much its logarithm changes from month to month.
type pace struct{ mean, change float64 }

// paceOf reads the pace of a record.
func paceOf(r *Record) pace {
	last := r.last()
	var sum, weight float64
	for t := r.First; t <= last; t++ {
		w := math.Exp2(-float64(last-t) / paceHalves)
		sum += w * float64(r.growth(t))
		weight += w
	}
	p := pace{mean: leastPace}
	if weight > 0 {
		p.mean = max(leastPace, sum/weight)
	}
	var squares, changes, newer float64
	quarters := min(paceQuarters, len(r.Counted)/3)
	for quarter := range quarters {
		end := last - civil.Month(3*quarter)
		mean := float64(r.growth(end)+r.growth(end-1)+r.growth(end-2)) / 3
		level := math.Log(max(mean, leastPace))
		if quarter > 0 {
			squares += (newer - level) * (newer - level)
			changes++
		}
		newer = level
	}
	p.change = math.Sqrt((squares/3 + changeQuarters*changePrior*changePrior) / (changes + changeQuarters))
	return p
}

// drawFlow draws futures in which the count goes on growing at its pace, whatever was due when: the logarithm of the
// pace is a random walk. It can not grow by much more than what is open, and what a scenario moves by so many days does
// not come earlier than that.
func (in *Input) drawFlow(draws int, seed uint64) futures {
	p, steps, chance := paceOf(&in.Record), in.steps(), chanceOf(seed, flowSalt)
	f := newFutures(len(steps), draws)
	most := in.mostGrowth(p.mean)
	for draw := range draws {
		level := math.Log(p.mean) + p.change*chance.NormFloat64()
		sum := 0.0
		for i, s := range steps {
			level += p.change * chance.NormFloat64()
			expected := math.Exp(min(mostLogPace, level-p.change*p.change*float64(i+2)/2))
			sum += distuv.Poisson{Lambda: expected * s.part, Src: chance}.Rand()
			f[i][draw] = int32(min(sum, most[i]))
		}
	}
	return f
}

// mostGrowth bounds the growth until each point: by the open milestones, and a tenth of the pace beside them.
func (in *Input) mostGrowth(pace float64) []float64 {
	most := make([]float64, len(in.Points))
	for i, point := range in.Points {
		most[i] = .1 * pace * float64(i+1)
		for j := range in.Open {
			if in.On.AddDays(in.Open[j].Shift) <= point {
				most[i]++
			}
		}
	}
	return most
}
