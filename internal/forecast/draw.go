package forecast

import (
	"math/rand/v2"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Draws is how many futures are drawn (docs/rules.md#draws).
const Draws = 2000

// forecastSalt makes the stream of chance the forecast's own; the seed is the month.
const forecastSalt = 0x666f726563617374

// Milestone is a milestone that has yet to count.
type Milestone struct {
	Service, Entity int32
	Planned         civil.Date // original
	Live            civil.Date // the go-live that waits for its verification; none while that is to come
	Shift           int        // days by which a scenario moves it
}

// Input is what a forecast is drawn from.
type Input struct {
	On      civil.Date
	Points  []civil.Date // for which the count is forecast, ascending, all after on
	Counted int          // on the date
	Open    []Milestone
	// Slips are those of go-lives against their original dates, lags those of verifications against go-lives; without
	// lags a go-live counts at once.
	Slips, Lags []Delay
	Finished    int
}

// Sample is how often each count came up, for each point.
type Sample struct {
	counted int
	draws   int
	times   [][]int32 // by point, by how many more count than on the date
}

// sampler is an outlook made ready: everything that is the same in every draw.
type sampler struct {
	*Input

	entities []int32 // those with open milestones
	place    []int32 // of each milestone's entity among them
	base     []int32 // days from on to each milestone's original date, or its go-live
	exposure []int32 // of each milestone to the shocks, in shockUnits
	tables   []int32 // quantiles a milestone: its delay
	lagTable []int32 // quantiles an entity: the lag of what goes live yet
	bucket   []int32 // by days from on: the first point that has it; the number of points for none
	slip     shocks
	lag      shocks
}

// What is planned later is exposed for longer: shocks are twice as large for what is due in a year.
const (
	shockUnits   = 256
	shockDoubles = 365
)

// Draw draws so many futures. The same outlook and seed give the same, whatever else runs.
func (o *Input) Draw(draws int, seed uint64) *Sample {
	d := o.sampler()
	out := &Sample{counted: o.Counted, draws: draws, times: make([][]int32, len(o.Points))}
	flat := make([]int32, len(o.Points)*(len(o.Open)+1))
	for i := range out.times {
		out.times[i] = flat[i*(len(o.Open)+1) : (i+1)*(len(o.Open)+1)]
	}
	chance := rand.New(rand.NewPCG(seed, forecastSalt)) //nolint:gosec // a forecast must be repeatable, not secret
	arrivals := make([]int32, len(o.Points)+1)
	slips, lags := make([]int32, len(d.entities)), make([]int32, len(d.entities))
	for range draws {
		d.sampleShocks(chance, slips, lags)
		clear(arrivals)
		d.sampleDelays(chance, slips, lags, arrivals)
		sum := int32(0)
		for i := range o.Points {
			sum += arrivals[i]
			out.times[i][sum]++
		}
	}
	return out
}

// sampler works out, once, what every draw uses.
func (o *Input) sampler() *sampler {
	d := &sampler{
		Input: o, place: make([]int32, len(o.Open)), base: make([]int32, len(o.Open)),
		exposure: make([]int32, len(o.Open)), tables: make([]int32, quantiles*len(o.Open)),
	}
	slips, lags := curvesOf(o.Slips), curvesOf(o.Lags)
	d.slip, d.lag = shocksOf(o.Slips, slips, o.On), shocksOf(ended(o.Lags), lags, o.On)
	places := map[int32]int32{}
	for i := range o.Open {
		m := &o.Open[i]
		at, found := places[m.Entity]
		if !found {
			at = int32(len(d.entities)) //nolint:gosec // places fit in 32 bits
			places[m.Entity] = at
			d.entities = append(d.entities, m.Entity)
		}
		d.place[i] = at
		from, curve := m.Planned, slips.of(m.Entity)
		if !m.Live.IsZero() {
			from, curve = m.Live, lags.of(m.Entity)
		}
		d.base[i] = int32(from - o.On)
		d.exposure[i] = shockUnits + max(0, d.base[i])*shockUnits/shockDoubles
		curve.fill(d.tables[i*quantiles:(i+1)*quantiles], int(o.On-from))
		d.base[i] += int32(m.Shift) //nolint:gosec // days
	}
	d.lagTable = make([]int32, quantiles*len(d.entities))
	if len(o.Lags) > 0 {
		for at, entity := range d.entities {
			lags.of(entity).fill(d.lagTable[at*quantiles:(at+1)*quantiles], shortestDelay-1)
		}
	}
	d.bucket = bucketsOf(o.On, o.Points)
	return d
}

// bucketsOf tells for each day after on the first point that has it.
func bucketsOf(on civil.Date, points []civil.Date) []int32 {
	if len(points) == 0 {
		return nil
	}
	buckets := make([]int32, points[len(points)-1]-on+1)
	at := int32(0)
	for day := range buckets {
		for on.AddDays(day) > points[at] {
			at++
		}
		buckets[day] = at
	}
	return buckets
}

// sampleShocks draws what the milestones of a future have in common: a shock of the programme and one of each entity, for
// go-lives and for verifications.
func (d *sampler) sampleShocks(chance *rand.Rand, slips, lags []int32) {
	slip, lag := d.slip.programme*chance.NormFloat64(), d.lag.programme*chance.NormFloat64()
	for e := range d.entities {
		slips[e] = int32(slip + d.slip.entity*chance.NormFloat64())
		lags[e] = int32(lag + d.lag.entity*chance.NormFloat64())
	}
}

// sampleDelays draws each milestone's own delay and counts it at its point.
func (d *sampler) sampleDelays(chance *rand.Rand, slips, lags, arrivals []int32) {
	const perNumber = 64 / (2 * quantileBits)
	var bits uint64
	left, verified := 0, len(d.Lags) > 0
	never := int32(len(d.Points)) //nolint:gosec // months
	for i := range d.base {
		if left == 0 {
			bits, left = chance.Uint64(), perNumber
		}
		own, late := int(bits%quantiles), int(bits>>quantileBits%quantiles)
		bits >>= 2 * quantileBits
		left--
		e := d.place[i]
		day := d.base[i] + d.tables[i*quantiles+own]
		switch {
		case !d.Open[i].Live.IsZero():
			day = moved(day, lags[e])
		case verified:
			day = moved(day, slips[e]*d.exposure[i]/shockUnits) + moved(d.lagTable[int(e)*quantiles+late], lags[e])
		default:
			day = moved(day, slips[e]*d.exposure[i]/shockUnits)
		}
		at := never
		if int(day) < len(d.bucket) {
			at = d.bucket[day]
		}
		arrivals[at]++
	}
}

// moved adds a shock to days to come (docs/rules.md#draws); one that makes them fewer shortens them in proportion, for
// what is still open on the date can't have ended before it.
func moved(days, shock int32) int32 {
	if days < 1 {
		return 1
	}
	if shock >= 0 {
		return days + shock
	}
	return max(1, days*days/(days-shock))
}

// percentile returns the smallest count at a point that at least a share of the draws does not exceed.
func (d *Sample) percentile(point int, share float64) int {
	need, seen := share*float64(d.draws), 0.0
	for more, times := range d.times[point] {
		seen += float64(times)
		if times > 0 && seen >= need {
			return d.counted + more
		}
	}
	return d.counted
}

// Reaching returns the share of draws in which the count at a point is at least the goal.
func (d *Sample) Reaching(point, goal int) programme.Ratio {
	reached := int32(0)
	for more, times := range d.times[point] {
		if d.counted+more >= goal {
			reached += times
		}
	}
	return programme.RatioOf(float64(reached), float64(d.draws))
}
