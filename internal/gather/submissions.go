package gather

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
)

// Submissions returns what every entity owes for a month, as it stands on the question's date; no month means the last
// one that has ended on it.
func (f *Figures) Submissions(ctx context.Context, q figures.Question, month civil.Month) (*figures.Submissions, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	on := knowledge.On(q)
	if month == 0 {
		month = knowledge.LastEnded(on)
	}
	known := knowledgeKey(q, knowledge.Today, knowledge.DataVersion)
	key := "submissions as at " + known + " on " + on.String() + " of " + month.String()
	return once(f, f.owed, key, func() (*figures.Submissions, error) { return knowledge.Submissions(on, month), nil })
}
