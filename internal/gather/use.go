package gather

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
)

// Usage returns the series of use that the query asks for.
func (f *Figures) Usage(
	ctx context.Context, q figures.Question, query figures.UsageQuery,
) ([]figures.UsageSeries, error) {
	if query.Grain == civil.GrainDay {
		return f.usageByDay(ctx, q, query)
	}
	return work(ctx, f, q, func(m moment) ([]figures.UsageSeries, error) { return m.Usage(m.on, query), nil })
}

// usageByDay reads the days that it answers, which are kept apart from what other answers rest on.
func (f *Figures) usageByDay(
	ctx context.Context, q figures.Question, query figures.UsageQuery,
) ([]figures.UsageSeries, error) {
	return answerBy(ctx, f, q, heavyTurn, func(ctx context.Context, m moment) ([]figures.UsageSeries, error) {
		byDay := lastDays(query, m.on)
		from, to := byDay.From, min(byDay.To, m.on)
		known, err := f.days.get(ctx, daysKey{m.key, from, to}, func(ctx context.Context) (*reckon.Knowledge, error) {
			return f.withDays(ctx, m.Knowledge, from, to)
		})
		if err != nil {
			return nil, err
		}
		if err := takeTurn(ctx); err != nil {
			return nil, err
		}
		return known.Usage(m.on, byDay), nil
	})
}

// lastDays fills in the days of a query that names none: the twelve that end with on.
func lastDays(query figures.UsageQuery, on civil.Date) figures.UsageQuery {
	if query.To.IsZero() {
		query.To = on
	}
	if query.From.IsZero() {
		query.From = query.To.AddDays(-11)
	}
	return query
}

// Growth returns the growth of use that the query asks for.
func (f *Figures) Growth(
	ctx context.Context, q figures.Question, query figures.GrowthQuery,
) (figures.Growth, error) {
	return work(ctx, f, q, func(m moment) (figures.Growth, error) { return m.Growth(m.on, query), nil })
}

// TakeUp returns the digital take-up of a period.
func (f *Figures) TakeUp(ctx context.Context, q figures.Question, period civil.Period) (figures.TakeUp, error) {
	return work(ctx, f, q, func(m moment) (figures.TakeUp, error) { return m.TakeUp(m.on, period), nil })
}

// Doubts returns what would be found of totals if they were stated.
func (f *Figures) Doubts(
	ctx context.Context, q figures.Question, totals []programme.Statement,
) ([]programme.Finding, error) {
	return work(ctx, f, q, func(m moment) ([]programme.Finding, error) { return m.Doubts(m.on, totals), nil })
}

// MonthTotals returns what is known of an entity's use in a month, line by line; no month means the last one that has
// ended on the question's date.
func (f *Figures) MonthTotals(
	ctx context.Context, q figures.Question, entity string, month civil.Month,
) (*figures.MonthTotals, error) {
	return work(ctx, f, q, func(m moment) (*figures.MonthTotals, error) {
		return m.MonthTotals(entity, m.on, m.orLastEnded(month)), nil
	})
}
