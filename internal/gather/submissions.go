package gather

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
)

// Submissions returns what every entity owes for a month, as it is on the question's date; no month means the last one
// that has ended on it.
func (f *Figures) Submissions(
	ctx context.Context, q figures.Question, month civil.Month,
) (*figures.Submissions, error) {
	return answer(ctx, f, q, func(ctx context.Context, m moment) (*figures.Submissions, error) {
		common := m.common && month == 0
		month := m.orLastEnded(month)
		return f.submissions.get(ctx, common, monthKey{m.key, month}, func(context.Context) (*figures.Submissions, error) {
			return m.Submissions(m.on, month), nil
		})
	})
}

// orLastEnded returns the month asked for; none means the last one that has ended on the date.
func (m moment) orLastEnded(month civil.Month) civil.Month {
	if month == 0 {
		return m.LastEnded(m.on)
	}
	return month
}
