package reports

import (
	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// The columns of the highlights: figure, value, compared with, comparison, change, status, note.
var highlightWidths = []float64{36, 15, 28, 15, 13, 18, 40}

// writeHighlights is the page that is read when no other is.
func (w *workbook) writeHighlights(months sheet.Placed) {
	s := w.openSheet("highlights", highlightWidths...)
	s.Title(w.T("reports.highlights.title", i18n.Args{"month": w.Month(w.edition.Month)}))
	s.Paragraph(sum(highlightWidths), w.verdict(), sheet.Look{Size: 13, Bold: true})
	s.Gap()
	s.headlineTable()
	s.Gap()
	s.chartAndMessages(months)
	s.PrintArea(s.Row)
	s.Freeze(1, 4)
}

// headlineNote is the column of notes, whose texts may need more than a line.
const headlineNote = 6

func (s *tab) headlineTable() {
	headers := []string{"figure", "value", "against", "comparison", "change", "status", "note"}
	columns := make([]sheet.Column, len(headers))
	for i, key := range headers {
		columns[i] = sheet.Column{Title: s.T("reports.column." + key), Width: highlightWidths[i]}
	}
	for _, i := range []int{1, 3, 4} {
		columns[i].Look.Align, columns[i].Look.Format = sheet.End, sheet.WholeFormat
	}
	for _, i := range []int{2, 5, 6} {
		columns[i].Look.Indent = 1
	}
	columns[headlineNote].Look.Wrap = true
	list := s.headlines()
	rows := make([][]any, len(list))
	for i, h := range list {
		rows[i] = s.headlineRow(h)
	}
	at := s.Table(sheet.Table{Name: "Headlines", Columns: columns, Rows: rows})
	for i, h := range list {
		row := at.First + i
		note, _ := rows[i][headlineNote].(string)
		s.Height(row, max(21, sheet.TextHeight(note, highlightWidths[headlineNote]-1, sheet.OrdinarySize)))
		s.Set(sheet.FirstColumn, row, h.label, sheet.Look{Bold: true, Edge: sheet.Under})
		s.Set(sheet.FirstColumn+1, row, h.Value, sheet.Look{
			Size: 13, Bold: true, Colour: sheet.Accent, Format: h.format, Align: sheet.End, Edge: sheet.Under,
		})
		s.Set(sheet.FirstColumn+3, row, h.Against, sheet.Look{Format: h.format, Align: sheet.End, Edge: sheet.Under})
		s.Set(sheet.FirstColumn+4, row, h.Change, sheet.Look{Format: h.changeAs, Align: sheet.End, Edge: sheet.Under})
		s.Define(h.name, sheet.FirstColumn+1, row)
		if h.otherName != "" {
			s.Define(h.otherName, sheet.FirstColumn+3, row)
		}
	}
}

// headlineRow holds a figure's words; its numbers follow with formats of their own.
func (s *tab) headlineRow(h headline) []any {
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
func (s *tab) missingWord(h headline) string {
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
func (s *tab) chartAndMessages(months sheet.Placed) {
	begin := s.Row
	const from, width = sheet.FirstColumn + 3, 86
	s.Heading(sheet.FirstColumn, sheet.FirstColumn+2, s.Row, s.T("reports.highlights.burn_up"))
	s.Heading(from, s.Last, s.Row, s.T("reports.highlights.messages"))
	s.Row++
	messages, decisions := s.messages(), s.decisions()
	heights := make([]float64, 0, len(messages)+len(decisions))
	total := sheet.HeadingHeight
	for _, text := range append(append([]string{}, messages...), decisions...) {
		h := sheet.TextHeight(text, width-3, 0) + 3
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
	s.Heading(from, s.Last, s.Row, s.T("reports.highlights.decisions"))
	s.Row++
	for i, text := range decisions {
		s.numbered(from, i+1, text, heights[len(messages)+i])
	}
	s.burnUp(begin+1, append(heights, sheet.HeadingHeight), months)
}

func (s *tab) numbered(from, n int, text string, height float64) {
	s.Merge(from, s.Last, s.Row, s.Int(int64(n))+". "+text, sheet.Look{Wrap: true, Edge: sheet.Under})
	s.Height(s.Row, height)
	s.Row++
}

// burnUp draws goal, plan and counted over the months of the maturity sheet.
func (s *tab) burnUp(row int, heights []float64, months sheet.Placed) {
	d := sheet.Chart{
		Name: "burn-up", Title: s.T("reports.chart.burn_up"), Alt: s.burnUpSentence(), Format: sheet.WholeFormat,
		Categories: months.Reference(0), Column: sheet.FirstColumn, Row: row,
		Width: sheet.Pixels(highlightWidths[:3]...), Height: sheet.RowPixels(heights...),
	}
	d.Series = []sheet.Series{
		{
			Title: months.Title(1), Values: months.Reference(1), Colour: "8A949A", Dash: excelize.LineDashSysDash,
			Width: 1.5,
		},
		{
			Title: months.Title(2), Values: months.Reference(2), Colour: sheet.Ink, Dash: excelize.LineDashDash,
			Width: 1.75,
		},
		{
			Title: months.Title(3), Values: months.Reference(3), Colour: "3B7784", Dash: excelize.LineDashSysDot,
			Width: 1.75,
		},
		{
			Title: months.Title(4), Values: months.Reference(4), Colour: sheet.Accent, Dash: excelize.LineDashSolid,
			Width: 3,
		},
	}
	if s.figures.Verified.Forecast.P50.Known() { // the edges of the 80 % band
		d.Series = append(d.Series,
			sheet.Series{
				Title: months.Title(11), Values: months.Reference(11), Colour: sheet.Accent,
				Dash: excelize.LineDashSysDash, Width: 1,
			},
			sheet.Series{
				Title: months.Title(13), Values: months.Reference(13), Colour: sheet.Accent,
				Dash: excelize.LineDashSysDash, Width: 1,
			},
		)
	}
	s.LineChart(d)
}
