package reports

import (
	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// The columns of the highlights: figure, value, compared with, comparison, change, status, note.
var highlightWidths = []float64{36, 15, 28, 15, 13, 18, 40}

// writeHighlights is the page that is read when no other is.
func (w *workbook) writeHighlights(months placed) {
	s := w.openSheet("highlights", highlightWidths...)
	s.title(w.T("reports.highlights.title", i18n.Args{"month": w.Month(w.edition.Month)}))
	s.paragraph(sum(highlightWidths), w.verdict(), look{size: 13, bold: true})
	s.gap()
	s.headlineTable()
	s.gap()
	s.chartAndMessages(months)
	s.printArea(s.row)
	s.freeze(1, 4)
}

func (s *sheet) headlineTable() {
	headers := []string{"figure", "value", "against", "comparison", "change", "status", "note"}
	columns := make([]column, len(headers))
	for i, key := range headers {
		columns[i] = column{title: s.T("reports.column." + key), width: highlightWidths[i]}
	}
	for _, i := range []int{1, 3, 4} {
		columns[i].look.align = end
	}
	for _, i := range []int{2, 5, 6} {
		columns[i].look.indent = 1
	}
	list := s.headlines()
	rows := make([][]any, len(list))
	for i, h := range list {
		rows[i] = s.headlineRow(h)
	}
	at := s.table(table{name: "Headlines", columns: columns, rows: rows})
	for i, h := range list {
		row := at.first + i
		s.height(row, 21)
		s.set(firstColumn, row, h.label, look{bold: true, edge: under})
		s.set(firstColumn+1, row, h.Value, look{size: 13, bold: true, colour: accent, format: h.format, align: end, edge: under})
		s.set(firstColumn+3, row, h.Against, look{format: h.format, align: end, edge: under})
		s.set(firstColumn+4, row, h.Change, look{format: h.changeAs, align: end, edge: under})
		s.define(h.name, firstColumn+1, row)
		if h.otherName != "" {
			s.define(h.otherName, firstColumn+3, row)
		}
	}
}

// headlineRow holds a figure's words; its numbers follow with formats of their own.
func (s *sheet) headlineRow(h headline) []any {
	var status any = s.Standing("", string(h.Direction))
	if h.Status != "" {
		status = s.standing(h.Status)
	}
	note := h.note
	if word := s.missingWord(h); word != "" {
		note = word
	}
	return []any{h.label, nil, h.against, nil, nil, status, note}
}

// missingWord says which of a figure's two numbers is not there, and why.
func (s *sheet) missingWord(h headline) string {
	g := s.gaps()
	note(g, h.label, programme.Count{State: h.Value.State})
	note(g, h.against, programme.Count{State: h.Against.State})
	return g.text()
}

// stateOf is the state of a number of either kind; a plain one is reported.
func stateOf(value any) programme.State {
	switch v := value.(type) {
	case programme.Count:
		return v.State
	case programme.Ratio:
		return v.State
	default:
		return programme.Reported
	}
}

// panel is the height in points that the chart and the messages beside it take at least.
const panel = 285.0

// chartAndMessages puts the burn-up at the start and, beside it, what it means and what is asked.
func (s *sheet) chartAndMessages(months placed) {
	begin := s.row
	const from, width = firstColumn + 3, 86
	s.heading(firstColumn, firstColumn+2, s.row, s.T("reports.highlights.burn_up"))
	s.heading(from, s.last, s.row, s.T("reports.highlights.messages"))
	s.row++
	messages, decisions := s.messages(), s.decisions()
	heights := make([]float64, 0, len(messages)+len(decisions))
	total := headingHeight
	for _, text := range append(append([]string{}, messages...), decisions...) {
		h := textHeight(text, width-3, 0) + 3
		heights = append(heights, h)
		total += h
	}
	if total < panel {
		extra := (panel - total) / float64(len(heights))
		for i := range heights {
			heights[i] += extra
		}
	}
	for i, text := range messages {
		s.numbered(from, i+1, text, heights[i])
	}
	s.heading(from, s.last, s.row, s.T("reports.highlights.decisions"))
	s.row++
	for i, text := range decisions {
		s.numbered(from, i+1, text, heights[len(messages)+i])
	}
	s.burnUp(begin+1, append(heights, headingHeight), months)
}

func (s *sheet) numbered(from, n int, text string, height float64) {
	s.merge(from, s.last, s.row, s.Int(int64(n))+". "+text, look{wrap: true, edge: under})
	s.height(s.row, height)
	s.row++
}

// burnUp draws goal, plan and counted over the months of the maturity sheet.
func (s *sheet) burnUp(row int, heights []float64, months placed) {
	d := drawing{
		name: "burn-up", title: s.T("reports.chart.burn_up"), alt: s.burnUpSentence(), format: wholeFormat,
		categories: months.reference(0), column: firstColumn, row: row,
		width: pixels(highlightWidths[:3]...), height: rowPixels(heights...),
	}
	d.series = []line{
		{title: months.title(1), values: months.reference(1), colour: "8A949A", dash: excelize.LineDashSysDash, width: 1.5},
		{title: months.title(2), values: months.reference(2), colour: ink, dash: excelize.LineDashDash, width: 1.75},
		{title: months.title(3), values: months.reference(3), colour: "3B7784", dash: excelize.LineDashSysDot, width: 1.75},
		{title: months.title(4), values: months.reference(4), colour: accent, dash: excelize.LineDashSolid, width: 3},
	}
	if s.figures.Verified.Forecast.P50.Known() { // the edges of the 80 % band
		d.series = append(d.series,
			line{title: months.title(11), values: months.reference(11), colour: accent, dash: excelize.LineDashSysDash, width: 1},
			line{title: months.title(13), values: months.reference(13), colour: accent, dash: excelize.LineDashSysDash, width: 1},
		)
	}
	s.lines(d)
}
