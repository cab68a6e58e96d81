package reckon

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// serviceFigures describes every service of the catalogue on the date, by code.
func (r *reckoning) serviceFigures() []figures.ServiceFigures {
	figures := make([]figures.ServiceFigures, 0, len(r.services))
	for i := range r.services {
		if r.now.services[i].Version != nil {
			figures = append(figures, r.serviceFigure(catalogue.ServiceAt(i)))
		}
	}
	return figures
}

func (r *reckoning) serviceFigure(at catalogue.ServiceAt) figures.ServiceFigures {
	s, work := &r.now.services[at], &r.services[at]
	entity := ""
	if work.owner != catalogue.NoEntity {
		entity = r.Entities[work.owner].Code
	}
	f := figures.ServiceFigures{
		Code: r.Services[at].Code, Name: s.Version.Name, NameAr: s.Version.NameAr, Entity: entity,
		Audience: s.Version.Audience, Mandatory: s.Version.Mandatory, DependsOn: s.Version.DependsOn,
		Status: r.serviceStatus(at), Channels: s.Channels().List(),
		LevelClaimed: s.Claimed, LevelVerified: s.Verified,
		Counted: r.now.counts(at, figures.Verified), Existed: r.now.verdicts[figures.Verified][at].existed,
		ClaimedExisted: r.now.verdicts[figures.Claimed][at].existed,
		Clause:         r.now.clause(at, figures.Verified), ClaimedClause: r.now.clause(at, figures.Claimed),
		Dormant: work.use.Dormant, Silent: work.use.Silent, WithoutNumbers: work.use.WithoutNumbers,
		Completed: work.use.Completed,
		History:   r.history(at), Trend: r.table.Trend(at),
	}
	f.LaunchedOn, f.RetiredOn = s.Rollout.FirstLaunch, s.Rollout.RetiredOn
	f.PlannedOn, f.ExpectedOn, f.Slip = r.planOf(at)
	m := work.milestone[figures.Verified]
	f.NoDateGiven = m.planned && !m.done && !m.awaits() && f.ExpectedOn.IsZero()
	return f
}

// serviceStatus is the stage of a service's life. What was neither launched nor planned is offline.
func (r *reckoning) serviceStatus(at catalogue.ServiceAt) figures.ServiceStatus {
	s := &r.now.services[at]
	switch {
	case s.Live():
		return figures.ServiceLive
	case s.Rollout.Retired:
		return figures.ServiceRetired
	case r.schedule.named[at]:
		return figures.ServicePlanned
	default:
		return figures.ServiceOffline
	}
}

// planOf returns a service's original go-live, the one now expected while it is open, and its slip in days.
func (r *reckoning) planOf(at catalogue.ServiceAt) (planned, expected civil.Date, slip programme.Count) {
	m := r.services[at].milestone[figures.Verified]
	if !m.planned {
		return 0, 0, programme.Count{State: programme.NotApplicable}
	}
	plan := &r.schedule.services[at]
	if !m.done {
		expected = plan.expectedAfter(r.on)
	}
	return plan.on, expected, programme.CountOf(m.slip)
}
