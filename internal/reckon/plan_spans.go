package reckon

import (
	"cmp"
	"maps"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// planMonths counts go-lives from the first month that has one to the last.
func planMonths(milestones []figures.MilestoneFigures) []figures.PlanMonth {
	byMonth := map[civil.Month]*figures.PlanMonth{}
	at := func(day civil.Date) *figures.PlanMonth {
		month := day.Month()
		if byMonth[month] == nil {
			byMonth[month] = &figures.PlanMonth{Month: month}
		}
		return byMonth[month]
	}
	for i := range milestones {
		m := &milestones[i]
		at(m.OriginalOn).Planned++
		if !m.CurrentOn.IsZero() {
			at(m.CurrentOn).Current++
		}
		if !m.ActualOn.IsZero() {
			at(m.ActualOn).GoneLive++
		}
	}
	list := []figures.PlanMonth{}
	if len(byMonth) == 0 {
		return list
	}
	months := slices.Sorted(maps.Keys(byMonth))
	for month := months[0]; month <= months[len(months)-1]; month++ {
		if found := byMonth[month]; found != nil {
			list = append(list, *found)
			continue
		}
		list = append(list, figures.PlanMonth{Month: month})
	}
	return list
}

// entityPlans gathers the milestones of each entity that has any, the longest slip first.
func entityPlans(milestones []figures.MilestoneFigures, on civil.Date) []figures.EntityPlan {
	byCode := map[string]*figures.EntityPlan{}
	due := map[string]*slips{}
	for i := range milestones {
		m := &milestones[i]
		p := byCode[m.Entity]
		if p == nil {
			p = &figures.EntityPlan{Entity: m.Entity, OriginalFrom: m.OriginalOn, CurrentFrom: m.StandsOn(on)}
			byCode[m.Entity], due[m.Entity] = p, &slips{}
		}
		countMilestone(p, m, on)
		due[m.Entity].add(milestoneWork{planned: true, due: m.Due, slip: m.Slip})
	}
	list := make([]figures.EntityPlan, 0, len(byCode))
	for code, p := range byCode {
		p.Slip, p.DoneShare = due[code].median(), programme.RatioOf(float64(p.Done), float64(p.Milestones))
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b figures.EntityPlan) int {
		return cmp.Or(
			-cmp.Compare(one(a.Slip.Known()), one(b.Slip.Known())),
			cmp.Compare(b.Slip.Value, a.Slip.Value),
			cmp.Compare(a.Entity, b.Entity),
		)
	})
	return list
}

// countMilestone counts a milestone into its entity's plan.
func countMilestone(p *figures.EntityPlan, m *figures.MilestoneFigures, on civil.Date) {
	stands := m.StandsOn(on)
	p.Milestones++
	p.Done += one(m.Status == figures.MilestoneDone)
	p.Late += one(m.Status == figures.MilestoneLate)
	p.AwaitingVerification += one(m.Status == figures.MilestoneAwaiting)
	p.OriginalFrom, p.OriginalTo = min(p.OriginalFrom, m.OriginalOn), max(p.OriginalTo, m.OriginalOn)
	p.CurrentFrom, p.CurrentTo = min(p.CurrentFrom, stands), max(p.CurrentTo, stands)
}
