package forecast

import (
	"math"
	"math/rand/v2"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
)

// The programmes that are made last three years.
const madeMonths = 36

// made is a programme drawn from one seed, as a forecast sees it, in one of three kinds (see kinds). Nothing in it is
// fitted to a published count, to the sample or to the forecasters.
type made struct {
	chance *rand.Rand
	first  civil.Month
	units  []madeUnit
	lags   bool
}

// madeUnit is one service of it. What does not come is civil.Never; a zero due day is no plan.
type madeUnit struct {
	entity                          Entity
	due, approved                   civil.Date
	live, counted, dropped, retired civil.Date
}

// kinds are what a programme's pace depends on.
var kinds = map[string]func(p *made){"delays": (*made).delays, "queue": (*made).queue, "drift": (*made).drift}

func kindNames() []string { return []string{"delays", "queue", "drift"} }

func make3years(kind string, seed uint64) *made {
	p := &made{chance: rand.New(rand.NewPCG(seed, uint64(kind[0]))), first: civiltest.Month("2014-01")}
	kinds[kind](p)
	return p
}

func (p *made) start() civil.Date { return p.first.First() }

func (p *made) between(from, to float64) float64 { return from + (to-from)*p.chance.Float64() }

func (p *made) around(median, sigma float64) float64 {
	return median * math.Exp(sigma*p.chance.NormFloat64())
}

// dueDay draws a planned day from so many days after the start; some plans bunch at the ends of quarters.
func (p *made) dueDay(from int) civil.Date {
	d := p.start().AddDays(from + p.chance.IntN(madeMonths*30-from))
	if p.chance.Float64() < .35 {
		d = (d.Month()/3*3 + 2).Last()
	}
	return d
}

// verify lets a service count after its verification.
func (p *made) verify(u *madeUnit, median float64) {
	u.counted = u.live
	if p.lags && u.live != civil.Never {
		u.counted = u.live.AddDays(1 + int(p.around(median, .6)))
	}
}

func unit(entity int, due, approved civil.Date) madeUnit {
	return madeUnit{
		entity: Entity(entity), due: due, approved: approved,
		live: civil.Never, counted: civil.Never, dropped: civil.Never, retired: civil.Never,
	}
}

// delays: each milestone has its own delay, around its entity's habit, and quarters are late together.
func (p *made) delays() {
	p.lags = p.chance.Float64() < .7
	storm := p.between(5, 20)
	var common [madeMonths]float64
	for q := range common {
		common[q] = storm * p.chance.NormFloat64()
		if q > 0 {
			common[q] += .5 * common[q-1]
		}
	}
	for e := range 15 + p.chance.IntN(25) {
		habit, care := p.around(25, .6)-5, p.between(.5, 1.1)
		var own [madeMonths]float64
		for q := range own {
			own[q] = p.between(4, 14) * p.chance.NormFloat64()
		}
		for range 6 + int(p.around(14, .6)) {
			u := unit(e, p.dueDay(30), p.start().AddDays(p.chance.IntN(45)))
			q := int(u.due.Month()-p.first) / 3
			slip := habit + common[q] + own[q] + p.around(12, care) - 10
			if p.chance.Float64() < .05 {
				slip += p.around(180, .5)
			}
			u.live = max(u.approved, u.due.AddDays(int(slip)))
			p.verify(&u, 14)
			p.units = append(p.units, u)
		}
	}
}

// queue: as many go live in a month as there are hands, whatever was due, and the hands change from time to time.
func (p *made) queue() {
	p.lags = p.chance.Float64() < .5
	n := 350 + p.chance.IntN(500)
	for range n {
		p.units = append(p.units, unit(p.chance.IntN(25), p.dueDay(20), p.start().AddDays(p.chance.IntN(30))))
	}
	turn := make([]int, n)
	urgency := make([]float64, n)
	for i := range turn {
		turn[i], urgency[i] = i, float64(p.units[i].due)+50*p.chance.NormFloat64()
	}
	slices.SortFunc(turn, func(a, b int) int { return int(math.Copysign(1, urgency[a]-urgency[b])) })
	hands := float64(n) / madeMonths * p.between(.6, 1.1)
	changes := p.chance.IntN(8) + 4
	for m := p.first; m < p.first+madeMonths; m++ {
		if changes--; changes == 0 {
			hands, changes = p.around(hands, .4), 5+p.chance.IntN(8)
		}
		for range int(p.around(hands, .2) + .5) {
			if len(turn) == 0 || p.units[turn[0]].due > m.Last()+60 {
				break
			}
			u := &p.units[turn[0]]
			turn = turn[1:]
			u.live = max(u.approved, m.First().AddDays(p.chance.IntN(28)))
			p.verify(u, 10)
		}
	}
}

// drift: delays that grow or shrink from year to year, services that come in bulk, plans that come late, milestones
// that are dropped, launches that nobody planned, and retirements.
func (p *made) drift() {
	p.lags = p.chance.Float64() < .5
	trend, habit := p.between(-25, 45), p.between(0, 40)
	var bulk []civil.Date
	for range 2 + p.chance.IntN(3) {
		bulk = append(bulk, p.start().AddDays(90+p.chance.IntN(madeMonths*30-120)))
	}
	unplanned, late, given := p.between(.03, .15), p.between(.05, .2), p.between(.02, .1)
	for range 400 + p.chance.IntN(450) {
		u := unit(p.chance.IntN(25), p.dueDay(30), p.start().AddDays(p.chance.IntN(60)))
		years := float64(u.due-p.start()) / 365
		u.live = u.due.AddDays(int(habit + trend*years + p.around(20, .8) - 20))
		if at := p.chance.IntN(20 * len(bulk)); at < len(bulk) {
			u.live = bulk[at]
		}
		switch kind := p.chance.Float64(); {
		case kind < unplanned:
			u.due, u.approved = 0, civil.Never
		case kind < unplanned+late:
			u.approved = u.due.AddDays(-20 - p.chance.IntN(120))
		case kind < unplanned+late+given:
			u.dropped, u.live = max(u.approved+30, u.due.AddDays(p.chance.IntN(200)-60)), civil.Never
		}
		if u.approved != civil.Never {
			u.approved = max(u.approved, p.start())
		}
		if u.live != civil.Never {
			u.live = max(u.live, p.start())
		}
		p.verify(&u, 12)
		if u.counted != civil.Never && p.chance.Float64() < .04 {
			u.retired = u.counted.AddDays(30 + p.chance.IntN(600))
		}
		p.units = append(p.units, u)
	}
}

// countedAt is the count at the end of a month, beside forty that were there before.
func (p *made) countedAt(m civil.Month) int {
	n := 40
	for i := range p.units {
		if u := &p.units[i]; u.counted <= m.Last() && u.retired > m.Last() {
			n++
		}
	}
	return n
}

// inputAt is what was known at the end of a month.
func (p *made) inputAt(m civil.Month) *Input {
	on := m.Last()
	in := &Input{On: on, Counted: p.countedAt(m), Record: Record{First: p.first, Before: p.countedAt(p.first - 1)}}
	for t := p.first; t <= m; t++ {
		in.Record.Counted = append(in.Record.Counted, p.countedAt(t))
	}
	for to := m + 1; to <= m+12 && to < p.first+madeMonths; to++ {
		in.Points = append(in.Points, to.Last())
	}
	month := func(d civil.Date) civil.Month {
		if d > on {
			return NotYet
		}
		return d.Month()
	}
	for i := range p.units {
		u := &p.units[i]
		if u.counted <= on || u.approved <= on {
			in.Record.Units = append(in.Record.Units, Unit{
				Planned: u.due.Month(), Approved: month(u.approved), Dropped: month(u.dropped), Counted: month(u.counted),
			})
		}
		if u.approved > on || u.live < u.approved || u.dropped <= on {
			continue
		}
		in.addUnit(i, u, p.lags)
	}
	return in
}

func (in *Input) addUnit(i int, u *madeUnit, lags bool) {
	on := in.On
	m := Milestone{Service: i, Entity: u.entity, Planned: u.due}
	if u.live > on {
		in.Slips = append(in.Slips, Delay{Entity: u.entity, Due: u.due, Days: int(on - u.due), Open: true})
		in.Open = append(in.Open, m)
		return
	}
	in.Slips = append(in.Slips, Delay{Entity: u.entity, Due: u.due, Days: int(u.live - u.due)})
	if u.counted > on {
		in.Lags = append(in.Lags, Delay{Entity: u.entity, Due: u.live, Days: int(on - u.live), Open: true})
		m.Live = u.live
		in.Open = append(in.Open, m)
		return
	}
	if lags {
		in.Lags = append(in.Lags, Delay{Entity: u.entity, Due: u.live, Days: int(u.counted - u.live)})
	}
	in.Finished++
}
