package api

import (
	"context"
	"fmt"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

type backtestRowsInput struct{ Asked }

type backtestInput struct {
	Asked
	Paged
}

type backtestAnswer struct {
	page[figures.BacktestPoint]

	Forecast figures.Forecast          `json:"forecast" doc:"At the target date, on the verified basis."`
	Horizons []figures.BacktestHorizon `json:"horizons" doc:"How often the bands held, by months on."`
	Within50 programme.Ratio           `json:"within_50"`
	Within80 programme.Ratio           `json:"within_80" doc:"The forecast's coverage."`
}

type whatIfInput struct {
	Asked
	Basis string `query:"basis" doc:"Which level counts; default verified." enum:"verified,claimed"`
	Shift string `query:"shift" doc:"Days by which open milestones move: entity:CODE:DAYS, platform:CODE:DAYS (those of others that depend on it) or level:1..4:DAYS; several separated by commas." example:"entity:moi:30"`
}

type whatIfAnswer struct {
	figures.Stamp
	figures.WhatIf

	Basis figures.Basis `json:"basis"`
	Shift string        `json:"shift" doc:"The scenario as the address has it; it is stored nowhere."`
}

func (a *API) registerForecast() {
	points := list[*backtestRowsInput, figures.BacktestPoint]{
		call: call{
			id: "forecast", who: access.Readers(), path: "/v1/progress/forecast",
			summary: "The forecast, and what it would have said at past month ends",
		},
		items: func(ctx context.Context, v *view, _ *backtestRowsInput) ([]figures.BacktestPoint, error) {
			tested, err := a.backtest(ctx, v)
			if err != nil {
				return nil, err
			}
			return tested.Points, nil
		},
		columns: backtestColumns(),
	}
	answers(a, points.call, func(ctx context.Context, v *view, in *backtestInput) (backtestAnswer, error) {
		tested, err := a.backtest(ctx, v)
		if err != nil {
			return backtestAnswer{}, err
		}
		listed, err := paginate(v, in.Paged, tested.Points, func(p figures.BacktestPoint) string {
			return fmt.Sprintf("%s %02d", p.From, p.Horizon)
		})
		if err != nil {
			return backtestAnswer{}, err
		}
		return backtestAnswer{
			page: listed, Forecast: v.Verified.Forecast, Horizons: tested.Horizons, Within50: tested.Within50,
			Within80: tested.Within80,
		}, nil
	})
	registerCSV(a, points)
	answers(
		a,
		call{
			id: "what-if", who: access.Readers(), path: "/v1/progress/what-if",
			summary: "The forecast if milestones moved, beside the one as they stand",
		},
		a.whatIf,
	)
}

func (a *API) backtest(ctx context.Context, v *view) (*figures.Backtest, error) {
	tested, err := a.dependencies.Figures.Backtest(ctx, v.question)
	if err != nil {
		return nil, computing(err)
	}
	return tested, nil
}

// whatIf answers both forecasts. Who is bound to an entity may move its milestones and what waits for it, or a level;
// another entity is to them as one that does not exist.
func (a *API) whatIf(ctx context.Context, v *view, in *whatIfInput) (whatIfAnswer, error) {
	basis, err := basisOf(in.Basis)
	if err != nil {
		return whatIfAnswer{}, err
	}
	scenario, err := figures.ParseScenario(in.Shift)
	if err != nil {
		return whatIfAnswer{}, err
	}
	for _, shift := range scenario {
		if shift.Kind != figures.ShiftLevel && !v.who.SeesAll() {
			if _, err := v.entity(shift.Of); err != nil {
				return whatIfAnswer{}, err
			}
		}
	}
	what, err := a.dependencies.Figures.WhatIf(ctx, v.question, basis, scenario)
	if err != nil {
		return whatIfAnswer{}, err
	}
	return whatIfAnswer{Stamp: v.Stamp, WhatIf: *what, Basis: basis, Shift: scenario.String()}, nil
}

func backtestColumns() []column[figures.BacktestPoint] {
	type point = figures.BacktestPoint
	return []column[point]{
		{"from", func(p point) cell { return text(p.From.String()) }},
		{"horizon", func(p point) cell { return number(p.Horizon) }},
		{"month", func(p point) cell { return text(p.Month.String()) }},
		{"p10", func(p point) cell { return count(p.P10) }},
		{"p25", func(p point) cell { return count(p.P25) }},
		{"p50", func(p point) cell { return count(p.P50) }},
		{"p75", func(p point) cell { return count(p.P75) }},
		{"p90", func(p point) cell { return count(p.P90) }},
		{"counted_then", func(p point) cell { return number(p.Counted) }},
		{"within_50", func(p point) cell { return truth(p.Within50) }},
		{"within_80", func(p point) cell { return truth(p.Within80) }},
		{"as_known_then", func(p point) cell { return truth(p.AsKnownThen) }},
	}
}
