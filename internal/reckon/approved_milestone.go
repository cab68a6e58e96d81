package reckon

import (
	"cmp"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
)

// approvedMilestones are those of all approved plans, by entity and code, as the newest plan in force that names each has
// them; one that only later plans name, as the first of these has it.
func (r *reckoning) approvedMilestones() []figures.ApprovedMilestone {
	type named struct {
		original civil.Date // of the first plan that names it
		newest   *plannedService
	}
	all := map[figures.MilestoneKey]*named{}
	for i := range r.baselines {
		b := &r.baselines[i]
		for at := range b.milestones {
			m := &b.milestones[at]
			key := figures.MilestoneKey{Entity: r.Entities[b.entity].Code, Milestone: m.code}
			if all[key] == nil {
				all[key] = &named{original: m.on, newest: m}
			}
			if b.approvedOn <= r.on {
				all[key].newest = m
			}
		}
	}
	list := make([]figures.ApprovedMilestone, 0, len(all))
	for key, each := range all {
		list = append(list, r.approvedMilestone(key, each.original, each.newest))
	}
	slices.SortFunc(list, func(a, b figures.ApprovedMilestone) int {
		return cmp.Or(cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.Milestone, b.Milestone))
	})
	return list
}

func (r *reckoning) approvedMilestone(
	key figures.MilestoneKey, original civil.Date, m *plannedService,
) figures.ApprovedMilestone {
	approved := figures.ApprovedMilestone{Entity: key.Entity, Milestone: key.Milestone, OriginalOn: original}
	level, expected := m.level, m.expected
	if r.countsBy(m) {
		planned := &r.schedule.services[m.service]
		approved.OriginalOn, level, expected = planned.on, planned.level, planned.expectedOn()
	}
	days := figures.MilestoneDays{Original: approved.OriginalOn, Expected: expected}
	if actual := r.actual(m.service, level, figures.Verified, r.now); actual != civil.Never {
		days.Actual = actual
	} else if since := r.awaitsSince(m.service, level); since != civil.Never {
		days.ClaimedOn = since
	}
	approved.ActualOn, approved.Standing, approved.NoDateGiven = days.Actual, days.Standing(r.on), days.NoDateGiven(r.on)
	return approved
}

// countsBy reports whether a milestone is the one by which its service is counted: the original one, or the one that
// took its place at the same level.
func (r *reckoning) countsBy(m *plannedService) bool {
	planned := &r.schedule.services[m.service]
	if !r.milestoneOf(m.service, figures.Verified).planned || m.level < r.settings.Rule.MinimumLevel {
		return false
	}
	return m.code == planned.code || (m.level == planned.level && m.on == planned.current)
}
