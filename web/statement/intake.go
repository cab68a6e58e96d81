package statement

import (
	"context"

	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// refusalWords words a refused row in a language.
func refusalWords(r *act.IntakeRefusal, language i18n.Language) string {
	if language == i18n.Arabic {
		return r.MessageAr + " " + r.RemedyAr
	}
	return r.Message + " " + r.Remedy
}

// Totals answers what stands of an entity's use in a month; month 0 is the last one that has ended.
type Totals interface {
	MonthTotals(ctx context.Context, q figures.Question, entity string, month civil.Month) (*figures.MonthTotals, error)
}
