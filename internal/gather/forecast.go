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

func (f *Figures) backtest(m moment) (*figures.Backtest, error) {
	return f.backtests.get(m.BacktestKey(m.on), func() (*figures.Backtest, error) { return m.Backtest(m.on), nil })
}

// WhatIf returns the forecast with and without a scenario, which is stored nowhere.
func (f *Figures) WhatIf(
	ctx context.Context, q figures.Question, basis figures.Basis, scenario figures.Scenario,
) (*figures.WhatIf, error) {
	return answer(ctx, f, q, func(m moment) (*figures.WhatIf, error) {
		return m.WhatIf(m.on, basis, scenario, func() (*figures.Backtest, error) { return f.backtest(m) })
	})
}
