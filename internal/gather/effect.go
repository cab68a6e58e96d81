package gather

import (
	"context"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Weigh returns what the counted total is now and what it would be under other settings.
func (f *Figures) Weigh(ctx context.Context, next programme.Settings) (programme.Effect, error) {
	return work(ctx, f, figures.Question{}, func(m moment) (programme.Effect, error) { return m.Weigh(next), nil })
}
