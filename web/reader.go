package web

import (
	"mirsad/internal/account"
	"mirsad/internal/figures"
)

// reader is who reads a page, and what of it may be shown.
type reader struct {
	account.Principal
	known bool
}

// allowed reports whether the reader may see figures at all: any signed-in person, or a token with the scope.
func (r reader) allowed() bool {
	return r.known && (r.Role != "" || r.Has(account.ScopeRead))
}

// everything reports whether the reader may see every entity's detail.
func (r reader) everything() bool {
	return r.allowed() && (r.Admin() || (r.Role != account.RoleAgency && r.Entity == ""))
}

// sees reports whether the reader may see an entity's detail: an agency sees its own alone.
func (r reader) sees(entity string) bool {
	return r.everything() || (r.allowed() && entity != "" && r.Entity == entity)
}

// restrict returns the figures with the detail that the reader may see; the programme's totals stay.
func (r reader) restrict(all *figures.Figures) *figures.Figures {
	if r.everything() {
		return all
	}
	seen := *all
	owner := map[string]string{}
	for i := range all.Services {
		owner[all.Services[i].Code] = all.Services[i].Entity
	}
	mine := func(service string) bool { return r.sees(owner[service]) }
	seen.Entities = filter(all.Entities, func(e figures.EntityFigures) bool { return r.sees(e.Code) })
	seen.Services = filter(all.Services, func(s figures.ServiceFigures) bool { return r.sees(s.Entity) })
	seen.Usage.Top = filter(all.Usage.Top, func(t figures.TopService) bool { return mine(t.Service) })
	if !mine(all.Usage.Growth.Concentration.Largest) {
		seen.Usage.Growth.Concentration.Largest = ""
	}
	seen.Attention.Late = filter(all.Attention.Late, func(m figures.LateMilestone) bool { return r.sees(m.Entity) })
	seen.Attention.Dormant = filter(all.Attention.Dormant, mine)
	seen.Attention.Silent = filter(all.Attention.Silent, mine)
	seen.Attention.ClaimedNotVerified = filter(all.Attention.ClaimedNotVerified, mine)
	seen.Attention.LateEntities = filter(all.Attention.LateEntities, r.sees)
	seen.Plans.Milestones = filter(all.Plans.Milestones, func(m figures.MilestoneFigures) bool { return r.sees(m.Entity) })
	seen.Plans.Platforms = filter(all.Plans.Platforms, func(p figures.PlatformFigures) bool { return r.sees(p.Entity) })
	seen.Plans.Entities = filter(all.Plans.Entities, func(p figures.EntityPlan) bool { return r.sees(p.Entity) })
	return &seen
}
