package usage

import (
	"slices"

	"mirsad/internal/civil"
)

// Footprint is when a service reported anything, and how finely.
type Footprint struct {
	First civil.Date // the earliest day of what was reported; civil.Never for nothing

	spans     []span                              // the periods reported, in any order
	since     [civil.GrainInterval + 1]civil.Date // by grain, the end of the first period of it; 0 for none
	reporters []EntityAt
}

// span is a stretch of days.
type span struct{ from, to civil.Date }

// FirstOn is the earliest day of what had been reported by a date: of a month of events also while it runs; civil.Never for
// nothing.
func (f *Footprint) FirstOn(on civil.Date) civil.Date {
	first := civil.Never
	for _, each := range f.spans {
		if each.to <= on || each.from <= on && each.to == each.from.Month().Last() {
			first = min(first, each.from)
		}
	}
	return first
}

// add widens a footprint by something reported.
func (f *Footprint) add(p civil.Period, entity EntityAt) {
	f.First = min(f.First, p.From)
	if each := (span{p.From, p.To}); len(f.spans) == 0 || f.spans[len(f.spans)-1] != each {
		f.spans = append(f.spans, each)
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
	for _, each := range f.spans {
		if each.to <= on {
			last = max(last, each.to)
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
