package figures

import (
	"cmp"
	"maps"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// PlanMonth counts the go-lives of a month: how they bunch.
type PlanMonth struct {
	Month civil.Month `json:"month"`
	// Planned are by the original dates, Current by those of the newest plans, GoneLive by the actual ones.
	Planned  int `json:"planned"`
	Current  int `json:"current"`
	GoneLive int `json:"gone_live"`
}

// EntityPlan is the time that an entity's milestones span, as first planned and as it stands.
type EntityPlan struct {
	Entity     string `json:"entity"`
	Milestones int    `json:"milestones"`
	Done       int    `json:"done"`
	Late       int    `json:"late"`
	// DoneShare is done ÷ milestones.
	DoneShare programme.Ratio `json:"done_share"`
	// OriginalFrom and OriginalTo are the first and last original go-live.
	OriginalFrom civil.Date `json:"original_from"`
	OriginalTo   civil.Date `json:"original_to"`
	// CurrentFrom and CurrentTo are the same of actual go-lives and, of open milestones, of max(expected, On): the
	// dates from which slip is told.
	CurrentFrom civil.Date `json:"current_from"`
	CurrentTo   civil.Date `json:"current_to"`
	// Slip is the median of due milestones, in days, as of the entity.
	Slip programme.Ratio `json:"slip_median"`
}

// SlipsLong reports whether the entity's slip weighs: more than 30 days.
func (p *EntityPlan) SlipsLong() bool { return p.Slip.Known() && p.Slip.Value > LateOverDays }

// StandsOn is the day on which a milestone went live, or on which it may at the earliest as the entity now expects it.
func (m *MilestoneFigures) StandsOn(on civil.Date) civil.Date {
	if m.Status == MilestoneDone {
		return m.ActualOn
	}
	return max(m.ExpectedOn, on)
}

// DueWithin reports whether an open milestone's original date is one of the next days; it is not late then.
func (m *MilestoneFigures) DueWithin(on civil.Date, days int) bool {
	return m.Status == MilestoneOpen && m.OriginalOn <= on.AddDays(days)
}

// DoneWithin reports whether a milestone went live in the last days, on On itself too.
func (m *MilestoneFigures) DoneWithin(on civil.Date, days int) bool {
	return m.Status == MilestoneDone && m.ActualOn > on.AddDays(-days)
}

// planMonths counts go-lives from the first month that has one to the last.
func planMonths(milestones []MilestoneFigures) []PlanMonth {
	byMonth := map[civil.Month]*PlanMonth{}
	at := func(day civil.Date) *PlanMonth {
		month := day.Month()
		if byMonth[month] == nil {
			byMonth[month] = &PlanMonth{Month: month}
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
	list := []PlanMonth{}
	if len(byMonth) == 0 {
		return list
	}
	months := slices.Sorted(maps.Keys(byMonth))
	for month := months[0]; month <= months[len(months)-1]; month++ {
		if found := byMonth[month]; found != nil {
			list = append(list, *found)
			continue
		}
		list = append(list, PlanMonth{Month: month})
	}
	return list
}

// entityPlans gathers the milestones of each entity that has any, the longest slip first.
func entityPlans(milestones []MilestoneFigures, on civil.Date) []EntityPlan {
	byCode := map[string]*EntityPlan{}
	due := map[string]*slips{}
	for i := range milestones {
		m := &milestones[i]
		p := byCode[m.Entity]
		if p == nil {
			p = &EntityPlan{Entity: m.Entity, OriginalFrom: m.OriginalOn, CurrentFrom: m.StandsOn(on)}
			byCode[m.Entity], due[m.Entity] = p, &slips{}
		}
		countMilestone(p, m, on)
		due[m.Entity].add(milestoneWork{planned: true, due: m.Due, slip: m.Slip})
	}
	list := make([]EntityPlan, 0, len(byCode))
	for code, p := range byCode {
		p.Slip, p.DoneShare = due[code].median(), programme.RatioOf(float64(p.Done), float64(p.Milestones))
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b EntityPlan) int {
		return cmp.Or(
			-cmp.Compare(one(a.Slip.Known()), one(b.Slip.Known())),
			cmp.Compare(b.Slip.Value, a.Slip.Value),
			cmp.Compare(a.Entity, b.Entity),
		)
	})
	return list
}

// countMilestone counts a milestone into its entity's plan.
func countMilestone(p *EntityPlan, m *MilestoneFigures, on civil.Date) {
	stands := m.StandsOn(on)
	p.Milestones++
	p.Done += one(m.Status == MilestoneDone)
	p.Late += one(m.Status == MilestoneLate)
	p.OriginalFrom, p.OriginalTo = min(p.OriginalFrom, m.OriginalOn), max(p.OriginalTo, m.OriginalOn)
	p.CurrentFrom, p.CurrentTo = min(p.CurrentFrom, stands), max(p.CurrentTo, stands)
}
