package statement

import (
	"context"

	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// refusalWords words a refused row in a language.
func refusalWords(r *act.IntakeRefusal, language i18n.Language) string {
	if language == i18n.Arabic {
		return r.MessageAr + " " + r.RemedyAr
	}
	return r.Message + " " + r.Remedy
}

// Totals answers what is known of an entity's use in a month, and what would be doubtful about other numbers.
type Totals interface {
	// MonthTotals of month 0 are those of the last one that has ended.
	MonthTotals(ctx context.Context, q figures.Question, entity string, month civil.Month) (*figures.MonthTotals, error)
	// Doubts are what would be found of totals if they were stated.
	Doubts(ctx context.Context, q figures.Question, totals []programme.Statement) ([]programme.Finding, error)
}
