package act

import (
	"context"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// Intake takes events through the same validation, spool and receipts as the API.
type Intake interface {
	// Submit takes a body of a content type for an entity; a dry run decides the same and stores nothing. Good rows are
	// kept and bad ones reported. Its errors: programme.ErrForbidden, ErrUnavailable, httpserver.ErrTooManyRequests.
	Submit(
		ctx context.Context, who access.Principal, entity string, body []byte, contentType string, dryRun bool,
	) (IntakeAnswer, error)
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
