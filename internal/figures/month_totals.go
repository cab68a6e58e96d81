package figures

import (
	"context"

	"mirsad/internal/programme"
)

// MonthTotals returns what stands of an entity's use in a month, line by line; no month means the last one that has ended
// on the question's date.
func (f *Figures) MonthTotals(ctx context.Context, q programme.Question, entity string, month programme.Month) (*programme.MonthTotals, error) {
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
