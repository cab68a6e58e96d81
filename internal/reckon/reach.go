package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// reach sets what is missing to the goal beside the milestones that would bring more (docs/rules.md#reach-to-the-goal).
func (r *reckoning) reach(basis figures.Basis, counted int) figures.Reach {
	var parts figures.ReachParts
	for i := range r.services {
		m := r.services[i].milestone[basis]
		if !m.planned {
			continue
		}
		switch m.status() {
		case figures.MilestoneAwaiting:
			parts.AwaitingVerification++
		case figures.MilestoneLate:
			parts.Late++
		case figures.MilestoneOpen:
			parts.Due += one(r.schedule.services[i].on <= r.settings.TargetOn)
		case figures.MilestoneDone:
		}
	}
	return figures.ReachOf(r.settings.Goal, counted, parts)
}

// planRateMonths is over how many of the next months the plan's own rate is taken.
const planRateMonths = 3

// planRate is what the plan asks of the next months: (plan at the end of the last of them − counted) ÷ months, not below
// 0. It has no value before the programme's start, without a plan, and once no month is left
// (docs/rules.md#standing-of-the-required-rate).
func (r *reckoning) planRate(counted, monthsLeft int) programme.Ratio {
	months := min(planRateMonths, monthsLeft)
	if r.on < r.settings.StartsOn {
		return programme.Ratio{State: programme.NotApplicable}
	}
	plan := r.plans.original.at((r.on.Month() + civil.Month(months)).Last()) //nolint:gosec // a few months
	if !plan.Known() {
		return programme.Ratio{State: programme.NotProvided}
	}
	return programme.RateOf(float64(max(0, plan.Value-int64(counted))), float64(months))
}
