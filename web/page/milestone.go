package page

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// milestonePart is what the template of the milestones' table takes.
type milestonePart struct {
	Frame

	Rows []MilestoneRow
	// Entities says that the table has a column of entities.
	Entities bool
}

// MilestoneTable gives milestones the words of the page they stand on.
func (f Frame) MilestoneTable(rows []MilestoneRow, entities bool) milestonePart {
	return milestonePart{Frame: f, Rows: rows, Entities: entities}
}

// MilestoneRow is a planned go-live against its original date.
type MilestoneRow struct {
	Service, Entity                     Link
	Code                                string
	Level                               LevelChip
	Status                              Status
	Original, Current, Expected, Actual string
	Slip                                Figure
	Reason                              string
	// Waits says since when it awaits its verification; empty for one that does not.
	Waits string
	// Phase says which phase was finished last, and when; empty where no event told of one.
	Phase string
	// Moves tell how each later baseline moved it; on the entity's page alone.
	Moves []string
}

// MilestoneRow words a planned go-live.
func (v *Visit) MilestoneRow(m *figures.MilestoneFigures) MilestoneRow {
	row := MilestoneRow{
		Service: v.ServiceLink(m.Service), Entity: v.EntityLink(m.Entity), Code: m.Service,
		Level: v.Chip(m.Level), Status: v.StatusOf(m.Standing),
		Original: v.Day(m.OriginalOn), Current: v.Day(m.CurrentOn), Expected: v.Day(m.ExpectedOn),
		Actual: v.Day(m.ActualOn),
		Slip:   v.SignedOf("milestones."+m.Service+".slip", programme.CountOf(m.Slip)),
		Reason: m.Reason,
	}
	if m.NoDateGiven {
		row.Expected = v.T("base.no_date_given")
	}
	if m.Status == figures.MilestoneAwaiting {
		row.Waits = v.T("plans.waits", Args("date", v.Date(m.ClaimedOn), "n", m.WaitingDays))
	}
	if n := len(m.Phases); n > 0 {
		last := m.Phases[n-1]
		row.Phase = v.T(
			"plans.phase", Args("phase", v.T("plans.phase."+string(last.Phase)), "date", v.Date(last.DoneOn)),
		)
	}
	if v.Named.Services[m.Service] == nil {
		row.Service.Address = "" // it has left the catalogue
	}
	return row
}
