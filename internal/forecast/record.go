package forecast

import (
	"math"

	"mirsad/internal/civil"
)

// NotYet is the month of what has not happened.
const NotYet = civil.Month(math.MaxInt32)

// Unit is what counts as one, a service or a bundle of them: how it came to count, in months.
type Unit struct {
	Planned  civil.Month // of its original date; NotYet without a plan
	Approved civil.Month // of the first approved plan that has it; NotYet without one
	Dropped  civil.Month // from which no plan has it any more; NotYet while one does
	Counted  civil.Month // NotYet while it does not
}

// atRisk reports whether the unit was planned and open at the beginning of a month, so that it could come to count.
func (u *Unit) atRisk(t civil.Month) bool { return u.Approved <= t && t <= u.Counted && t < u.Dropped }

// foreseen reports whether a plan had the unit, still to come, at the end of a month.
func (u *Unit) foreseen(t civil.Month) bool { return u.Approved <= t && t < u.Dropped }

// Record is how a programme grew month by month, as known at its last month end.
type Record struct {
	First   civil.Month // the programme's first month
	Before  int         // counted at the end of the month before it
	Counted []int       // at the end of each month from the first on
	Units   []Unit
}

// last is the newest month of the record; one before the first without any.
func (r *Record) last() civil.Month { return r.First + civil.Month(len(r.Counted)) - 1 } //nolint:gosec // months

// growth is by how much the count grew in a month of the record.
func (r *Record) growth(t civil.Month) int {
	if t == r.First {
		return r.Counted[0] - r.Before
	}
	at := t - r.First
	return r.Counted[at] - r.Counted[at-1]
}

// step is the stretch of time that ends at a point: a month, or the part of one.
type step struct {
	month civil.Month
	part  float64
}

// steps parts the time from On to the last point.
func (in *Input) steps() []step {
	steps := make([]step, len(in.Points))
	from := in.On
	for i, to := range in.Points {
		month := to.Month()
		steps[i] = step{month, float64(to-from) / float64(month.Last()-month.First()+1)}
		from = to
	}
	return steps
}

// dropRate is the hazard, a month, that an open milestone is dropped from the plan before it counts: it competes with
// coming to count (Preston, Heuveline and Guillot, 2001, chapter 4).
func (r *Record) dropRate() float64 {
	last := r.last()
	first := max(r.First, last-tableMonths+1)
	dropped, months := 0.0, 1.0
	r.eachAtRisk(first, func(civil.Month, int, bool) { months++ })
	for i := range r.Units {
		u := &r.Units[i]
		if u.Approved < u.Dropped && first <= u.Dropped && u.Dropped <= last && u.Dropped <= u.Counted {
			dropped++
		}
	}
	return dropped / months
}
