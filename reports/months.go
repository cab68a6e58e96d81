package reports

import (
	"context"
	"fmt"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Months returns the months that have a workbook, the newest first: from the programme's start to the last month that
// has ended, as the question's date describes the programme. One without services has none.
func (r *Reports) Months(ctx context.Context, q figures.Question) ([]civil.Month, error) {
	found, err := r.Figures.Figures(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("months of reports: %w", err)
	}
	return monthsOf(found, civil.DateOf(r.Now().In(r.Zone))), nil
}

// monthsOf is Months as on a day: a month has ended when its last day is described and over.
func monthsOf(f *figures.Figures, today civil.Date) []civil.Month {
	months := []civil.Month{}
	if len(f.Services) == 0 || f.Programme.StartsOn.IsZero() {
		return months
	}
	last := min(f.On+1, today).Month() - 1
	for month := last; month >= f.Programme.StartsOn.Month(); month-- {
		months = append(months, month)
	}
	return months
}

// month returns the month of a report that is there; any other is programme.ErrNotFound.
func (r *Reports) month(ctx context.Context, text string) (civil.Month, error) {
	month, err := civil.ParseMonth(text)
	if err != nil {
		return 0, err
	}
	months, err := r.Months(ctx, figures.Question{})
	if err != nil {
		return 0, err
	}
	if !slices.Contains(months, month) {
		return 0, fmt.Errorf("%w: there is no report of %s", programme.ErrNotFound, month)
	}
	return month, nil
}
