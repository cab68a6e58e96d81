package reckon

import (
	"cmp"
	"slices"

	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// attention lists what needs a decision, worst first; ties are in the order of codes (docs/rules.md#attention).
func (r *reckoning) attention(f *figures.Figures) figures.Attention {
	a := figures.Attention{
		Late:               r.lateMilestones(),
		Dormant:            r.worst(r.isDormant, func(at catalogue.ServiceAt) int64 { return r.services[at].use.Completions }),
		Silent:             r.worst(r.isSilent, r.lastReported),
		WithoutNumbers:     r.worst(r.isWithoutNumbers, r.lastReported),
		ClaimedNotVerified: r.worst(r.isWaiting, r.claimedOn),
		LateEntities:       lateEntities(f.Entities),
	}
	for i := range f.Entities {
		if variance := f.Entities[i].Variance; variance.Known() && variance.Value < 0 {
			a.BehindPlan++
		}
	}
	return a
}

// worst lists the codes of the services that are so, the one with the lowest measure first.
func (r *reckoning) worst(is func(catalogue.ServiceAt) bool, measure func(catalogue.ServiceAt) int64) []string {
	var places []catalogue.ServiceAt
	for i := range r.services {
		if at := catalogue.ServiceAt(i); is(at) {
			places = append(places, at)
		}
	}
	slices.SortStableFunc(places, func(a, b catalogue.ServiceAt) int { return cmp.Compare(measure(a), measure(b)) })
	codes := make([]string, len(places))
	for i, at := range places {
		codes[i] = r.Services[at].Code
	}
	return codes
}

func (r *reckoning) isDormant(at catalogue.ServiceAt) bool { return r.services[at].use.Dormant }

func (r *reckoning) isSilent(at catalogue.ServiceAt) bool { return r.services[at].use.Silent }

func (r *reckoning) isWithoutNumbers(at catalogue.ServiceAt) bool {
	return r.services[at].use.WithoutNumbers
}

// lastReported is the last day a service reported anything of; 0 for never.
func (r *reckoning) lastReported(at catalogue.ServiceAt) int64 {
	return int64(r.LastReported(at, r.on))
}

// isWaiting reports whether a live service's newest claim is above its verified level and nobody has decided on it.
func (r *reckoning) isWaiting(at catalogue.ServiceAt) bool {
	s, ladder := &r.now.services[at], &r.Services[at].Ladder
	if s.Version == nil || !s.Live() {
		return false
	}
	newest := programme.NewestOn(ladder.Claims, r.on)
	return newest != nil && newest.Level > s.Verified && ladder.WaitsOn(newest, r.on)
}

// claimedOn is the day from which the level that waits for its verification is claimed.
func (r *reckoning) claimedOn(at catalogue.ServiceAt) int64 {
	return int64(programme.NewestOn(r.Services[at].Ladder.Claims, r.on).On)
}

// lateMilestones lists the due milestones that are not done, the longest overdue first.
func (r *reckoning) lateMilestones() []figures.LateMilestone {
	late := []figures.LateMilestone{}
	for i := range r.services {
		m := r.services[i].milestone[figures.Verified]
		if m.late == 0 {
			continue
		}
		entity := ""
		if owner := r.ownerOn(r.now, catalogue.ServiceAt(i)); owner != catalogue.NoEntity {
			entity = r.Entities[owner].Code
		}
		plan := &r.schedule.services[i]
		late = append(late, figures.LateMilestone{
			Service: r.Services[i].Code, Entity: entity, Level: plan.level, PlannedOn: plan.on, Days: m.late,
		})
	}
	slices.SortStableFunc(late, func(a, b figures.LateMilestone) int { return cmp.Compare(b.Days, a.Days) })
	return late
}

// lateEntities lists the entities that are late, the one with the most milestones over 30 days late first.
func lateEntities(entities []figures.EntityFigures) []string {
	var late []*figures.EntityFigures
	for i := range entities {
		if entities[i].Status == figures.StatusLate {
			late = append(late, &entities[i])
		}
	}
	slices.SortStableFunc(late, func(a, b *figures.EntityFigures) int {
		return cmp.Compare(b.Reason.LateOver30, a.Reason.LateOver30)
	})
	codes := make([]string, len(late))
	for i, e := range late {
		codes[i] = e.Code
	}
	return codes
}
