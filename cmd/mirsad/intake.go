package main

import (
	"context"
	"errors"
	"fmt"

	"mirsad/ingest"
	"mirsad/ingest/rows"
	"mirsad/ingest/spool"
	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/programme"
)

// intake lets the pages send events through the same validation, spool and receipts as the API.
type intake struct{ ingest *ingest.Ingest }

// Submit takes a body of events for an entity. An administrator's receipt is the entity's too, so that its people find
// it.
func (i intake) Submit(
	ctx context.Context, who access.Principal, entity string, body []byte, contentType string, dryRun bool,
) (act.IntakeAnswer, error) {
	if !who.Sees(entity) {
		return act.IntakeAnswer{}, fmt.Errorf("%w: %s submits nothing for %s", programme.ErrForbidden, who.ID, entity)
	}
	who.Entity = entity
	answer, err := i.ingest.Receive(
		ctx, ingest.Submission{Principal: who, Format: rows.Format(contentType), Body: body, DryRun: dryRun},
	)
	switch {
	case errors.Is(err, spool.ErrFull):
		return act.IntakeAnswer{}, errors.Join(programme.ErrUnavailable, err)
	case err != nil:
		return act.IntakeAnswer{}, err
	}
	told := act.IntakeAnswer{Receipt: answer.Receipt, Accepted: answer.Accepted}
	for i := range answer.Rejected {
		row := &answer.Rejected[i]
		told.Rejected = append(told.Rejected, act.IntakeRefusal{
			Index: row.Index, Code: row.Code, Field: row.Field,
			Message: row.Message, MessageAr: row.MessageAr, Remedy: row.Remedy, RemedyAr: row.RemedyAr,
		})
	}
	return told, nil
}
