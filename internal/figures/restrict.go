package figures

// Of returns the figures with the detail of the entities that are seen; the programme's totals stay.
func (f *Figures) Of(sees func(entity string) bool) *Figures {
	seen := *f
	owner := map[string]string{}
	for i := range f.Services {
		owner[f.Services[i].Code] = f.Services[i].Entity
	}
	seesService := func(service string) bool { return sees(owner[service]) }
	seen.Entities = filter(f.Entities, func(e EntityFigures) bool { return sees(e.Code) })
	seen.Services = filter(f.Services, func(s ServiceFigures) bool { return sees(s.Entity) })
	seen.Usage.Top = filter(f.Usage.Top, func(t TopService) bool { return seesService(t.Service) })
	if !seesService(f.Usage.Growth.Concentration.Largest) {
		seen.Usage.Growth.Concentration.Largest = ""
	}
	seen.Attention.Late = filter(f.Attention.Late, func(m LateMilestone) bool { return sees(m.Entity) })
	seen.Attention.Dormant = filter(f.Attention.Dormant, seesService)
	seen.Attention.Silent = filter(f.Attention.Silent, seesService)
	seen.Attention.WithoutNumbers = filter(f.Attention.WithoutNumbers, seesService)
	seen.Attention.ClaimedNotVerified = filter(f.Attention.ClaimedNotVerified, seesService)
	seen.Attention.LateEntities = filter(f.Attention.LateEntities, sees)
	seen.Plans.Approved = filter(f.Plans.Approved, func(m ApprovedMilestone) bool { return sees(m.Entity) })
	seen.Plans.Milestones = filter(f.Plans.Milestones, func(m MilestoneFigures) bool { return sees(m.Entity) })
	seen.Plans.Platforms = filter(f.Plans.Platforms, func(p PlatformFigures) bool { return sees(p.Entity) })
	seen.Plans.Entities = filter(f.Plans.Entities, func(p EntityPlan) bool { return sees(p.Entity) })
	return &seen
}

func filter[T any](list []T, wanted func(T) bool) []T {
	wantedOnly := make([]T, 0, len(list))
	for _, each := range list {
		if wanted(each) {
			wantedOnly = append(wantedOnly, each)
		}
	}
	return wantedOnly
}
