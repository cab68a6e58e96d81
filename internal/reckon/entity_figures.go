package reckon

import (
	"mirsad/internal/adoption"
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// entityWork gathers what an entity's services add up to.
type entityWork struct {
	services, live int
	levels         [figures.BasisCount]programme.ByLevel // counted, by basis
	slips          slips
	reason         figures.StatusReason
	takeUp         adoption.TakeUp
	received       adoption.Received
}

// entityFigures draws every entity's scorecard, by code: of those that the catalogue has, or that own a service
// or a plan on the date. The count follows the owner, use stays with the entity that reported it.
func (r *reckoning) entityFigures() []figures.EntityFigures {
	work, shares := r.gatherEntities(), r.table.ByEntity()
	figures := make([]figures.EntityFigures, 0, len(work))
	for e := range work {
		known := programme.InForce(r.Entities[e].Versions, r.on) != nil
		if known || work[e].services > 0 || r.schedule.approved[e] != civil.Never {
			figures = append(figures, r.entityFigure(catalogue.EntityAt(e), &work[e], shares))
		}
	}
	return figures
}

// gatherEntities adds every service to the entity that owns it.
func (r *reckoning) gatherEntities() []entityWork {
	work := make([]entityWork, len(r.Entities))
	for i := range r.services {
		owner := r.ownerOn(r.now, catalogue.ServiceAt(i))
		if owner == catalogue.NoEntity {
			continue
		}
		w, s := &work[owner], &r.services[i]
		m := s.milestone[figures.Verified]
		w.slips.add(m)
		m.countInto(&w.reason)
		w.takeUp.Add(s.use.TakeUp)
		w.received.Add(s.use.Received)
		w.addStanding(r.now, catalogue.ServiceAt(i))
	}
	return work
}

func (w *entityWork) addStanding(c *census, at catalogue.ServiceAt) {
	s := &c.services[at]
	if s.Version == nil {
		return
	}
	if !s.Rollout.Retired {
		w.services++
	}
	if s.Live() {
		w.live++
	}
	for _, basis := range figures.Bases() {
		if c.counts(at, basis) {
			w.levels[basis].Add(s.Level(basis))
		}
	}
}

func (r *reckoning) entityFigure(at catalogue.EntityAt, w *entityWork, shares *adoption.EntityShares) figures.EntityFigures {
	named := r.EntityNamed(at, r.on)
	verified := w.levels[figures.Verified]
	f := figures.EntityFigures{
		Code: named.Code, Name: named.Name, NameAr: named.NameAr, Services: w.services, Live: w.live,
		Counted: verified.Total(), EndToEnd: verified.EndToEnd(), ByLevel: verified,
		ClaimedLevels: w.levels[figures.Claimed],
		Plan:          r.plans.originals[at].at(r.on),
		SlipMedian:    w.slips.median(), SlipOver30: w.slips.over30,
		Completed:  shares.Last(at),
		Comparison: shares.Comparison(at),
		TakeUp:     w.takeUp.Ratio(), Completeness: w.received.Completeness(),
		Status: statusFor(&w.reason, r.schedule.approved[at] != civil.Never), Reason: w.reason,
		Trend: shares.Trend(at), Series: r.series.entityPoints(at),
	}
	f.Variance, f.ScheduleIndex = againstPlan(f.Counted, f.Plan)
	return f
}
