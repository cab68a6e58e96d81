package figures

import (
	"context"

	"golang.org/x/sync/errgroup"

	"mirsad/internal/programme"
)

// Backtest returns what the forecast would have said at past month ends. It rests on facts alone, so that it is computed
// once until one is added, however much use is reported meanwhile.
func (f *Figures) Backtest(ctx context.Context, q programme.Question) (*programme.Backtest, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	return f.backtest(knowledge, knowledge.On(q))
}

func (f *Figures) backtest(knowledge *programme.Knowledge, on programme.Date) (*programme.Backtest, error) {
	key := "back-test of " + knowledge.BacktestKey(on)
	return once(f, f.tested, key, func() (*programme.Backtest, error) { return knowledge.Backtest(on), nil })
}

// WhatIf returns the forecast with and without a scenario, which is stored nowhere.
func (f *Figures) WhatIf(ctx context.Context, q programme.Question, basis programme.Basis, scenario programme.Scenario) (*programme.WhatIf, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	on := knowledge.On(q)
	what, err := knowledge.WhatIf(on, basis, scenario)
	if err != nil {
		return nil, err
	}
	tested, err := f.backtest(knowledge, on)
	if err != nil {
		return nil, err
	}
	if basis == programme.Verified {
		what.Before.Coverage, what.After.Coverage = tested.Within80, tested.Within80
	}
	return what, nil
}

// compute works out the figures of a date and, beside it, how well such forecasts did.
func (f *Figures) compute(knowledge *programme.Knowledge, on programme.Date) (*programme.Figures, error) {
	var (
		computed *programme.Figures
		tested   *programme.Backtest
		group    errgroup.Group
	)
	group.Go(func() error {
		computed = knowledge.Figures(on)
		return nil
	})
	group.Go(func() (err error) {
		tested, err = f.backtest(knowledge, on)
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	computed.Verified.Forecast.Coverage = tested.Within80
	return computed, nil
}
