package gather

import (
	"context"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Weigh returns what the counted total is now and what it would be under other settings.
func (f *Figures) Weigh(ctx context.Context, next programme.Settings) (programme.Effect, error) {
	knowledge, err := f.knowledge(ctx, figures.Question{})
	if err != nil {
		return programme.Effect{}, err
	}
	return knowledge.Weigh(next), nil
}
