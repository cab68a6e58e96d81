package reports

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
)

// instructionSteps is how many steps the instructions have: template.step.1 and on.
const instructionSteps = 9

// writeInstructions says how the plan is filled and sent, in both languages beside each other.
func (t *planTemplate) writeInstructions() {
	const number, text = 5.0, 62.0
	s := t.bareSheet(t.T("template.sheet.instructions"), 5)
	t.view(s, false)
	t.layOutPage(s)
	fit, wide, tall := true, 1, 1
	t.keep(t.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	t.keep(t.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{FitToWidth: &wide, FitToHeight: &tall}))
	s.width(1, marginWidth)
	for column, width := range []float64{number, text, number, text} {
		s.width(firstColumn+column, width)
	}
	s.merge(firstColumn, s.last, 1, t.both("template.instructions.title", wordSeparator), look{size: 18, bold: true, colour: accent})
	s.height(1, 34)
	s.merge(firstColumn, s.last, 2, t.entityName(), look{size: 11, colour: muted})
	s.height(2, 22)
	s.row = 4
	for step := 1; step <= instructionSteps; step++ {
		t.instruction(s, step, text)
	}
	s.row++
	t.levelTable(s)
	s.printArea(s.row)
}

func (t *planTemplate) instruction(s *page, step int, width float64) {
	key, tall := fmt.Sprintf("template.step.%d", step), 0.0
	for side, words := range []i18n.Words{t.Words, t.second} {
		column := firstColumn + 2*side
		body := words.T(key)
		s.set(column, s.row, step, look{bold: true, colour: accent, top: true, format: `0`, align: middle, edge: under})
		s.set(column+1, s.row, body, look{wrap: true, top: true, edge: under})
		t.towards(s, column+1, words.Language, look{wrap: true, top: true, edge: under})
		tall = max(tall, textHeight(body, width, 0))
	}
	s.height(s.row, tall+8)
	s.row++
}

// levelTable explains the four levels, which the target chooses from.
func (t *planTemplate) levelTable(s *page) {
	for side, words := range []i18n.Words{t.Words, t.second} {
		column := firstColumn + 2*side
		s.merge(column, column+1, s.row, words.T("template.levels"), look{size: 12, bold: true, colour: accent, edge: strong})
		t.towards(s, column, words.Language, look{size: 12, bold: true, colour: accent, edge: strong})
	}
	s.height(s.row, headingHeight)
	s.row++
	for level := 1; level <= 4; level++ {
		tall := 0.0
		for side, words := range []i18n.Words{t.Words, t.second} {
			column := firstColumn + 2*side
			body := words.T(fmt.Sprintf("base.level.%d", level)) + ": " + words.T(fmt.Sprintf("reports.definition.level.%d", level))
			s.set(column, s.row, level, look{bold: true, colour: accent, top: true, format: `0`, align: middle, edge: under})
			s.set(column+1, s.row, body, look{wrap: true, top: true, edge: under})
			t.towards(s, column+1, words.Language, look{wrap: true, top: true, edge: under})
			tall = max(tall, textHeight(body, 62, 0))
		}
		s.height(s.row, tall+8)
		s.row++
	}
}

// towards gives a cell the reading direction of the language its text is in, whatever the sheet's.
func (t *planTemplate) towards(s *page, column int, language i18n.Language, k look) {
	style := t.describe(k)
	direct(style.Alignment, language)
	id, err := t.file.NewStyle(style)
	t.keep(err)
	cell := s.address(column, s.row)
	t.keep(t.file.SetCellStyle(s.name, cell, cell, id))
}
