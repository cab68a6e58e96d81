package web

import (
	"context"
	"io"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Planner answers what plans are checked against, as it stands now.
type Planner interface {
	Planning(ctx context.Context) (*programme.Planning, error)
}

// PlanBook writes and reads the Excel template of an entity's plan.
type PlanBook interface {
	// Write writes the template, filled with the plan in force.
	Write(ctx context.Context, to io.Writer, planning *programme.Planning, entity string, language i18n.Language) error
	// Read reads a filled template. A file that is refused as a whole is a *programme.FaultsError.
	Read(workbook []byte, entity string) (PlanSheet, error)
}

// PlanSheet is what a filled template holds.
type PlanSheet struct {
	// Revision is the plan that was in force when the template was made; 0: none was.
	Revision   int
	Milestones []programme.Milestone
	// Faults are the cells that could not be read, in the order of the sheet.
	Faults []PlanSheetFault
	// Cell is the address of the cell that a field came from; "" for what has none.
	Cell func(field string) string
}

// PlanSheetFault is a cell that could not be read, with its address.
type PlanSheetFault struct {
	programme.Fault

	Cell string
}
