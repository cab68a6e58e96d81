package gather

import (
	"context"

	"golang.org/x/sync/errgroup"

	"mirsad/internal/figures"
)

// Figures returns everything that the pages and the workbook show.
func (f *Figures) Figures(ctx context.Context, q figures.Question) (*figures.Figures, error) {
	return answer(ctx, f, q, func(ctx context.Context, m moment) (*figures.Figures, error) {
		return f.figures.get(ctx, m.common, m.key, func(ctx context.Context) (*figures.Figures, error) {
			return f.compute(ctx, m)
		})
	})
}

// compute works out the figures of a date and, beside it, how well such forecasts did.
func (f *Figures) compute(ctx context.Context, m moment) (*figures.Figures, error) {
	var (
		tested *figures.Backtest
		group  errgroup.Group
	)
	group.Go(func() (err error) {
		tested, err = f.backtest(ctx, m)
		return err
	})
	return m.FiguresTested(m.on, func() (*figures.Backtest, error) {
		err := group.Wait()
		return tested, err
	})
}
