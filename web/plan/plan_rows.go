package plan

import (
	"strconv"
	"strings"

	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// planChanges is what the template of a difference from the plan in force takes.
type planChanges struct {
	frame

	// Summary counts the kinds, unchanged ones too; Rows are those that changed.
	Summary string
	Rows    []planChangeRow
	// Returning offers to send single milestones back.
	Returning bool
}

// planChangeRow is a milestone in both plans, side by side.
type planChangeRow struct {
	Kind, KindWord string
	Service, Code  string
	Level          page.LevelChip
	Before, After  []planValue
	// Moved says by how many days, Reason why.
	Moved, Reason string
	Return        *returnForm
}

// planValue is a field of a milestone in words.
type planValue struct{ Field, Text string }

// returnForm is the tick and the comment by which a planner sends a milestone back.
type returnForm struct{ Tick, Why page.Field }

// PlanDifference gives a difference the words of the page it stands on.
func (f frame) PlanDifference(t *planChanges) planChanges {
	t.frame = f
	return *t
}

// planChanges compares two plans row by row.
func (p *planVisit) planChanges(before, after []programme.Milestone) *planChanges {
	view := &planChanges{}
	counts := map[register.PlanChangeKind]int{}
	for _, change := range register.PlanDifference(before, after) {
		counts[change.Kind]++
		if change.Kind != register.PlanUnchanged {
			view.Rows = append(view.Rows, p.planChangeRow(&change))
		}
	}
	view.Summary = p.planCounts(counts)
	return view
}

// planCounts words how many milestones were added, moved, changed, dropped and left alone; what there is none of is
// left out.
func (v *visit) planCounts(counts map[register.PlanChangeKind]int) string {
	var parts []string
	for _, kind := range []register.PlanChangeKind{
		register.PlanAdded, register.PlanMoved, register.PlanChanged, register.PlanDropped, register.PlanUnchanged,
	} {
		if n := counts[kind]; n > 0 {
			parts = append(parts, v.T("submit.count."+string(kind), page.Args("n", n)))
		}
	}
	return strings.Join(parts, " · ")
}

func (p *planVisit) planChangeRow(change *register.PlanChange) planChangeRow {
	now := change.Now()
	row := planChangeRow{
		Kind: string(change.Kind), KindWord: p.T("submit.kind." + string(change.Kind)), Service: p.plannedService(now),
		Code:  change.Milestone,
		Level: p.Chip(now.Level), Reason: change.Reason,
	}
	fields := milestoneFields
	if change.Before != nil && change.After != nil {
		fields = change.Fields
		if change.Days != 0 {
			fields = append([]string{"planned_on"}, fields...)
		}
	}
	both := change.Before != nil && change.After != nil
	for _, field := range fields {
		for _, each := range []struct {
			of *programme.Milestone
			to *[]planValue
		}{{change.Before, &row.Before}, {change.After, &row.After}} {
			if each.of == nil {
				continue
			}
			if text := p.planValue(each.of, field); text != "" {
				*each.to = append(*each.to, planValue{Field: p.planField(field), Text: text})
			} else if both {
				*each.to = append(*each.to, planValue{Field: p.planField(field), Text: p.T("submit.not_given")})
			}
		}
	}
	if change.Days != 0 {
		row.Moved = p.days(change.Days)
	}
	return row
}

// days words by how many days a go-live moved.
func (v *visit) days(n int) string {
	if n < 0 {
		return v.T("submit.days_earlier", page.Args("n", -n))
	}
	return v.T("submit.days_later", page.Args("n", n))
}

// milestoneFields are the fields of a milestone that is in one plan alone, in the order they are shown.
var milestoneFields = []string{
	"planned_on", "expected_on", "proposed", "channels", "phases", "depends_on", "before", "after", "note",
}

// planValue words a field of a milestone; "" where nothing is said.
func (p *planVisit) planValue(m *programme.Milestone, field string) string {
	separator := p.T("web.list_separator")
	switch field {
	case "planned_on":
		return p.Date(m.PlannedOn)
	case "expected_on":
		if !m.ExpectedOn.IsZero() {
			return p.Date(m.ExpectedOn)
		}
	case "service":
		return p.plannedService(m)
	case "level":
		return p.T("web.level", page.Args("number", int(m.Level), "name", p.LevelName(m.Level)))
	case "proposed":
		if m.Proposed != nil {
			return m.Proposed.Name + " · " + m.Proposed.NameAr
		}
	case "channels":
		return strings.Join(p.ChannelNames(m.Channels), separator)
	case "phases":
		return strings.Join(page.Each(m.Phases, func(phase programme.PlannedPhase) string {
			return p.planField("phases."+string(phase.Phase)) + " " + p.Date(phase.On)
		}), separator)
	case "depends_on":
		return strings.Join(page.Each(m.DependsOn, p.AnyEntity), separator)
	case "before":
		return p.effort(m.Before)
	case "after":
		return p.effort(m.After)
	case "note":
		return m.Note
	}
	return ""
}

// effort words what one use takes; a part that is not stated is left out.
func (p *planVisit) effort(e *programme.Effort) string {
	if e == nil {
		return ""
	}
	var parts []string
	for _, part := range effortParts(e) {
		if part.value != nil {
			parts = append(parts, p.T("template.column."+part.name)+" "+strconv.Itoa(*part.value))
		}
	}
	return strings.Join(parts, p.T("web.list_separator"))
}

type effortPart struct {
	name  string
	value *int
}

func effortParts(e *programme.Effort) []effortPart {
	return []effortPart{{"visits", e.Visits}, {"documents", e.Documents}, {"days", e.Days}}
}

// plannedService names the service of a milestone, a proposed one too.
func (p *planVisit) plannedService(m *programme.Milestone) string {
	if known, is := p.planning.Services[m.Service]; is {
		return p.Name(known.Name, known.NameAr)
	}
	if m.Proposed != nil {
		return p.Name(m.Proposed.Name, m.Proposed.NameAr)
	}
	return m.Service
}

// milestoneName tells milestones of one plan apart.
func (p *planVisit) milestoneName(m *programme.Milestone) string {
	if name := p.plannedService(m); name != "" {
		return name
	}
	return m.Code
}
