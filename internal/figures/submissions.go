package figures

import (
	"context"

	"mirsad/internal/programme"
)

// Submissions returns what every entity owes for a month, as it stands on the question's date; no month means the last
// one that has ended on it.
func (f *Figures) Submissions(ctx context.Context, q programme.Question, month programme.Month) (*programme.Submissions, error) {
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
	return once(f, f.owed, key, func() (*programme.Submissions, error) { return knowledge.Submissions(on, month), nil })
}
