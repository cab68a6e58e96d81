package reckon_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
	"mirsad/internal/reckon/reckontest"
)

// generated is a whole programme drawn from one seed, for back-tests: entities with their own optimism, care and drift,
// shocks that hit all of them or one of them for a quarter, plans that bunch at the ends of quarters, holidays in which
// nothing goes live, re-plans, dropped and late-approved milestones, a verifying office with a backlog, blocked work,
// launches that nobody planned (in the proportions of the sample), and retirements. Nothing in it is fitted to any published count, nor to the forecast.
type generated struct {
	*reckontest.World

	chance *rand.Rand
	// shock holds a shift in days, and backlog a factor of the verifying office, for each quarter.
	shock, backlog map[civil.Month]float64
	services       int
}

// habit is how one entity plans and delivers.
type habit struct {
	code           string
	slip, care     float64 // days late in the middle, and the spread around it as a factor
	drift          float64 // days more each year
	shock          map[civil.Month]float64
	approvedOn     civil.Date
	replans        bool
	planned, added []programme.Milestone
	live           map[string]civil.Date
}

// generate draws the programme of a seed; it lasts from 2014 to the end of 2016.
func generate(t *testing.T, seed uint64) *generated {
	t.Helper()
	g := &generated{
		World: reckontest.New(t), chance: rand.New(rand.NewPCG(seed, 0x77686f6c65)),
		shock: map[civil.Month]float64{}, backlog: map[civil.Month]float64{},
	}
	g.weather()
	for e := range 18 + g.chance.IntN(25) {
		g.authority(fmt.Sprintf("e%02d", e))
	}
	return g
}

// weather draws what all entities share: each quarter's shock carries half of the one before.
func (g *generated) weather() {
	shock, backlog := 0.0, 0.0
	for q := civiltest.Month("2013-10"); q <= civiltest.Month("2018-01"); q += 3 {
		shock = .5*shock + 10*g.chance.NormFloat64()
		backlog = .5*backlog + .3*g.chance.NormFloat64()
		g.shock[q/3], g.backlog[q/3] = shock, math.Exp(backlog)
	}
}

func (g *generated) between(from, to string) civil.Date {
	a, b := civiltest.Day(from), civiltest.Day(to)
	return a.AddDays(g.chance.IntN(int(b-a) + 1))
}

func (g *generated) lognormal(median, sigma float64) float64 {
	return median * math.Exp(sigma*g.chance.NormFloat64())
}

func (g *generated) authority(code string) {
	h := &habit{
		code: code, slip: g.lognormal(22, .7) - 5, care: .4 + .6*g.chance.Float64(), drift: 8 * g.chance.NormFloat64(),
		shock: map[civil.Month]float64{}, approvedOn: g.between("2013-11-15", "2014-02-15"), replans: g.chance.Float64() < .5,
		live: map[string]civil.Date{},
	}
	if g.chance.Float64() < .05 {
		h.approvedOn = g.between("2014-03-01", "2015-03-31")
	}
	for q := range g.shock {
		h.shock[q] = 0
	}
	for q := civiltest.Month("2013-10") / 3; q <= civiltest.Month("2018-01")/3; q++ {
		h.shock[q] = 12 * g.chance.NormFloat64()
	}
	g.Entity(code)
	for range 4 + int(g.lognormal(14, .7)) {
		g.draw(h)
	}
	g.approve(h)
}

// draw gives an entity one more service: of the stock, planned at first or later, or never planned at all.
func (g *generated) draw(h *habit) {
	g.services++
	code := fmt.Sprintf("s%04d", g.services)
	g.Service(programme.Service{Code: code, Entity: h.code})
	switch kind := g.chance.Float64(); {
	case kind < .18:
		g.launch(h, code, g.between("2010-01-01", "2013-10-31"), 0)
	case kind < .22:
		g.goesLive(h, code, g.between("2014-02-01", "2016-12-20"))
	case kind < .25:
		planned := g.plannedDay(civiltest.Day("2015-09-01"))
		h.added = append(h.added, programme.Milestone{Code: "m-" + code, Service: code, Level: programme.LevelInformative, PlannedOn: planned})
		g.goesLive(h, code, g.finish(h, planned))
	default:
		planned := g.plannedDay(max(civiltest.Day("2014-02-01"), h.approvedOn))
		h.planned = append(h.planned, programme.Milestone{Code: "m-" + code, Service: code, Level: programme.LevelInformative, PlannedOn: planned})
		g.goesLive(h, code, g.finish(h, planned))
	}
}

// plannedDay draws a planned go-live; four in ten stand at the end of a quarter.
func (g *generated) plannedDay(from civil.Date) civil.Date {
	to := civiltest.Day("2016-12-31")
	d := from.AddDays(g.chance.IntN(int(to-from) + 1))
	if g.chance.Float64() < .4 {
		d = min(to, (d.Month()/3*3 + 2).Last())
	}
	return d
}

// finish draws the day on which a milestone truly goes live.
func (g *generated) finish(h *habit, planned civil.Date) civil.Date {
	years := float64(planned-civiltest.Day("2014-01-01")) / 365
	quarter := planned.Month() / 3
	slip := h.slip + h.drift*years + g.shock[quarter] + h.shock[quarter]
	switch kind := g.chance.Float64(); {
	case kind < .12:
		slip = -float64(g.chance.IntN(25))
	case kind < .16:
		slip += g.lognormal(200, .5) // blocked
	default:
		slip = slip*(.4+.6*g.chance.Float64()) + g.lognormal(12, h.care)
	}
	d := planned.AddDays(int(slip))
	if resumes := g.holidayEnds(d); resumes != 0 && g.chance.Float64() < .75 {
		d = resumes.AddDays(g.chance.IntN(15))
	}
	return d
}

// holidayEnds returns the day after the holiday that holds a day; 0 when it is none.
func (g *generated) holidayEnds(d civil.Date) civil.Date {
	for _, each := range [][2]string{
		{"2014-06-28", "2014-08-03"},
		{"2015-06-18", "2015-07-22"},
		{"2016-06-06", "2016-07-10"},
		{"2014-08-10", "2014-08-31"},
		{"2015-08-10", "2015-08-31"},
		{"2016-08-10", "2016-08-31"},
		{"2014-10-02", "2014-10-10"},
		{"2015-09-22", "2015-09-29"},
		{"2016-09-10", "2016-09-17"},
	} {
		if civiltest.Day(each[0]) <= d && d <= civiltest.Day(each[1]) {
			return civiltest.Day(each[1]) + 1
		}
	}
	return 0
}

// goesLive launches a service, if that is before the end; the office verifies it after its lag, or never.
func (g *generated) goesLive(h *habit, code string, on civil.Date) {
	h.live[code] = on
	if on > civiltest.Day("2016-12-31") {
		return
	}
	lag := 2 + g.lognormal(15, .7)*g.backlog[on.Month()/3]
	if g.chance.Float64() < .03 {
		lag = 2000
	}
	g.launch(h, code, on, int(lag))
	if g.chance.Float64() < .02 {
		retired := on.AddDays(60 + g.chance.IntN(600))
		g.record(h, code, programme.Rollout{Action: programme.ActionRetire, EffectiveOn: retired}, retired)
	}
}

// launch records a launch some days late, and its verification, which counts from the launch, when it was made.
func (g *generated) launch(h *habit, code string, on civil.Date, lag int) {
	known := on.AddDays(g.chance.IntN(6))
	if lag == 0 {
		known = max(on, civiltest.Day("2013-10-01"))
	}
	r := g.record(h, code, programme.Rollout{Action: programme.ActionLaunch, Level: programme.LevelInformative, EffectiveOn: on}, known)
	if lag == 0 {
		r.VerifiedBy = "office"
		return
	}
	if verified := max(known, on.AddDays(lag)); verified <= civiltest.Day("2016-12-31") {
		g.Fact(programme.FamilyAssessment, code, on, verified, programme.Assessment{Kind: programme.AssessmentVerified, Service: code, Level: programme.LevelInformative, Claim: r.ID})
	}
}

func (g *generated) record(h *habit, code string, r programme.Rollout, known civil.Date) *programme.Rollout {
	r.ID, r.Entity, r.Service, r.Source = fmt.Sprintf("r%05d", len(g.Facts.Rollouts)), h.code, code, "test"
	r.Actor, r.RecordedAt = h.code, civiltest.Noon(known)
	g.Facts.Rollouts = append(g.Facts.Rollouts, r)
	return &g.Facts.Rollouts[len(g.Facts.Rollouts)-1]
}

// approve records the entity's plan, its additions in 2015, and its re-plans each half-year: what is overdue moves to a
// new day, and one in thirty is dropped.
func (g *generated) approve(h *habit) {
	revision := 1
	submit := func(on civil.Date, list []programme.Milestone) {
		g.Fact(programme.FamilyPlan, h.code, on, on, programme.Plan{Kind: programme.PlanApproved, Entity: h.code, Revision: revision, ApprovedOn: on, Milestones: list})
		revision++
	}
	submit(h.approvedOn, h.planned)
	list := h.planned
	for _, on := range []civil.Date{g.between("2014-07-01", "2014-08-31"), g.between("2015-05-01", "2015-08-31"), g.between("2016-02-01", "2016-04-30")} {
		second := on > civiltest.Day("2015-01-01") && on < civiltest.Day("2016-01-01")
		if on <= h.approvedOn || (!h.replans && !second) {
			continue
		}
		if second {
			list = append(slices.Clip(list), h.added...)
		}
		list = g.replan(h, list, on)
		submit(on, list)
	}
}

func (g *generated) replan(h *habit, list []programme.Milestone, on civil.Date) []programme.Milestone {
	var next []programme.Milestone
	for _, m := range list {
		open := h.live[m.Service] > on
		switch {
		case open && h.live[m.Service] > civiltest.Day("2016-12-31") && g.chance.Float64() < .3:
			continue // given up
		case open && m.PlannedOn < on && h.replans:
			m.PlannedOn, m.Reason = on.AddDays(20+g.chance.IntN(100)), "moved"
		}
		next = append(next, m)
	}
	return next
}

// endOf reads everything at the end of the programme.
func (g *generated) endOf() *reckon.Knowledge {
	return g.Knowing(catalogue.Knowing{Provisional: true, Zone: time.UTC})
}
