package reckon

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// longestRecord bounds how far back a forecast looks, in months.
const longestRecord = 120

// firstOfRecord is the first month of the record of growth: the programme's first, or as far back as it goes.
func (r *reckoning) firstOfRecord(last civil.Month) civil.Month {
	return max(r.settings.StartsOn.Month(), last-longestRecord)
}

// countedThen is the count at the end of a month as it was known then.
func (r *reckoning) countedThen(h *histories, m civil.Month, basis figures.Basis) int {
	return r.series.countedAt(m, basis) - r.unknownOn(h, m.Last(), h.knownOn(m.Last()), basis)
}

// countsThen are the counts at the end of each month to the last ended one, and of the one before the first, as they
// were known then.
func (r *reckoning) countsThen(h *histories, basis figures.Basis) map[civil.Month]int {
	last := r.LastEnded(r.on)
	counts := map[civil.Month]int{}
	for m := r.firstOfRecord(last) - 1; m <= last; m++ {
		counts[m] = r.countedThen(h, m, basis)
	}
	return counts
}

// recordUntil is how the count grew until the end of a month, and which units came to count or have yet to.
func (r *reckoning) recordUntil(
	last civil.Month, h *histories, s *schedule, counts map[civil.Month]int, basis figures.Basis,
) forecast.Record {
	first := r.firstOfRecord(r.LastEnded(r.on))
	record := forecast.Record{First: first, Before: counts[first-1]}
	for m := first; m <= last; m++ {
		record.Counted = append(record.Counted, counts[m])
	}
	dropped := r.droppedMonths(last.Last(), h.knownOn(last.Last()))
	seen := map[catalogue.UnitAt]bool{}
	for _, planned := range []bool{true, false} { // a unit is planned if one of its services is
		for i := range h.services {
			at := catalogue.ServiceAt(i)
			if s.services[at].planned() != planned || !h.eligible[at] || h.stock[at] || seen[h.services[at].unit] {
				continue
			}
			unit := forecast.Unit{
				Planned: forecast.NotYet, Approved: forecast.NotYet, Dropped: dropped[at],
				Counted: h.countedIn(at, last, basis),
			}
			if planned {
				unit.Planned, unit.Approved = s.services[at].on.Month(), s.services[at].approvedOn.Month()
				unit.Dropped = min(unit.Dropped, r.retiredIn(at, last))
			}
			if planned || unit.Counted != forecast.NotYet {
				seen[h.services[at].unit] = true
				record.Units = append(record.Units, unit)
			}
		}
	}
	return record
}

// countedIn is the month at whose end a service was first known to count, as a month's end knew. What happened before
// the programme kept its record was known at once.
func (h *histories) countedIn(at catalogue.ServiceAt, last civil.Month, basis figures.Basis) civil.Month {
	service := &h.services[at]
	_, counted := service.asOf(last.Last(), h.knownOn(last.Last()), basis)
	if counted == civil.Never {
		return forecast.NotYet
	}
	known := service.countedKnown
	if basis == figures.Claimed {
		known = min(known, service.liveKnown)
	}
	if counted >= h.recordedFrom {
		counted = max(counted, known)
	}
	return counted.Month()
}

// retiredIn is the month in which a service that has not come to count was retired.
func (r *reckoning) retiredIn(at catalogue.ServiceAt, last civil.Month) civil.Month {
	states := r.Services[at].States
	if !programme.StateOn(states, last.Last()).Retired {
		return forecast.NotYet
	}
	retired := last
	for i := range states {
		if states[i].Retired {
			retired = min(retired, states[i].From.Month())
		}
	}
	return retired
}

// droppedMonths finds, for each service, the month from which its entity's plan no longer has it, as a date knew.
func (r *reckoning) droppedMonths(on, known civil.Date) []civil.Month {
	dropped := make([]civil.Month, len(r.Services))
	for i := range dropped {
		dropped[i] = forecast.NotYet
	}
	newest := make(map[catalogue.EntityAt]*baseline, len(r.Entities))
	for i := range r.baselines {
		b := &r.baselines[i]
		if b.approvedOn > on || b.recordedOn > known {
			continue
		}
		if before := newest[b.entity]; before != nil {
			for _, m := range before.milestones {
				dropped[m.service] = min(dropped[m.service], b.approvedOn.Month())
			}
		}
		for _, m := range b.milestones {
			dropped[m.service] = forecast.NotYet
		}
		newest[b.entity] = b
	}
	return dropped
}
