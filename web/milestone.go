package web

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// milestonePart is what the template of the milestones' table takes.
type milestonePart struct {
	frame

	Rows []milestoneRow
	// Entities says that the table has a column of entities.
	Entities bool
}

// MilestoneTable gives milestones the words of the page they stand on.
func (f frame) MilestoneTable(rows []milestoneRow, entities bool) milestonePart {
	return milestonePart{frame: f, Rows: rows, Entities: entities}
}

// milestoneRow is a planned go-live against its original date.
type milestoneRow struct {
	Service, Entity                     link
	Code                                string
	Level                               levelChip
	Status                              status
	Original, Current, Expected, Actual string
	Slip                                figure
	Reason                              string
	// Phase says which phase was finished last, and when; empty where no event told of one.
	Phase string
	// Moves tell how each later baseline moved it; on the entity's page alone.
	Moves []string
}

func (v *base) milestoneRow(m *figures.MilestoneFigures) milestoneRow {
	row := milestoneRow{
		Service: v.serviceLink(m.Service), Entity: v.entityLink(m.Entity), Code: m.Service,
		Level: v.chip(m.Level), Status: v.statusOf(m.Standing),
		Original: v.day(m.OriginalOn), Current: v.day(m.CurrentOn), Expected: v.day(m.ExpectedOn), Actual: v.day(m.ActualOn),
		Slip:   v.signed("milestones."+m.Service+".slip", programme.CountOf(m.Slip)),
		Reason: m.Reason,
	}
	if n := len(m.Phases); n > 0 {
		last := m.Phases[n-1]
		row.Phase = v.T("plans.phase", args("phase", v.T("plans.phase."+string(last.Phase)), "date", v.Date(last.DoneOn)))
	}
	if v.named.services[m.Service] == nil {
		row.Service.Address = "" // it has left the catalogue
	}
	return row
}
