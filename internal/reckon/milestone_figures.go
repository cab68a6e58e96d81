package reckon

import (
	"cmp"
	"slices"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// planFigures draws the milestones of all entities and what they add up to (docs/rules.md#on-time-and-bunching).
func (r *reckoning) planFigures() figures.PlanFigures {
	p := figures.PlanFigures{Milestones: r.milestoneFigures()}
	for i := range p.Milestones {
		p.Counts.Add(&p.Milestones[i])
	}
	var done, onTime, quarterEnd, lastQuarter int
	target := r.settings.TargetOn.Month()
	for i := range p.Milestones {
		m := &p.Milestones[i]
		month := m.OriginalOn.Month()
		done += one(m.Status == figures.MilestoneDone)
		onTime += one(m.Status == figures.MilestoneDone && m.ActualOn <= m.OriginalOn)
		quarterEnd += one(month%3 == 2)
		lastQuarter += one(month > target-3 && month <= target)
	}
	all := float64(len(p.Milestones))
	p.OnTime = programme.RatioOf(float64(onTime), float64(done))
	p.QuarterEnd = programme.RatioOf(float64(quarterEnd), all)
	p.LastQuarter = programme.RatioOf(float64(lastQuarter), all)
	p.Platforms = platformFigures(p.Milestones, r.on)
	p.Entities, p.Months = entityPlans(p.Milestones, r.on), planMonths(p.Milestones)
	p.Approved = r.approvedMilestones()
	return p
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (r *reckoning) milestoneFigures() []figures.MilestoneFigures {
	list, phases := []figures.MilestoneFigures{}, r.phasesDone()
	for i := range r.now.services {
		work := r.milestoneOf(catalogue.ServiceAt(i), figures.Verified)
		if !work.planned {
			continue
		}
		at := catalogue.ServiceAt(i)
		planned := &r.schedule.services[i]
		m := figures.MilestoneFigures{
			Service: r.Services[i].Code, Milestone: planned.code, Level: planned.level,
			Status: work.status(), Due: work.due,
			OriginalOn: planned.on, CurrentOn: planned.current, Slip: work.slip, Reason: planned.reason,
			Phases: []figures.PhaseDone{},
		}
		if done := phases[m.Service]; len(done) > 0 {
			m.Phases = done
		}
		if owner := r.ownerOn(r.now, at); owner != catalogue.NoEntity {
			m.Entity = r.Entities[owner].Code
		}
		m.DependsOn = r.dependencies(at, m.Entity)
		r.dates(&m, work, planned)
		list = append(list, m)
	}
	slices.SortStableFunc(list, func(a, b figures.MilestoneFigures) int {
		return cmp.Or(cmp.Compare(a.OriginalOn, b.OriginalOn), cmp.Compare(a.Service, b.Service))
	})
	return list
}

// dates says when a milestone was done or is expected, since when it waits, and how it stands by these.
func (r *reckoning) dates(m *figures.MilestoneFigures, work milestoneWork, planned *goLive) {
	if work.done {
		m.ActualOn = planned.on.AddDays(work.slip)
	} else {
		m.ExpectedOn = planned.expectedAfter(r.on)
	}
	if work.awaits() {
		m.ClaimedOn, m.WaitingDays = work.claimedOn, int(r.on-work.claimedOn)
	}
	days := m.Days()
	m.Standing, m.NoDateGiven = days.Standing(r.on), days.NoDateGiven(r.on)
}

// dependencies lists the entities beside its owner that a service's milestone needs a part from.
func (r *reckoning) dependencies(at catalogue.ServiceAt, owner string) []string {
	list := append([]string{}, r.schedule.services[at].dependsOn...)
	if version := r.now.services[at].Version; version != nil {
		list = append(list, version.DependsOn...)
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(code string) bool { return code == owner })
}

// platformFigures gathers what waits for each entity that others depend on (docs/rules.md#what-a-platform-delays).
func platformFigures(milestones []figures.MilestoneFigures, on civil.Date) []figures.PlatformFigures {
	byCode := map[string]*figures.PlatformFigures{}
	for i := range milestones {
		for _, code := range milestones[i].DependsOn {
			if milestones[i].NotLive() && byCode[code] == nil {
				byCode[code] = &figures.PlatformFigures{Entity: code}
			}
		}
	}
	for i := range milestones {
		if p := byCode[milestones[i].Entity]; p != nil && milestones[i].Status == figures.MilestoneLate {
			p.Late++
			p.ReadyOn = max(p.ReadyOn, milestones[i].ExpectedOn, on)
			p.LateDays = max(p.LateDays, milestones[i].Slip)
		}
	}
	for i := range milestones {
		m := &milestones[i]
		for _, code := range m.DependsOn {
			if m.NotLive() {
				waitFor(byCode[code], m)
			}
		}
	}
	list := make([]figures.PlatformFigures, 0, len(byCode))
	for _, p := range byCode {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b figures.PlatformFigures) int {
		return cmp.Or(
			cmp.Compare(b.DaysPassedOn, a.DaysPassedOn),
			cmp.Compare(b.Waiting, a.Waiting),
			cmp.Compare(a.Entity, b.Entity),
		)
	})
	return list
}

// waitFor counts a milestone that waits for a platform.
func waitFor(p *figures.PlatformFigures, m *figures.MilestoneFigures) {
	p.Waiting++
	p.WaitingIntegrated += one(m.Level == programme.LevelIntegrated)
	if m.OriginalOn < p.ReadyOn {
		p.Delayed++
		p.DaysPassedOn += int(p.ReadyOn - m.OriginalOn)
	}
}
