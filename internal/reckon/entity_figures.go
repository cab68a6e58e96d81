package reckon

import (
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
	takeUp         takeUp
	received       received
}

// entityFigures draws every entity's scorecard, by code: of those that the catalogue has, or that own a service
// or a plan on the date. The count follows the owner, use stays with the entity that reported it.
func (r *reckoning) entityFigures() []figures.EntityFigures {
	work, shares := r.gatherEntities(), r.table.byEntity()
	figures := make([]figures.EntityFigures, 0, len(work))
	for e := range work {
		known := programme.InForce(r.entities[e].versions, r.on) != nil
		if known || work[e].services > 0 || r.schedule.approved[e] != civil.Never {
			figures = append(figures, r.entityFigure(entityAt(e), &work[e], shares))
		}
	}
	return figures
}

// gatherEntities adds every service to the entity that owns it.
func (r *reckoning) gatherEntities() []entityWork {
	work := make([]entityWork, len(r.entities))
	for i := range r.services {
		owner := r.ownerOn(r.now, serviceAt(i))
		if owner == noEntity {
			continue
		}
		w, s := &work[owner], &r.services[i]
		m := s.milestone[figures.Verified]
		w.slips.add(m)
		m.countInto(&w.reason)
		w.takeUp.add(s.use.takeUp)
		w.received.add(s.use.received)
		w.addStanding(r.now, serviceAt(i))
	}
	return work
}

func (w *entityWork) addStanding(c *census, at serviceAt) {
	s := &c.services[at]
	if s.version == nil {
		return
	}
	if !s.rollout.Retired {
		w.services++
	}
	if s.live() {
		w.live++
	}
	for _, basis := range figures.Bases() {
		if c.counts(at, basis) {
			w.levels[basis].Add(s.level(basis))
		}
	}
}

func (r *reckoning) entityFigure(at entityAt, w *entityWork, shares *entityShares) figures.EntityFigures {
	named := r.entityNamed(at, r.on)
	verified := w.levels[figures.Verified]
	f := figures.EntityFigures{
		Code: named.Code, Name: named.Name, NameAr: named.NameAr, Services: w.services, Live: w.live,
		Counted: verified.Total(), EndToEnd: verified.EndToEnd(), ByLevel: verified,
		ClaimedLevels: w.levels[figures.Claimed],
		Plan:          r.plans.originals[at].at(r.on),
		SlipMedian:    w.slips.median(), SlipOver30: w.slips.over30,
		Completed:   shares.last(at),
		LikeForLike: shares.likeForLike(at),
		TakeUp:      w.takeUp.ratio(), Completeness: w.received.completeness(),
		Status: statusFor(&w.reason, r.schedule.approved[at] != civil.Never), Reason: w.reason,
		Trend: shares.trend(at), Series: r.series.entityPoints(at),
	}
	f.Variance, f.ScheduleIndex = againstPlan(f.Counted, f.Plan)
	return f
}
