package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// serviceFigures describes every service of the catalogue on the date, by code.
func (r *reckoning) serviceFigures() []figures.ServiceFigures {
	figures := make([]figures.ServiceFigures, 0, len(r.services))
	for i := range r.services {
		if r.now.services[i].version != nil {
			figures = append(figures, r.serviceFigure(serviceAt(i)))
		}
	}
	return figures
}

func (r *reckoning) serviceFigure(at serviceAt) figures.ServiceFigures {
	s, work := &r.now.services[at], &r.services[at]
	entity := ""
	if work.owner != noEntity {
		entity = r.entities[work.owner].code
	}
	f := figures.ServiceFigures{
		Code: r.Knowledge.services[at].code, Name: s.version.Name, NameAr: s.version.NameAr, Entity: entity,
		Audience: s.version.Audience, Mandatory: s.version.Mandatory, DependsOn: s.version.DependsOn,
		Status: r.serviceStatus(at), Channels: s.channels().List(),
		LevelClaimed: s.claimed, LevelVerified: s.verified,
		Counted: r.now.counts(at, figures.Verified), Existed: r.now.verdicts[figures.Verified][at].existed,
		Clause: r.now.clause(at, figures.Verified), ClaimedClause: r.now.clause(at, figures.Claimed),
		Dormant: work.use.dormant, Silent: work.use.silent, Completed: work.use.completed,
		History: r.history(at), Trend: r.table.trend(at),
	}
	if s.rollout.Launched {
		f.LaunchedOn = s.rollout.FirstLaunch
	}
	if s.rollout.Retired {
		f.RetiredOn = s.rollout.RetiredOn
	}
	f.PlannedOn, f.ExpectedOn, f.Slip = r.planOf(at)
	return f
}

// serviceStatus is the stage of a service's life. What was neither launched nor planned is offline.
func (r *reckoning) serviceStatus(at serviceAt) figures.ServiceStatus {
	s := &r.now.services[at]
	switch {
	case s.live():
		return figures.ServiceLive
	case s.rollout.Retired:
		return figures.ServiceRetired
	case r.schedule.services[at].planned():
		return figures.ServicePlanned
	default:
		return figures.ServiceOffline
	}
}

// planOf returns a service's original go-live, the one now expected while it is open, and its slip in days.
func (r *reckoning) planOf(at serviceAt) (planned, expected civil.Date, slip programme.Count) {
	m := r.services[at].milestone[figures.Verified]
	if !m.planned {
		return 0, 0, programme.Count{State: programme.NotApplicable}
	}
	plan := &r.schedule.services[at]
	if !m.done {
		expected = plan.expectedOn()
	}
	return plan.on, expected, programme.CountOf(m.slip)
}
