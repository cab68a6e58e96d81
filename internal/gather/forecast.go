package gather

import (
	"context"

	"golang.org/x/sync/errgroup"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
)

// Backtest returns what the forecast would have said at past month ends. It rests on facts alone, so that it is computed
// once until one is added, however much use is reported meanwhile.
func (f *Figures) Backtest(ctx context.Context, q figures.Question) (*figures.Backtest, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	return f.backtest(knowledge, knowledge.On(q))
}

func (f *Figures) backtest(knowledge *figures.Knowledge, on civil.Date) (*figures.Backtest, error) {
	key := "back-test of " + knowledge.BacktestKey(on)
	return once(f, f.tested, key, func() (*figures.Backtest, error) { return knowledge.Backtest(on), nil })
}

// WhatIf returns the forecast with and without a scenario, which is stored nowhere.
func (f *Figures) WhatIf(ctx context.Context, q figures.Question, basis figures.Basis, scenario figures.Scenario) (*figures.WhatIf, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	on := knowledge.On(q)
	return knowledge.WhatIf(on, basis, scenario, func() (*figures.Backtest, error) { return f.backtest(knowledge, on) })
}

// compute works out the figures of a date and, beside it, how well such forecasts did.
func (f *Figures) compute(knowledge *figures.Knowledge, on civil.Date) (*figures.Figures, error) {
	var (
		tested *figures.Backtest
		group  errgroup.Group
	)
	group.Go(func() (err error) {
		tested, err = f.backtest(knowledge, on)
		return err
	})
	return knowledge.FiguresTested(on, func() (*figures.Backtest, error) {
		err := group.Wait()
		return tested, err
	})
}
