package reports

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// planScale is the size in print, in hundredths; the columns are laid on pages for it.
const planScale = 54

// writePlanSheet writes the sheet to fill.
func (t *planTemplate) writePlanSheet() {
	s := t.bareSheet(t.T("template.sheet.plan"), len(t.columns))
	t.view(s, true)
	t.planHead(s)
	t.planHeadings(s)
	last := planFirstRow + t.rows - 1
	for column, c := range t.columns {
		first := column == 0 || t.columns[column-1].group != c.group
		id := t.cell(cellLook{input: c.input, group: first, language: languageOf(c.key)})
		t.keep(t.file.SetCellStyle(s.name, s.address(column+1, planFirstRow), s.address(column+1, last), id))
		t.validate(s, column+1, &c, last)
	}
	for i := range t.in.Milestones {
		t.fill(s, planFirstRow+i, &t.in.Milestones[i])
	}
	for row := planFirstRow; row <= last; row++ {
		s.height(row, t.rowHeight(row))
	}
	t.printPlan(s)
}

// rowHeight leaves room for two lines, and for what the notes of a milestone in force take.
func (t *planTemplate) rowHeight(row int) float64 {
	const usual = 28.0
	at := row - planFirstRow
	if at >= len(t.in.Milestones) {
		return 20
	}
	m := &t.in.Milestones[at]
	tall := max(textHeight(m.Note, 60, 0), textHeight(m.Reason, 60, 0), textHeight(t.serviceChoice(m), 47, 0))
	if m.Proposed != nil {
		tall = max(tall, textHeight(m.Proposed.Name, 25, 0), textHeight(m.Proposed.NameAr, 25, 0))
	}
	return max(usual, tall)
}

// planHead says what the sheet is. Its texts begin in the columns that every printed page repeats, and none crosses their end.
func (t *planTemplate) planHead(s *page) {
	const classified, title, from, to = 1, 2, 3, 7
	s.set(classified, planTitleRow, clean(t.in.Classification), look{size: 8, bold: true, colour: muted, wrap: true, align: middle})
	t.keep(t.file.MergeCell(s.name, s.address(classified, planTitleRow), s.address(classified, planAboutRow)))
	s.set(title, planTitleRow, t.both("template.title", wordSeparator), look{size: 14, bold: true, colour: accent, indent: 1})
	s.merge(from, to, planTitleRow, t.entityName(), look{size: 14, bold: true, colour: ink, indent: 1})
	s.height(planTitleRow, 28)
	s.set(title, planAboutRow, t.revision(), look{size: 9, colour: muted, indent: 1})
	about := t.T("template.about", i18n.Args{"programme": clean(t.in.Programme), "as_at": t.Instant(t.in.AsAt, t.in.Zone)})
	s.merge(from, to, planAboutRow, about, look{size: 9, colour: muted, indent: 1})
	s.height(planAboutRow, 18)
}

func (t *planTemplate) entityName() string {
	return t.named(t.in.Entity.Name, t.in.Entity.NameAr, t.in.Entity.Code)
}

// revision words which plan the rows are filled with.
func (t *planTemplate) revision() string {
	if t.in.Revision == 0 {
		return t.T("template.no_revision")
	}
	return t.T("template.revision", i18n.Args{"revision": t.Int(int64(t.in.Revision))})
}

// planHeadings writes the groups, the headings in both languages, and the hidden keys.
func (t *planTemplate) planHeadings(s *page) {
	columns, group, heading := t.columns, t.headingStyle(true), t.headingStyle(false)
	from := 1
	for i := range columns {
		column := i + 1
		s.width(column, columns[i].width)
		s.set(column, planHeadingRow, t.heading(&columns[i]), look{})
		s.set(column, planKeyRow, columns[i].key, look{})
		if i+1 < len(columns) && columns[i+1].group == columns[i].group {
			continue
		}
		s.merge(from, column, planGroupRow, t.both("template.group."+columns[i].group, "\n"), look{})
		t.keep(t.file.SetCellStyle(s.name, s.address(from, planGroupRow), s.address(column, planGroupRow), group))
		from = column + 1
	}
	t.keep(t.file.SetCellStyle(s.name, s.address(1, planHeadingRow), s.address(len(columns), planHeadingRow), heading))
	s.height(planGroupRow, 34)
	s.height(planHeadingRow, 58)
	t.keep(t.file.SetRowVisible(s.name, planKeyRow, false))
}

// heading is a column's heading in both languages, one above the other.
func (t *planTemplate) heading(c *planColumn) string {
	if channel, is := strings.CutPrefix(c.key, "channel."); is {
		return t.both("base.channel."+channel, "\n")
	}
	text := t.both("template.column."+c.words, "\n")
	if number, is := strings.CutPrefix(c.key, "depends_on."); is {
		text = t.T("template.column.depends_on") + " " + number + "\n" + t.second.T("template.column.depends_on") + " " + number
	}
	return text
}

// fill writes a milestone of the plan in force into its row.
func (t *planTemplate) fill(s *page, row int, m *programme.Milestone) {
	for i, c := range t.columns {
		if value := t.valueOf(c.key, m); value != nil {
			switch v := value.(type) {
			case string:
				t.keep(t.file.SetCellStr(s.name, s.address(i+1, row), v))
			default:
				t.keep(t.file.SetCellValue(s.name, s.address(i+1, row), v))
			}
		}
	}
}

// valueOf is what a milestone gives to a column; nil leaves the cell empty.
func (t *planTemplate) valueOf(key string, m *programme.Milestone) any {
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
		return cellValue(m.PlannedOn)
	case keyExpected:
		return cellValue(m.ExpectedOn)
	case keyNote:
		return textValue(m.Note)
	case keyReason:
		return nil // the reason of the last move is not the reason of the next
	}
	return t.partOf(key, m)
}

// partOf is what a milestone's lists and optional parts give to a column.
func (t *planTemplate) partOf(key string, m *programme.Milestone) any {
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
				return cellValue(phase.On)
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

func (t *planTemplate) serviceChoice(m *programme.Milestone) string {
	return t.choice("service.", m.Service)
}

// choice is what the list shows for a code, or the code itself when the list has it no more.
func (t *planTemplate) choice(list, code string) string {
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
	if cleaned := printable(text); cleaned != "" {
		return cleaned
	}
	return nil
}

// view sets a sheet's direction, and keeps the grid only where nothing is drawn over it.
func (t *planTemplate) view(s *page, frozen bool) {
	rightToLeft, grid, zoom := t.rightToLeft(), false, 100.0
	t.keep(t.file.SetSheetView(s.name, 0, &excelize.ViewOptions{RightToLeft: &rightToLeft, ShowGridLines: &grid, ZoomScale: &zoom}))
	colour := "FF" + accent
	t.keep(t.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{TabColorRGB: &colour}))
	if frozen {
		s.freeze(3, planFirstRow)
	}
}

// printPlan lays the sheet on A4 landscape pages, with the headings and the service on each. Free rows are not printed.
func (t *planTemplate) printPlan(s *page) {
	t.layOutPage(s)
	size := uint(planScale)
	t.keep(t.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{AdjustTo: &size}))
	last := planFirstRow + max(len(t.in.Milestones)+10, 15) - 1
	s.printArea(last)
	t.keep(t.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name,
		RefersTo: fmt.Sprintf("%s$A:$B,%s$%d:$%d", quoted(s.name), quoted(s.name), planGroupRow, planKeyRow),
	}))
	for i, c := range t.columns {
		if c.key == "channel.web" || c.key == "depends_on.1" || c.key == keyNote {
			t.keep(t.file.InsertPageBreak(s.name, s.address(i+1, 1)))
		}
	}
}

func (t *planTemplate) layOutPage(s *page) {
	const a4 = 9
	size, orientation := a4, "landscape"
	t.keep(t.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation}))
	side, top, bottom, head := 0.4, 0.7, 0.6, 0.3
	t.keep(t.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &head, Footer: &head,
	}))
	header := s.acrossPage(headerText(t.in.Programme), "", headerText(t.entityName()))
	footer := s.acrossPage(headerText(t.T("template.title")), headerText(t.in.Classification), `&P / &N`)
	t.keep(t.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: header, OddFooter: footer}))
}
