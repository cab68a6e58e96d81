package register

import (
	"fmt"
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// bunchedFrom is from how many open milestones on their bunching is worth a word; they bunch where more than half of
// them go live in the programme's last quarter of a year.
const bunchedFrom = 6

// Warnings returns what a planner will ask about: they are shown with the difference and refuse nothing. Milestones
// that are unchanged in the plan in force are not warned of again.
func (p *Planning) Warnings(entity string, milestones []programme.Milestone) []programme.Fault {
	var found faults
	p.bunching(milestones, &found)
	in, before := p.servicesInPlans(entity), byCode(p.Planned(entity))
	for i := range milestones {
		m, at := &milestones[i], fmt.Sprintf("milestones.%d.", i)
		if was := before[m.Code]; was != nil && changeOf(was, m).Kind == PlanUnchanged {
			continue
		}
		p.dayWarnings(at+"planned_on", m.PlannedOn, &found)
		p.dependencyWarnings(at, m, &found)
		if other := in[m.Service]; other != "" {
			found.Add(at+"service", "in_two_plans", "value", m.Service, "entity", other)
		}
	}
	return found.Faults
}

// bunching looks at the last three months of the programme.
func (p *Planning) bunching(milestones []programme.Milestone, found *faults) {
	open, last := 0, 0
	from := (p.Target.Month() - 2).First()
	for i := range milestones {
		m := &milestones[i]
		if m.PlannedOn.IsZero() || p.Verified[m.Service] >= m.Level {
			continue
		}
		open++
		if m.PlannedOn >= from && m.PlannedOn <= p.Target {
			last++
		}
	}
	if open >= bunchedFrom && last*2 > open {
		found.Add("milestones", "bunched", "n", last, "all", open)
	}
}

// dayWarnings warns of days on which a service should not go live: Friday and Saturday are the weekend.
func (p *Planning) dayWarnings(field string, day civil.Date, found *faults) {
	if day.IsZero() {
		return
	}
	if weekday := day.Time().Weekday(); weekday == time.Friday || weekday == time.Saturday {
		found.Add(field, "on_weekend", "date", day.String())
	}
	for i := range p.Holidays.Days {
		if holiday := &p.Holidays.Days[i]; day >= holiday.From && day <= holiday.To {
			found.Add(field, "on_holiday", "date", day.String(), "name", holiday.Name, "name_ar", holiday.NameAr)
		}
	}
	if day > p.Target {
		found.Add(field, "after_target", "date", p.Target.String())
	}
}

// dependencyWarnings compares with the plans of those on whom the milestone depends: one that has nothing online by
// then is later than what depends on it.
func (p *Planning) dependencyWarnings(at string, m *programme.Milestone, found *faults) {
	if m.Level == programme.LevelIntegrated && len(m.DependsOn) == 0 {
		found.Add(at+"depends_on", "no_second_organisation")
	}
	for i, entity := range m.DependsOn {
		field, theirs := fmt.Sprintf("%sdepends_on.%d", at, i), p.Planned(entity)
		if len(theirs) == 0 {
			found.Add(field, "without_plan", "entity", entity)
			continue
		}
		first := slices.MinFunc(theirs, func(a, b programme.Milestone) int {
			return int(a.PlannedOn - b.PlannedOn)
		}).PlannedOn
		if first > m.PlannedOn && !m.PlannedOn.IsZero() {
			found.Add(field, "dependency_later", "entity", entity, "date", first.String())
		}
	}
}

// servicesInPlans finds for each service in whose plan in force it is, the entity's own apart.
func (p *Planning) servicesInPlans(entity string) map[string]string {
	in := map[string]string{}
	for other := range p.Plans {
		if other == entity {
			continue
		}
		for _, m := range p.Planned(other) {
			if standing, found := in[m.Service]; !found || other < standing {
				in[m.Service] = other
			}
		}
	}
	return in
}
