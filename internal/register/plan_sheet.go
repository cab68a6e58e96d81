package register

import "mirsad/internal/programme"

// PlanSheet is an entity's plan as somebody has filled it into a workbook.
type PlanSheet struct {
	// Milestones has one for each filled row. Where a cell could not be read the milestone has nothing in its place.
	Milestones []programme.Milestone
	// Faults are the cells that could not be read, in the order of the sheet; a field is named as in Planning.Faults.
	Faults []SheetFault
	// Revision is the plan that was in force when the template was made; 0: there was none.
	Revision int
	// Address returns the cell that a field came from, such as D9, or ""; nil: no cell is known.
	Address func(field string) string
}

// SheetFault is a cell that could not be read, with its address.
type SheetFault struct {
	programme.Fault

	Cell string
}

// FormFaults returns the cells that could not be read as the faults of a form, for JoinFaults.
func (s *PlanSheet) FormFaults() []programme.Fault {
	form := make([]programme.Fault, 0, len(s.Faults))
	for i := range s.Faults {
		form = append(form, s.Faults[i].Fault)
	}
	return form
}

// Cells returns what finds the address of the cell that a fault is about: one that could not be read, the one that its
// field came from, or one that it names itself; otherwise "".
func (s *PlanSheet) Cells() func(programme.Fault) string {
	unread := make(map[[2]string]string, len(s.Faults))
	for i := range s.Faults {
		each := &s.Faults[i]
		if at := [2]string{each.Field, each.Kind}; each.Cell != "" && unread[at] == "" {
			unread[at] = each.Cell
		}
	}
	return func(fault programme.Fault) string {
		if cell := unread[[2]string{fault.Field, fault.Kind}]; cell != "" {
			return cell
		}
		if s.Address != nil {
			if cell := s.Address(fault.Field); cell != "" {
				return cell
			}
		}
		cell, _ := fault.Args["cell"].(string)
		return cell
	}
}

// Outdated warns of a workbook that was made for an older plan than the one in force: what has been approved since is
// not in it. Made is the revision's number, 0 for none.
func (r *PlanRecord) Outdated(made int) []programme.Fault {
	inForce := r.InForce()
	if inForce == nil || made >= inForce.Revision {
		return nil
	}
	return []programme.Fault{
		{
			Field: "workbook",
			Kind:  "sheet_outdated",
			Args:  map[string]any{"revision": made, "in_force": inForce.Revision},
		},
	}
}
