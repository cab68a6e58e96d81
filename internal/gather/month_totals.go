package gather

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
)

// MonthTotals returns what stands of an entity's use in a month, line by line; no month means the last one that has ended
// on the question's date.
func (f *Figures) MonthTotals(ctx context.Context, q figures.Question, entity string, month civil.Month) (*figures.MonthTotals, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	on := knowledge.On(q)
	if month == 0 {
		month = knowledge.LastEnded(on)
	}
	return knowledge.MonthTotals(entity, on, month), nil
}
