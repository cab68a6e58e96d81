package programme

// PlanSheet is an entity's plan as somebody has filled it into a workbook.
type PlanSheet struct {
	// Milestones has one for each filled row. Where a cell could not be read the milestone has nothing in its place.
	Milestones []Milestone
	// Faults are those of the cells that could not be read; a field is named as in Planning.Faults.
	Faults []Fault
	// Revision is the plan that was in force when the template was made; 0: none was.
	Revision int
	// Cell is the address of the cell that a field came from, such as D9; "" for none.
	Cell func(field string) string
}

// Outdated warns of a template that was made before the plan in force: what has been approved since is not in it.
func (s *PlanSheet) Outdated(record *PlanRecord) []Fault {
	inForce := record.InForce()
	if inForce == nil || s.Revision >= inForce.Revision {
		return nil
	}
	return []Fault{{Field: "workbook", Kind: "sheet_outdated", Args: map[string]any{"revision": s.Revision, "in_force": inForce.Revision}}}
}
