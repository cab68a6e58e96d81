package figures

import (
	"cmp"
	"slices"

	"mirsad/internal/civil"
)

// ApprovedMilestone is a milestone of an approved plan as its entity reads it. The one by which a service is counted has
// the dates and the standing that MilestoneFigures has of the service; another, such as a further level or one below the
// rule's minimum, has its own. A plan approved after On is among them, so that the plan in force today can be read with
// the figures of an earlier date.
type ApprovedMilestone struct {
	Entity     string     `json:"entity"`    // whose plan has it
	Milestone  string     `json:"milestone"` // its code in that plan
	OriginalOn civil.Date `json:"original_on"`
	ActualOn   civil.Date `json:"actual_on"` // none until done
	Standing   Status     `json:"standing"`
}

// ApprovedMilestone finds a milestone of an entity's plan; nil for one that no approved plan names.
func (p *PlanFigures) ApprovedMilestone(entity, code string) *ApprovedMilestone {
	wanted := MilestoneKey{entity, code}
	at, found := slices.BinarySearchFunc(p.Approved, wanted, func(m ApprovedMilestone, key MilestoneKey) int {
		return MilestoneKey{m.Entity, m.Milestone}.Compare(key)
	})
	if !found {
		return nil
	}
	return &p.Approved[at]
}

// approvedMilestones are those of all approved plans, by entity and code, as the newest plan that names each has them.
func (r *reckoning) approvedMilestones() []ApprovedMilestone {
	type named struct {
		original civil.Date // of the first plan that names it
		newest   *plannedService
	}
	all := map[MilestoneKey]*named{}
	for i := range r.baselines {
		b := &r.baselines[i]
		for at := range b.milestones {
			m := &b.milestones[at]
			key := MilestoneKey{r.entities[b.entity].code, m.code}
			if all[key] == nil {
				all[key] = &named{original: m.on}
			}
			all[key].newest = m
		}
	}
	list := make([]ApprovedMilestone, 0, len(all))
	for key, each := range all {
		list = append(list, r.approvedMilestone(key, each.original, each.newest))
	}
	slices.SortFunc(list, func(a, b ApprovedMilestone) int {
		return cmp.Or(cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.Milestone, b.Milestone))
	})
	return list
}

func (r *reckoning) approvedMilestone(key MilestoneKey, original civil.Date, m *plannedService) ApprovedMilestone {
	approved := ApprovedMilestone{Entity: key.Entity, Milestone: key.Milestone, OriginalOn: original}
	level, expected := m.level, m.expected
	if r.countsBy(m) {
		planned := &r.schedule.services[m.service]
		approved.OriginalOn, level, expected = planned.on, planned.level, planned.expectedOn()
	}
	if actual := r.actual(m.service, level, Verified, r.now); actual != civil.Never {
		approved.ActualOn = actual
	}
	approved.Standing = MilestoneStanding(approved.OriginalOn, expected, approved.ActualOn, r.on)
	return approved
}

// countsBy reports whether a milestone is the one by which its service is counted: the original one, or the one that
// took its place at the same level.
func (r *reckoning) countsBy(m *plannedService) bool {
	planned := &r.schedule.services[m.service]
	if !r.milestoneOf(m.service, Verified).planned || m.level < r.settings.Rule.MinimumLevel {
		return false
	}
	return m.code == planned.code || (m.level == planned.level && m.on == planned.current)
}
