package planbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
)

// instructionSteps is how many steps the instructions have: template.step.1 and on.
const instructionSteps = 9

// writeInstructions says how the plan is filled and sent, in both languages beside each other.
func (t *template) writeInstructions() {
	const number, text = 5.0, 62.0
	s := t.BareSheet(t.T("template.sheet.instructions"), 5)
	t.view(s, false)
	t.layOutPage(s)
	fit, wide, tall := true, 1, 1
	t.Keep(t.File.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	t.Keep(t.File.SetPageLayout(s.Name, &excelize.PageLayoutOptions{FitToWidth: &wide, FitToHeight: &tall}))
	s.Width(1, sheet.MarginWidth)
	for column, width := range []float64{number, text, number, text} {
		s.Width(sheet.FirstColumn+column, width)
	}
	s.Merge(sheet.FirstColumn, s.Last, 1, t.both("template.instructions.title", wordSeparator),
		sheet.Look{Size: 18, Bold: true, Colour: sheet.Accent})
	s.Height(1, 34)
	s.Merge(sheet.FirstColumn, s.Last, 2, t.entityName(), sheet.Look{Size: 11, Colour: sheet.Muted})
	s.Height(2, 22)
	s.Row = 4
	for step := 1; step <= instructionSteps; step++ {
		t.instruction(s, step, text)
	}
	s.Row++
	t.levelTable(s)
	s.PrintArea(s.Row)
}

func (t *template) instruction(s *sheet.Sheet, step int, width float64) {
	key, tall := fmt.Sprintf("template.step.%d", step), 0.0
	for side, words := range []i18n.Words{t.Words, t.second} {
		column := sheet.FirstColumn + 2*side
		body := words.T(key)
		s.Set(column, s.Row, step, sheet.Look{
			Bold: true, Colour: sheet.Accent, Top: true, Format: `0`,
			Align: sheet.Middle, Edge: sheet.Under,
		})
		s.Set(column+1, s.Row, body, sheet.Look{Wrap: true, Top: true, Edge: sheet.Under})
		t.towards(s, column+1, words.Language, sheet.Look{Wrap: true, Top: true, Edge: sheet.Under})
		tall = max(tall, sheet.TextHeight(body, width, 0))
	}
	s.Height(s.Row, tall+8)
	s.Row++
}

// levelTable explains the four levels, which the target chooses from.
func (t *template) levelTable(s *sheet.Sheet) {
	for side, words := range []i18n.Words{t.Words, t.second} {
		column := sheet.FirstColumn + 2*side
		s.Merge(column, column+1, s.Row, words.T("template.levels"),
			sheet.Look{Size: 12, Bold: true, Colour: sheet.Accent, Edge: sheet.Strong})
		t.towards(s, column, words.Language, sheet.Look{Size: 12, Bold: true, Colour: sheet.Accent, Edge: sheet.Strong})
	}
	s.Height(s.Row, sheet.HeadingHeight)
	s.Row++
	for level := 1; level <= 4; level++ {
		tall := 0.0
		for side, words := range []i18n.Words{t.Words, t.second} {
			column := sheet.FirstColumn + 2*side
			body := words.T(fmt.Sprintf("base.level.%d", level)) + ": " +
				words.T(fmt.Sprintf("reports.definition.level.%d", level))
			s.Set(column, s.Row, level, sheet.Look{
				Bold: true, Colour: sheet.Accent, Top: true, Format: `0`, Align: sheet.Middle, Edge: sheet.Under,
			})
			s.Set(column+1, s.Row, body, sheet.Look{Wrap: true, Top: true, Edge: sheet.Under})
			t.towards(s, column+1, words.Language, sheet.Look{Wrap: true, Top: true, Edge: sheet.Under})
			tall = max(tall, sheet.TextHeight(body, 62, 0))
		}
		s.Height(s.Row, tall+8)
		s.Row++
	}
}

// towards gives a cell the reading direction of the language its text is in, whatever the sheet's.
func (t *template) towards(s *sheet.Sheet, column int, language i18n.Language, k sheet.Look) {
	style := t.Describe(k)
	direct(style.Alignment, language)
	id, err := t.File.NewStyle(style)
	t.Keep(err)
	cell := s.Address(column, s.Row)
	t.Keep(t.File.SetCellStyle(s.Name, cell, cell, id))
}
