package usage

import (
	"slices"

	"mirsad/internal/civil"
)

// Footprint is when a service reported anything, and how finely.
type Footprint struct {
	First civil.Date  // the earliest day of what was reported; civil.Never for nothing
	Last  civil.Date  // the latest day; 0 for nothing
	Grain civil.Grain // the finest grain reported, a month at least; 0 for nothing

	reporters []EntityAt
}

// add widens a footprint by something reported.
func (f *Footprint) add(p civil.Period, entity EntityAt) {
	f.First, f.Last = min(f.First, p.From), max(f.Last, p.To)
	grain := max(p.Grain, civil.GrainMonth)
	if f.Grain == 0 || grain < f.Grain {
		f.Grain = grain
	}
	if !slices.Contains(f.reporters, entity) {
		f.reporters = append(f.reporters, entity)
	}
}

// Footprint returns when a service reported anything; nothing for NoService.
func (x *Index) Footprint(service ServiceAt) Footprint {
	if service == NoService {
		return Footprint{First: civil.Never}
	}
	return x.footprints[service]
}

// Reporters lists the entities that reported anything of a service. The list must not be changed.
func (x *Index) Reporters(service ServiceAt) []EntityAt {
	if service == NoService {
		return nil
	}
	return x.footprints[service].reporters
}

// HadEvents reports whether a service had an accepted event in a month, on any channel.
func (x *Index) HadEvents(service ServiceAt, m civil.Month) bool {
	return service != NoService && x.events[service].in(m) != NoEntity
}
