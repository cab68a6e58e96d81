package reckon

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// forecastInput gathers what a date knew: the history of delays and the milestones still open
// (docs/rules.md#history-of-delays). Launches without a plan and retirements are not forecast; a milestone that the
// newest revision dropped is not open.
func (r *reckoning) forecastInput(
	h *histories, s *schedule, on, known civil.Date, basis figures.Basis,
) *forecast.Input {
	input := &forecast.Input{On: on}
	seen := map[catalogue.UnitAt]bool{}
	for i := range h.services {
		at := catalogue.ServiceAt(i)
		planned, service := &s.services[at], &h.services[at]
		if !planned.planned() || !h.eligible[at] || h.stock[at] || seen[service.unit] {
			continue
		}
		live, counted := service.asOf(on, known, basis)
		if live < planned.approvedOn || (live == civil.Never && r.gone(at, planned, on)) {
			continue // it was there before it was planned, or is given up
		}
		seen[service.unit] = true
		milestone := forecast.Milestone{Service: int(at), Entity: forecast.Entity(service.entity), Planned: planned.on}
		addMilestone(input, milestone, live, counted)
		if counted != civil.Never && basis == figures.Verified {
			input.Lags = append(input.Lags, forecast.Delay{Entity: milestone.Entity, Due: live, Days: service.lag})
		}
	}
	return input
}

// gone reports whether an open milestone was dropped by the newest revision, or its service retired.
func (r *reckoning) gone(at catalogue.ServiceAt, planned *goLive, on civil.Date) bool {
	return planned.current.IsZero() || programme.StateOn(r.Services[at].States, on).Retired
}

// addMilestone adds a milestone to the input: its delays as far as they are known, and itself while it is open.
func addMilestone(input *forecast.Input, m forecast.Milestone, live, counted civil.Date) {
	if live == civil.Never {
		slip := forecast.Delay{Entity: m.Entity, Due: m.Planned, Days: int(input.On - m.Planned), Open: true}
		input.Slips = append(input.Slips, slip)
		input.Open = append(input.Open, m)
		return
	}
	slip := forecast.Delay{Entity: m.Entity, Due: m.Planned, Days: int(live - m.Planned)}
	input.Slips = append(input.Slips, slip)
	if counted == civil.Never {
		lag := forecast.Delay{Entity: m.Entity, Due: live, Days: int(input.On - live), Open: true}
		input.Lags = append(input.Lags, lag)
		m.Live = live
		input.Open = append(input.Open, m)
		return
	}
	input.Finished++
}
