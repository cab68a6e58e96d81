package web

import (
	"context"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Intake takes events through the same validation, spool and receipts as the API.
type Intake interface {
	// Submit takes a body of a content type for an entity; a dry run decides the same and stores nothing. Good rows are
	// kept and bad ones told. Its errors: programme.ErrForbidden, ErrUnavailable, httpserver.ErrTooManyRequests.
	Submit(ctx context.Context, who access.Principal, entity string, body []byte, contentType string, dryRun bool) (IntakeAnswer, error)
}

// IntakeAnswer says what became of a body.
type IntakeAnswer struct {
	// Receipt is empty when nothing was stored.
	Receipt  string
	Accepted int
	Rejected []IntakeRefusal
}

// IntakeRefusal is a row that was refused, with the remedy in both languages.
type IntakeRefusal struct {
	// Index is the row's place in the body, from 0.
	Index              int
	Code               programme.RefusalCode
	Field              string
	Message, MessageAr string
	Remedy, RemedyAr   string
}

// in words the refusal in a language.
func (r *IntakeRefusal) in(language i18n.Language) string {
	if language == i18n.Arabic {
		return r.MessageAr + " " + r.RemedyAr
	}
	return r.Message + " " + r.Remedy
}

// Totals answers what stands of an entity's use in a month; month 0 is the last one that has ended.
type Totals interface {
	MonthTotals(ctx context.Context, q figures.Question, entity string, month civil.Month) (*figures.MonthTotals, error)
}
