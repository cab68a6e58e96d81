package planbook

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// planScale is the size in print, in hundredths; the columns are laid on pages for it.
const planScale = 54

// writePlanSheet writes the sheet to fill.
func (t *template) writePlanSheet() {
	s := t.BareSheet(t.T("template.sheet.plan"), len(t.columns))
	t.view(s, true)
	t.planHead(s)
	t.planHeadings(s)
	last := planFirstRow + t.rows - 1
	for column, c := range t.columns {
		first := column == 0 || t.columns[column-1].group != c.group
		id := t.cell(cellLook{input: c.input, group: first, language: languageOf(c.key)})
		t.Keep(t.File.SetCellStyle(s.Name, s.Address(column+1, planFirstRow), s.Address(column+1, last), id))
		t.validate(s, column+1, &c, last)
	}
	for i := range t.in.Milestones {
		t.fill(s, planFirstRow+i, &t.in.Milestones[i])
	}
	for row := planFirstRow; row <= last; row++ {
		s.Height(row, t.rowHeight(row))
	}
	t.printPlan(s)
}

// rowHeight leaves room for two lines, and for what the notes of a milestone in force take.
func (t *template) rowHeight(row int) float64 {
	const usual = 28.0
	at := row - planFirstRow
	if at >= len(t.in.Milestones) {
		return 20
	}
	m := &t.in.Milestones[at]
	tall := max(sheet.TextHeight(m.Note, 60, 0), sheet.TextHeight(m.Reason, 60, 0),
		sheet.TextHeight(t.serviceChoice(m), 47, 0))
	if m.Proposed != nil {
		tall = max(tall, sheet.TextHeight(m.Proposed.Name, 25, 0), sheet.TextHeight(m.Proposed.NameAr, 25, 0))
	}
	return max(usual, tall)
}

// planHead says what the sheet is. Its texts begin in the columns that every printed page repeats, and none crosses
// their end.
func (t *template) planHead(s *sheet.Sheet) {
	const classified, title, from, to = 1, 2, 3, 7
	s.Set(classified, planTitleRow, sheet.Clean(t.in.Classification),
		sheet.Look{Size: 8, Bold: true, Colour: sheet.Muted, Wrap: true, Align: sheet.Middle})
	t.Keep(t.File.MergeCell(s.Name, s.Address(classified, planTitleRow), s.Address(classified, planAboutRow)))
	s.Set(title, planTitleRow, t.both("template.title", wordSeparator),
		sheet.Look{Size: 14, Bold: true, Colour: sheet.Accent, Indent: 1})
	s.Merge(from, to, planTitleRow, t.entityName(), sheet.Look{Size: 14, Bold: true, Colour: sheet.Ink, Indent: 1})
	s.Height(planTitleRow, 28)
	s.Set(title, planAboutRow, t.revision(), sheet.Look{Size: 9, Colour: sheet.Muted, Indent: 1})
	about := t.T("template.about", i18n.Args{
		"programme": sheet.Clean(t.in.Programme),
		"as_at":     t.Instant(t.in.AsAt, t.in.Zone),
	})
	s.Merge(from, to, planAboutRow, about, sheet.Look{Size: 9, Colour: sheet.Muted, Indent: 1})
	s.Height(planAboutRow, 18)
}

func (t *template) entityName() string {
	return t.Named(t.in.Entity.Name, t.in.Entity.NameAr, t.in.Entity.Code)
}

// revision words which plan the rows are filled with.
func (t *template) revision() string {
	if t.in.Revision == 0 {
		return t.T("template.no_revision")
	}
	return t.T("template.revision", i18n.Args{"revision": t.Int(int64(t.in.Revision))})
}

// planHeadings writes the groups, the headings in both languages, and the hidden keys.
func (t *template) planHeadings(s *sheet.Sheet) {
	columns, group, heading := t.columns, t.headingStyle(true), t.headingStyle(false)
	from := 1
	for i := range columns {
		column := i + 1
		s.Width(column, columns[i].width)
		s.Set(column, planHeadingRow, t.heading(&columns[i]), sheet.Look{})
		s.Set(column, planKeyRow, columns[i].key, sheet.Look{})
		if i+1 < len(columns) && columns[i+1].group == columns[i].group {
			continue
		}
		s.Merge(from, column, planGroupRow, t.both("template.group."+columns[i].group, "\n"), sheet.Look{})
		t.Keep(t.File.SetCellStyle(s.Name, s.Address(from, planGroupRow), s.Address(column, planGroupRow), group))
		from = column + 1
	}
	t.Keep(t.File.SetCellStyle(s.Name, s.Address(1, planHeadingRow), s.Address(len(columns), planHeadingRow), heading))
	s.Height(planGroupRow, 34)
	s.Height(planHeadingRow, 58)
	t.Keep(t.File.SetRowVisible(s.Name, planKeyRow, false))
}

// heading is a column's heading in both languages, one above the other.
func (t *template) heading(c *planColumn) string {
	if channel, is := strings.CutPrefix(c.key, "channel."); is {
		return t.both("base.channel."+channel, "\n")
	}
	text := t.both("template.column."+c.words, "\n")
	if number, is := strings.CutPrefix(c.key, "depends_on."); is {
		text = t.T("template.column.depends_on") + " " + number + "\n" + t.second.T("template.column.depends_on") +
			" " + number
	}
	return text
}

// fill writes a milestone of the plan in force into its row.
func (t *template) fill(s *sheet.Sheet, row int, m *programme.Milestone) {
	for i, c := range t.columns {
		s.Put(i+1, row, t.valueOf(c.key, m))
	}
}

// valueOf is what a milestone gives to a column; nil leaves the cell empty.
func (t *template) valueOf(key string, m *programme.Milestone) any {
	switch key {
	case keyCode:
		return m.Code
	case keyService:
		return t.serviceChoice(m)
	case keyLevel:
		if m.Level.Valid() {
			return t.levelChoice(m.Level)
		}
		return nil
	case keyPlanned:
		return sheet.CellValue(m.PlannedOn)
	case keyExpected:
		return sheet.CellValue(m.ExpectedOn)
	case keyNote:
		return textValue(m.Note)
	case keyReason:
		return nil // the reason of the last move is not the reason of the next
	}
	return t.partOf(key, m)
}

// partOf is what a milestone's lists and optional parts give to a column.
func (t *template) partOf(key string, m *programme.Milestone) any {
	family, name, _ := strings.Cut(key, ".")
	switch family {
	case keyName, keyNameAr:
		return proposedName(key, m.Proposed)
	case "channel":
		for _, channel := range m.Channels {
			if string(channel) == name {
				return t.both("template.yes", wordSeparator)
			}
		}
	case "phase":
		for _, phase := range m.Phases {
			if string(phase.Phase) == name {
				return sheet.CellValue(phase.On)
			}
		}
	case "depends_on":
		if at, err := strconv.Atoi(name); err == nil && at <= len(m.DependsOn) {
			return t.choice("entity.", m.DependsOn[at-1])
		}
	case "before":
		return effortValue(m.Before, name)
	case "after":
		return effortValue(m.After, name)
	}
	return nil
}

func (t *template) serviceChoice(m *programme.Milestone) string {
	return t.choice("service.", m.Service)
}

// choice is what the list shows for a code, or the code itself when the list has it no more.
func (t *template) choice(list, code string) string {
	if shown := t.names[list+code]; shown != "" {
		return shown
	}
	return code
}

func proposedName(key string, proposed *programme.ProposedService) any {
	switch {
	case proposed == nil:
		return nil
	case key == keyName:
		return textValue(proposed.Name)
	default:
		return textValue(proposed.NameAr)
	}
}

func effortValue(effort *programme.Effort, part string) any {
	if effort == nil {
		return nil
	}
	if value := *effortPart(effort, part); value != nil {
		return *value
	}
	return nil
}

// effortPart is where an effort keeps a part.
func effortPart(effort *programme.Effort, part string) **int {
	switch part {
	case "visits":
		return &effort.Visits
	case "documents":
		return &effort.Documents
	default:
		return &effort.Days
	}
}

func textValue(text string) any {
	if cleaned := sheet.Printable(text); cleaned != "" {
		return cleaned
	}
	return nil
}

// view sets a sheet's direction, and keeps the grid only where nothing is drawn over it.
func (t *template) view(s *sheet.Sheet, frozen bool) {
	rightToLeft, grid, zoom := t.RightToLeft(), false, 100.0
	t.Keep(t.File.SetSheetView(s.Name, 0,
		&excelize.ViewOptions{RightToLeft: &rightToLeft, ShowGridLines: &grid, ZoomScale: &zoom}))
	colour := "FF" + sheet.Accent
	t.Keep(t.File.SetSheetProps(s.Name, &excelize.SheetPropsOptions{TabColorRGB: &colour}))
	if frozen {
		s.Freeze(3, planFirstRow)
	}
}

// printPlan lays the sheet on A4 landscape pages, with the headings and the service on each. Free rows are not printed.
func (t *template) printPlan(s *sheet.Sheet) {
	t.layOutPage(s)
	size := uint(planScale)
	t.Keep(t.File.SetPageLayout(s.Name, &excelize.PageLayoutOptions{AdjustTo: &size}))
	last := planFirstRow + max(len(t.in.Milestones)+10, 15) - 1
	s.PrintArea(last)
	t.Keep(t.File.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.Name,
		RefersTo: fmt.Sprintf("%s$A:$B,%s$%d:$%d", sheet.Quoted(s.Name), sheet.Quoted(s.Name), planGroupRow,
			planKeyRow),
	}))
	for i, c := range t.columns {
		if c.key == "channel.web" || c.key == "depends_on.1" || c.key == keyNote {
			t.Keep(t.File.InsertPageBreak(s.Name, s.Address(i+1, 1)))
		}
	}
}

func (t *template) layOutPage(s *sheet.Sheet) {
	const a4 = 9
	size, orientation := a4, "landscape"
	t.Keep(t.File.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation}))
	side, top, bottom, head := 0.4, 0.7, 0.6, 0.3
	t.Keep(t.File.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &head, Footer: &head,
	}))
	header := s.AcrossPage(sheet.HeaderText(t.in.Programme), "", sheet.HeaderText(t.entityName()))
	footer := s.AcrossPage(sheet.HeaderText(t.T("template.title")), sheet.HeaderText(t.in.Classification), `&P / &N`)
	t.Keep(t.File.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddHeader: header, OddFooter: footer}))
}
