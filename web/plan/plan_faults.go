package plan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// planFault is a line of the table of everything that is wrong with a plan, or that a planner will ask about.
type planFault struct {
	// Cell is where it stands in the workbook; empty outside one.
	Cell string
	// Milestone and Field say what it is about; Milestone is empty where it is about the whole plan.
	Milestone, Field string
	What, Remedy     string
	// more is 1 for what counts the faults that are not named: it comes last.
	more int
}

// planFaultsPart is what the template of that table takes.
type planFaultsPart struct {
	frame

	ID, Heading string
	// Cells says that the faults are those of a workbook.
	Cells bool
	// Grave says that nothing was recorded for them.
	Grave bool
	Rows  []planFault
}

// PlanFaults gives a table of faults the words of the page it stands on.
func (f frame) PlanFaults(t *planFaultsPart) planFaultsPart {
	t.frame = f
	return *t
}

// planFault words a fault of one of the milestones.
func (p *planVisit) planFault(fault programme.Fault, milestones []programme.Milestone) planFault {
	said := p.inWords(fault.Args)
	row := planFault{
		Field: p.planField(fault.Field), What: p.T("admin.fault."+fault.Kind, said),
		Remedy: p.T("admin.fault."+fault.Kind+".remedy", said),
	}
	if fault.Kind == programme.FaultMore {
		row.Field, row.more = "", 1
	}
	if at, _ := milestoneField(fault.Field); at >= 0 && at < len(milestones) {
		row.Milestone = p.milestoneName(&milestones[at])
	}
	return row
}

// inWords puts an entity's name in the place of its code, and writes days as they are read.
func (p *planVisit) inWords(args map[string]any) i18n.Args {
	said := i18n.Args{}
	for name, value := range args {
		said[name] = value
		text, is := value.(string)
		if !is {
			continue
		}
		if name == "entity" {
			text = p.AnyEntity(text)
		}
		if day, err := civil.ParseDate(text); err == nil {
			text = p.Date(day)
		}
		said[name] = page.Isolated(text)
	}
	return said
}

// withoutMadeCodes leaves out what is said of a code that was made of a service and a level that are themselves at
// fault.
func withoutMadeCodes(faults []programme.Fault, milestones []programme.Milestone) []programme.Fault {
	return slices.DeleteFunc(slices.Clone(faults), func(f programme.Fault) bool {
		at, field := milestoneField(f.Field)
		if field != "code" || at < 0 || at >= len(milestones) {
			return false
		}
		m := &milestones[at]
		return m.Code == "" && (!register.IsCode(m.Service) || !m.Level.Valid())
	})
}

// planFaults words faults as the rows of a table.
func (p *planVisit) planFaults(faults []programme.Fault, milestones []programme.Milestone) []planFault {
	rows := make([]planFault, 0, len(faults))
	for _, fault := range faults {
		rows = append(rows, p.planFault(fault, milestones))
	}
	return rows
}

// sheetFaults words the faults of a workbook with their cells, in the order of the sheet; those of no cell come first.
func (p *planVisit) sheetFaults(sheet *register.PlanSheet, faults []programme.Fault) []planFault {
	rows := p.planFaults(faults, sheet.Milestones)
	cell := sheet.Cells()
	for i := range rows {
		rows[i].Cell = cell(faults[i])
	}
	slices.SortStableFunc(rows, func(a, b planFault) int {
		rowA, columnA := cellPlace(a.Cell)
		rowB, columnB := cellPlace(b.Cell)
		return cmp.Or(
			cmp.Compare(a.more, b.more), cmp.Compare(rowA, rowB),
			cmp.Compare(len(columnA), len(columnB)), cmp.Compare(columnA, columnB),
		)
	})
	return rows
}

// cellPlace cuts an address such as AB12 into its row and column.
func cellPlace(cell string) (row int, column string) {
	column = strings.TrimRight(cell, "0123456789")
	row, err := strconv.Atoi(cell[len(column):])
	if err != nil {
		return 0, column
	}
	return row, column
}

// milestoneField cuts milestones.3.planned_on into the place of the milestone and its field; without one it is -1.
func milestoneField(field string) (at int, rest string) {
	inside, found := strings.CutPrefix(field, "milestones.")
	if !found {
		return -1, field
	}
	number, rest, _ := strings.Cut(inside, ".")
	at, err := strconv.Atoi(number)
	if err != nil {
		return -1, field
	}
	return at, rest
}

// planField words the field of a fault or of a difference.
func (p *planVisit) planField(field string) string {
	_, rest := milestoneField(field)
	first, second, _ := strings.Cut(rest, ".")
	switch first {
	case "proposed":
		if second == "" {
			return p.T("template.group.proposed")
		}
		return p.T("template.column." + second)
	case "channels", "depends_on":
		return p.T("template.group." + first)
	case "phases":
		if key := "template.column.phase." + second; p.Has(key) {
			return p.T(key)
		}
		return p.T("template.group.phases")
	case "before", "after":
		if key := "template.column." + second; p.Has(key) {
			return p.T("template.group."+first) + " – " + p.T(key)
		}
		return p.T("template.group." + first)
	case "milestones", "comment", "workbook", "approved_on", "returned":
		return p.T("submit.field." + first)
	case "":
		return p.T("template.group.milestone")
	default:
		if key := "template.column." + rest; p.Has(key) {
			return p.T(key)
		}
		return rest
	}
}
