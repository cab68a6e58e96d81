package plan

import (
	"context"
	"io"

	"mirsad/internal/i18n"
	"mirsad/internal/register"
)

// Planner answers what plans are checked against, as it stands now.
type Planner interface {
	Planning(ctx context.Context) (*register.Planning, error)
}

// PlanBook writes and reads the Excel template of an entity's plan.
type PlanBook interface {
	// Write writes the template, filled with the plan in force.
	Write(ctx context.Context, to io.Writer, planning *register.Planning, entity string, language i18n.Language) error
	// Read reads a filled template. A file that is refused as a whole is a *programme.FaultsError.
	Read(workbook []byte, entity string) (register.PlanSheet, error)
}
