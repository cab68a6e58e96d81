package usage

import (
	"slices"

	"mirsad/internal/civil"
)

// Footprint is when a service reported anything, and how finely.
type Footprint struct {
	First civil.Date // the earliest day of what was reported; civil.Never for nothing

	ends      []civil.Date                        // of the periods reported, in any order
	since     [civil.GrainInterval + 1]civil.Date // by grain, the end of the first period of it; 0 for none
	reporters []EntityAt
}

// add widens a footprint by something reported.
func (f *Footprint) add(p civil.Period, entity EntityAt) {
	f.First = min(f.First, p.From)
	if len(f.ends) == 0 || f.ends[len(f.ends)-1] != p.To {
		f.ends = append(f.ends, p.To)
	}
	grain := max(p.Grain, civil.GrainMonth)
	if f.since[grain] == 0 || p.To < f.since[grain] {
		f.since[grain] = p.To
	}
	if !slices.Contains(f.reporters, entity) {
		f.reporters = append(f.reporters, entity)
	}
}

// GrainOn is the finest grain in which anything was reported by a date, a month at least; a month for nothing.
func (f *Footprint) GrainOn(on civil.Date) civil.Grain {
	for grain := civil.GrainMonth; grain <= civil.GrainInterval; grain++ {
		if since := f.since[grain]; since != 0 && since <= on {
			return grain
		}
	}
	return civil.GrainMonth
}

// LastOn is the last day of what was reported by a date; 0 for nothing.
func (f *Footprint) LastOn(on civil.Date) civil.Date {
	last := civil.Date(0)
	for _, end := range f.ends {
		if end <= on {
			last = max(last, end)
		}
	}
	return last
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
