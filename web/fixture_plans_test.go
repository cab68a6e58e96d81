package web

import (
	"context"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// plans are milestones of the planned and counted services, on hostile reasons too.
func (m *maker) plans() {
	p := &m.f.Plans
	p.OnTime, p.QuarterEnd, p.LastQuarter = programme.RatioOf(61, 100), programme.RatioOf(47, 100),
		programme.RatioOf(28, 100)
	for i := range m.f.Services {
		s := &m.f.Services[i]
		if s.PlannedOn.IsZero() {
			continue
		}
		milestone := figures.MilestoneFigures{
			Phases:  []figures.PhaseDone{{Phase: programme.PhaseBuild, DoneOn: civil.NewDate(2016, 5, 3)}},
			Service: s.Code, Entity: s.Entity, Level: programme.LevelTransactional, Status: figures.MilestoneOpen,
			Due:        s.PlannedOn <= fixtureOn,
			OriginalOn: s.PlannedOn, CurrentOn: s.PlannedOn.AddDays(20), DependsOn: []string{},
		}
		switch {
		case s.Counted && s.LaunchedOn <= fixtureOn:
			milestone.Status, milestone.ActualOn, milestone.Slip = figures.MilestoneDone, s.LaunchedOn,
				int(s.LaunchedOn-s.PlannedOn)
		default:
			milestone.ExpectedOn = s.PlannedOn.AddDays(45)
			milestone.Slip = int(max(fixtureOn, milestone.ExpectedOn) - s.PlannedOn)
			milestone.Reason = hostile[i%len(hostile)]
			switch {
			case milestone.Due && i%4 == 0:
				milestone.Status, milestone.ClaimedOn, milestone.WaitingDays = figures.MilestoneAwaiting, fixtureOn.AddDays(-i), i
			case milestone.Due:
				milestone.Status = figures.MilestoneLate
			}
			if milestone.ExpectedOn < fixtureOn {
				milestone.ExpectedOn, milestone.NoDateGiven = 0, milestone.NotLive()
			}
		}
		milestone.Standing = milestone.Days().Standing(fixtureOn)
		p.Counts.Add(&milestone)
		p.Milestones = append(p.Milestones, milestone)
	}
	for i := range m.f.Entities[:7] {
		p.Platforms = append(p.Platforms, figures.PlatformFigures{
			Entity: m.f.Entities[i].Code, Waiting: 12 - i, WaitingIntegrated: 7 - i, Late: 3,
			ReadyOn: fixtureOn.AddDays(40), LateDays: 71, Delayed: 5, DaysPassedOn: 400 - 30*i,
		})
	}
	m.spans()
}

func (m *maker) spans() {
	p := &m.f.Plans
	for i := range m.f.Entities {
		plan := figures.EntityPlan{Entity: m.f.Entities[i].Code, Slip: m.f.Entities[i].SlipMedian}
		for at := range p.Milestones {
			each := &p.Milestones[at]
			if each.Entity != plan.Entity {
				continue
			}
			if plan.Milestones == 0 {
				plan.OriginalFrom, plan.CurrentFrom = each.OriginalOn, each.StandsOn(fixtureOn)
			}
			plan.Milestones++
			plan.Done += int(boolean(each.Status == figures.MilestoneDone))
			plan.OriginalFrom, plan.OriginalTo = min(plan.OriginalFrom, each.OriginalOn),
				max(plan.OriginalTo, each.OriginalOn)
			plan.CurrentFrom, plan.CurrentTo = min(plan.CurrentFrom, each.StandsOn(fixtureOn)),
				max(plan.CurrentTo, each.StandsOn(fixtureOn))
		}
		plan.DoneShare = programme.RatioOf(float64(plan.Done), float64(plan.Milestones))
		p.Entities = append(p.Entities, plan)
	}
	slices.SortStableFunc(p.Entities, func(a, b figures.EntityPlan) int { return int(b.Slip.Value - a.Slip.Value) })
	for month := civil.Month(2014 * 12); month <= 2016*12+11; month++ {
		p.Months = append(p.Months, figures.PlanMonth{
			Month: month, Planned: 12 + int(month%3)*9,
			Current: 10 + int(month%5)*6, GoneLive: 11 + int(month%4)*5,
		})
	}
}

func (f fixed) Backtest(context.Context, figures.Question) (*figures.Backtest, error) {
	return &figures.Backtest{
		Within50: programme.RatioOf(52, 100), Within80: programme.RatioOf(79, 100),
		Horizons: []figures.BacktestHorizon{
			{Months: 3, Points: 22, Within50: programme.RatioOf(12, 22), Within80: programme.RatioOf(18, 22)},
			{Months: 6, Points: 19, Within50: programme.RatioOf(9, 19), Within80: programme.RatioOf(15, 19)},
			{
				Months: 12, Points: 0, Within50: programme.Ratio{State: programme.NotProvided},
				Within80: programme.Ratio{State: programme.NotProvided},
			},
		},
	}, f.err
}

// WhatIf takes one service a day from the forecast.
func (f fixed) WhatIf(_ context.Context, _ figures.Question, _ figures.Basis,
	scenario figures.Scenario,
) (*figures.WhatIf, error) {
	days := 0
	for _, shift := range scenario {
		days += shift.Days
		if shift.Of == "nobody" {
			return nil, &programme.FaultsError{Faults: []programme.Fault{{
				Field: "shift", Kind: "unknown_code",
				Args: map[string]any{"value": shift.Of},
			}}}
		}
	}
	side := func(less int) figures.WhatIfSide {
		s := figures.WhatIfSide{Forecast: f.figures.Verified.Forecast}
		for _, m := range f.figures.Verified.Series {
			if m.Forecast.P50.Known() {
				bands := m.Forecast
				bands.P10.Value, bands.P50.Value = bands.P10.Value-int64(less), bands.P50.Value-int64(less)
				s.Months, s.Bands = append(s.Months, figures.BandMonth{Month: m.Month, Bands: bands}), bands
			}
		}
		return s
	}
	return &figures.WhatIf{Scenario: scenario, Moved: 17, Before: side(0), After: side(days)}, f.err
}

// narrow answers with figures whose forecasts held as often as is said; unknown: none was tested.
type narrow struct {
	fixed

	within80 programme.Ratio
}

func (n narrow) Backtest(ctx context.Context, q figures.Question) (*figures.Backtest, error) {
	tested, err := n.fixed.Backtest(ctx, q)
	if tested.Within80 = n.within80; !n.within80.Known() {
		tested.Horizons = nil
	}
	return tested, err
}
