package programme

import "math/rand/v2"

// forecastDraws is how many futures are drawn (docs/rules.md#draws).
const forecastDraws = 2000

// forecastSalt makes the stream of chance the forecast's own; the seed is the month.
const forecastSalt = 0x666f726563617374

// openMilestone is a milestone that has yet to count.
type openMilestone struct {
	service, entity int32
	planned         Date // original
	live            Date // the go-live that waits for its verification; none while that is to come
	shift           int  // days by which a scenario moves it
}

// outlook is what a forecast is drawn from.
type outlook struct {
	on      Date
	points  []Date // for which the count is forecast, ascending, all after on
	counted int    // on the date
	open    []openMilestone
	// slips are those of go-lives against their original dates, lags those of verifications against go-lives; without
	// lags a go-live counts at once.
	slips, lags []delay
	finished    int
}

// drawn is how often each count came up, for each point.
type drawn struct {
	counted int
	draws   int
	times   [][]int32 // by point, by how many more count than on the date
}

// dice is an outlook made ready: everything that is the same in every draw.
type dice struct {
	*outlook

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

// draw draws so many futures. The same outlook and seed give the same, whatever else runs.
func (o *outlook) draw(draws int, seed uint64) *drawn {
	d := o.ready()
	out := &drawn{counted: o.counted, draws: draws, times: make([][]int32, len(o.points))}
	flat := make([]int32, len(o.points)*(len(o.open)+1))
	for i := range out.times {
		out.times[i] = flat[i*(len(o.open)+1) : (i+1)*(len(o.open)+1)]
	}
	chance := rand.New(rand.NewPCG(seed, forecastSalt)) //nolint:gosec // a forecast must be repeatable, not secret
	arrivals := make([]int32, len(o.points)+1)
	slips, lags := make([]int32, len(d.entities)), make([]int32, len(d.entities))
	for range draws {
		d.shake(chance, slips, lags)
		clear(arrivals)
		d.roll(chance, slips, lags, arrivals)
		sum := int32(0)
		for i := range o.points {
			sum += arrivals[i]
			out.times[i][sum]++
		}
	}
	return out
}

// ready works out, once, what every draw uses.
func (o *outlook) ready() *dice {
	d := &dice{
		outlook: o, place: make([]int32, len(o.open)), base: make([]int32, len(o.open)),
		exposure: make([]int32, len(o.open)), tables: make([]int32, quantiles*len(o.open)),
	}
	slips, lags := curvesOf(o.slips), curvesOf(o.lags)
	d.slip, d.lag = shocksOf(o.slips, slips, o.on), shocksOf(ended(o.lags), lags, o.on)
	places := map[int32]int32{}
	for i := range o.open {
		m := &o.open[i]
		at, found := places[m.entity]
		if !found {
			at = int32(len(d.entities)) //nolint:gosec // places fit in 32 bits
			places[m.entity] = at
			d.entities = append(d.entities, m.entity)
		}
		d.place[i] = at
		from, curve := m.planned, slips.of(m.entity)
		if !m.live.IsZero() {
			from, curve = m.live, lags.of(m.entity)
		}
		d.base[i] = int32(from - o.on)
		d.exposure[i] = shockUnits + max(0, d.base[i])*shockUnits/shockDoubles
		curve.fill(d.tables[i*quantiles:(i+1)*quantiles], int(o.on-from))
		d.base[i] += int32(m.shift) //nolint:gosec // days
	}
	d.lagTable = make([]int32, quantiles*len(d.entities))
	if len(o.lags) > 0 {
		for at, entity := range d.entities {
			lags.of(entity).fill(d.lagTable[at*quantiles:(at+1)*quantiles], shortestDelay-1)
		}
	}
	d.bucket = bucketsOf(o.on, o.points)
	return d
}

// bucketsOf tells for each day after on the first point that has it.
func bucketsOf(on Date, points []Date) []int32 {
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

// shake draws what the milestones of a future have in common: a shock of the programme and one of each entity, for
// go-lives and for verifications.
func (d *dice) shake(chance *rand.Rand, slips, lags []int32) {
	slip, lag := d.slip.programme*chance.NormFloat64(), d.lag.programme*chance.NormFloat64()
	for e := range d.entities {
		slips[e] = int32(slip + d.slip.entity*chance.NormFloat64())
		lags[e] = int32(lag + d.lag.entity*chance.NormFloat64())
	}
}

// roll draws each milestone's own delay and counts it at its point.
func (d *dice) roll(chance *rand.Rand, slips, lags, arrivals []int32) {
	const perNumber = 64 / (2 * quantileBits)
	var bits uint64
	left, verified := 0, len(d.lags) > 0
	never := int32(len(d.points)) //nolint:gosec // months
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
		case !d.open[i].live.IsZero():
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
func (d *drawn) percentile(point int, share float64) int {
	need, seen := share*float64(d.draws), 0.0
	for more, times := range d.times[point] {
		seen += float64(times)
		if times > 0 && seen >= need {
			return d.counted + more
		}
	}
	return d.counted
}

// reaching returns the share of draws in which the count at a point is at least the goal.
func (d *drawn) reaching(point, goal int) Ratio {
	reached := int32(0)
	for more, times := range d.times[point] {
		if d.counted+more >= goal {
			reached += times
		}
	}
	return RatioOf(float64(reached), float64(d.draws))
}
