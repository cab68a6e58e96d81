package gather

import (
	"context"

	"mirsad/internal/figures"
)

// Backtest returns what the forecast would have said at past month ends. It rests on facts alone, so that it is
// computed once until one is added, however much use is reported meanwhile.
func (f *Figures) Backtest(ctx context.Context, q figures.Question) (*figures.Backtest, error) {
	return answer(ctx, f, q, f.backtest)
}

func (f *Figures) backtest(ctx context.Context, m moment) (*figures.Backtest, error) {
	return f.backtests.get(ctx, m.BacktestKey(m.on), func(context.Context) (*figures.Backtest, error) {
		return m.Backtest(m.on), nil
	})
}

// WhatIf returns the forecast with and without a scenario, which is stored nowhere.
func (f *Figures) WhatIf(
	ctx context.Context, q figures.Question, basis figures.Basis, scenario figures.Scenario,
) (*figures.WhatIf, error) {
	return answer(ctx, f, q, func(ctx context.Context, m moment) (*figures.WhatIf, error) {
		if err := takeTurn(ctx); err != nil {
			return nil, err
		}
		return m.WhatIf(m.on, basis, scenario, func() (*figures.Backtest, error) { return f.backtest(ctx, m) })
	})
}
