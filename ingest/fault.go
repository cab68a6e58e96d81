package ingest

import (
	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

func missing(field string) *rows.Fault  { return rows.Faulty(programme.RefusedMissingField, field) }
func badValue(field string) *rows.Fault { return rows.Faulty(programme.RefusedBadValue, field) }
