package reports

import (
	"slices"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// The columns of the maturity sheet are those of its table of months.
var maturityWidths = []float64{30, 12, 12, 12, 12, 13, 14, 14, 14, 14, 13, 12, 12, 12, 34}

// writeMaturity shows how far services have come, and returns the table of months that charts draw from.
func (w *workbook) writeMaturity() placed {
	s := w.openSheet("maturity", maturityWidths...)
	s.title(w.T("reports.maturity.title"))
	s.paragraph(sum(maturityWidths), w.maturityMessage(), look{size: 12, bold: true})
	s.gap()
	top := s.row
	s.heading(firstColumn, firstColumn+4, top, w.T("reports.maturity.levels"))
	s.heading(firstColumn+6, s.last, top, w.T("reports.maturity.pace"))
	s.pace(firstColumn+6, top+1)
	s.row = top + 1
	s.levels()
	s.row = max(s.row, top+3+len(s.paceFigures()))
	s.gap()
	s.heading(firstColumn, s.last, s.row, w.T("reports.maturity.chart"))
	chart := s.row + 1
	for s.row = chart; s.row < chart+chartRows; s.row++ {
		s.height(s.row, chartRowHeight)
	}
	s.breakPage(s.row)
	s.heading(firstColumn, s.last, s.row, w.T("reports.maturity.months"))
	s.row++
	months := s.months()
	s.repeat(months.header)
	s.gap()
	s.notCounted()
	s.stack(chart, months)
	s.printArea(s.row)
	s.freeze(1, 4)
	return months
}

// The rows that a chart over the whole width takes, and their height in points.
const (
	chartRows      = 21
	chartRowHeight = 15.0
)

// levels is the table of the four levels, with a check that they sum to the count.
func (s *sheet) levels() {
	p, claimed := &s.figures.Verified, &s.figures.Claimed
	columns := []column{
		{title: s.T("reports.column.level"), width: maturityWidths[0]},
		{title: s.T("reports.column.verified"), width: 12, look: look{format: wholeFormat, align: end, bold: true}},
		{title: s.T("reports.column.share"), width: 12, look: look{format: percentFormat, align: end}},
		{title: s.T("reports.column.claimed"), width: 12, look: look{format: wholeFormat, align: end}},
		{title: s.T("reports.column.year_ago"), width: 12, look: look{format: wholeFormat, align: end}},
	}
	before := p.At(s.figures.On.Month() - 12)
	var rows [][]any
	for _, level := range programme.Levels() {
		yearAgo := programme.Count{}
		if before.Counted.Known() {
			yearAgo = programme.CountOf(before.ByLevel.At(level))
		}
		rows = append(rows, []any{
			s.levelName(level), p.ByLevel.At(level), programme.RatioOf(float64(p.ByLevel.At(level)), float64(p.Counted)),
			claimed.ByLevel.At(level), yearAgo,
		})
	}
	at := s.table(table{name: "Levels", columns: columns, rows: rows})
	for i, level := range programme.Levels() {
		s.define("progress_by_level_"+s.digit(level), firstColumn+1, at.first+i)
		s.set(firstColumn, at.first+i, s.levelName(level), look{bold: true, wrap: true, colour: levelColour(level), edge: under})
	}
	s.check(at)
	if !before.Counted.Known() {
		s.merge(firstColumn, firstColumn+4, s.row, s.T("reports.missing", i18n.Args{
			"state": s.State(before.Counted.State), "what": columns[4].title,
		}), look{size: 9, italic: true, colour: muted})
		s.row++
	}
}

func (s *sheet) digit(level programme.Level) string { return s.Int(int64(level)) }

func (w *workbook) levelName(level programme.Level) string {
	return w.Int(int64(level)) + " – " + w.T("base.level."+w.Int(int64(level)))
}

// check writes the one formula of the sheet: the levels' sum less the count, which must be 0.
func (s *sheet) check(at placed) {
	p := &s.figures.Verified
	k := look{size: 9, colour: muted, edge: strongUp}
	s.merge(firstColumn, firstColumn+3, s.row, s.T("reports.maturity.check"), k)
	k.format, k.align = `0`, end
	column := firstColumn + 4
	s.set(column, s.row, p.ByLevel.Total()-p.Counted, k)
	formula := "SUM(" + s.address(firstColumn+1, at.first) + ":" + s.address(firstColumn+1, at.last) + ")-progress_counted"
	s.keep(s.file.SetCellFormula(s.name, s.address(column, s.row), formula))
	s.row++
}

// valued is a named figure of a list.
type valued struct {
	key, name string
	value     any
	format    string
}

func (s *sheet) paceFigures() []valued {
	p := &s.figures.Verified
	return []valued{
		{"goal", "progress_goal", p.Goal, wholeFormat},
		{"share", "progress_share", p.Share, percentFormat},
		{"schedule_index", "progress_schedule_index", p.ScheduleIndex, indexFormat},
		{"variance", "progress_variance", p.Variance, signedFormat},
		{"months_left", "progress_months_left", p.MonthsLeft, wholeFormat},
		{"recent_rate_6", "progress_recent_rate_months_6", p.RecentRate.Months6, rateFormat},
		{"slip_median", "progress_slip_median", p.SlipMedian, rateFormat},
		{"slip_over_30", "progress_slip_over_30", p.SlipOver30, wholeFormat},
		{"counted_new", "progress_counted_new", p.CountedNew, wholeFormat},
		{"counted_all", "progress_counted_all", p.CountedAll, wholeFormat},
		{"forecast", "progress_forecast_p50", p.Forecast.P50, wholeFormat},
		{"forecast_p10", "progress_forecast_p10", p.Forecast.P10, wholeFormat},
		{"forecast_p90", "progress_forecast_p90", p.Forecast.P90, wholeFormat},
		{"forecast_probability", "progress_forecast_probability", p.Forecast.Probability, percentFormat},
		{"forecast_coverage", "progress_forecast_coverage", p.Forecast.Coverage, percentFormat},
	}
}

func (s *sheet) pace(column, row int) {
	header := look{bold: true, size: 9, colour: accent, fill: tint, top: true, edge: strong}
	s.merge(column, column+2, row, s.T("reports.column.figure"), header)
	header.align = end
	s.set(column+3, row, s.T("reports.column.value"), header)
	header.align = start
	s.merge(column+4, s.last, row, nil, header)
	s.list(column, column+3, row+1, s.last, s.paceFigures())
}

// listHeight is the height in points of a row of a list.
const listHeight = 18.2

// list writes labels, values and, where a value is missing, the word beside it.
func (s *sheet) list(column, valueColumn, row, lastColumn int, figures []valued) {
	for i, f := range figures {
		at := row + i
		s.merge(column, valueColumn-1, at, s.T("reports.figure."+f.key), look{edge: under})
		s.set(valueColumn, at, f.value, look{bold: true, format: f.format, align: end, edge: under})
		s.define(f.name, valueColumn, at)
		word := ""
		if cellValue(f.value) == nil {
			word = s.State(stateOf(f.value))
		}
		s.merge(valueColumn+1, lastColumn, at, word, look{italic: true, colour: muted, edge: under, indent: 1})
		s.height(at, listHeight)
	}
}

// notCounted lists how many services each clause of the rule keeps from counting.
func (s *sheet) notCounted() {
	s.heading(firstColumn, s.last, s.row, s.T("reports.maturity.not_counted"))
	s.row++
	for _, c := range s.figures.Verified.NotCounted {
		s.set(firstColumn, s.row, c.Services, look{bold: true, format: wholeFormat, align: start, edge: under})
		s.merge(firstColumn+1, s.last, s.row, s.T("base.clause."+string(c.Clause)), look{edge: under})
		s.height(s.row, 17)
		s.row++
	}
	if len(s.figures.Verified.NotCounted) == 0 {
		s.merge(firstColumn, s.last, s.row, s.T("reports.maturity.all_counted"), look{italic: true, colour: muted})
		s.row++
	}
	s.gap()
}

// months is the table that the burn-up and the stack are drawn from; after the date described its counts are empty.
func (s *sheet) months() placed {
	titles := []string{"month", "goal", "plan", "current_plan", "counted", "end_to_end", "level_1", "level_2", "level_3", "level_4", "end_to_end_share", "forecast_p10", "forecast_p50", "forecast_p90", "missing"}
	columns := make([]column, len(titles))
	for i, key := range titles {
		columns[i] = column{title: s.T("reports.column." + key), width: maturityWidths[i], look: look{format: wholeFormat, align: end}}
	}
	columns[0].look = look{format: monthFormat(s.Language), align: start}
	columns[10].look.format = percentFormat
	columns[14].look = look{size: 8, italic: true, colour: muted, wrap: true, indent: 1}
	rows := make([][]any, 0, len(s.figures.Verified.Series))
	for _, point := range s.figures.Verified.Series {
		rows = append(rows, s.monthRow(point, columns))
	}
	return s.table(table{name: "Months", columns: columns, rows: rows})
}

func (s *sheet) monthRow(point figures.ProgressMonth, columns []column) []any {
	g := s.gaps()
	row := []any{
		point.Month, s.figures.Verified.Goal, note(g, columns[2].title, point.Plan), note(g, columns[3].title, point.CurrentPlan),
		note(g, columns[4].title, point.Counted), note(g, columns[5].title, point.EndToEnd),
	}
	if !point.Counted.Known() {
		row = append(row, nil, nil, nil, nil, nil)
		return append(append(row, forecastCells(g, columns, point.Forecast)...), g.text())
	}
	for _, level := range programme.Levels() {
		row = append(row, point.ByLevel.At(level))
	}
	share := programme.RatioOf(float64(point.ByLevel.EndToEnd()), float64(point.Counted.Value))
	row = append(row, note(g, columns[10].title, share))
	return append(append(row, forecastCells(g, columns, point.Forecast)...), g.text())
}

// forecastCells are the 80 % band and its median; one word says why all three are empty.
func forecastCells(g *gaps, columns []column, b forecast.Bands) []any {
	return []any{b.P10, note(g, columns[12].title, b.P50), b.P90}
}

// stack draws the levels as stacked columns with the plan as a line over them.
func (s *sheet) stack(row int, months placed) {
	d := drawing{
		name: "maturity", title: s.T("reports.chart.maturity"), alt: s.maturityMessage(), format: wholeFormat,
		categories: months.reference(0), column: firstColumn, row: row,
		width: pixels(maturityWidths...), height: rowPixels(slices.Repeat([]float64{chartRowHeight}, chartRows)...),
	}
	for _, level := range programme.Levels() {
		n := 5 + int(level)
		d.series = append(d.series, line{title: months.title(n), values: months.reference(n), colour: levelColour(level)})
	}
	s.columns(d, line{title: months.title(2), values: months.reference(2), colour: "A3242B", dash: excelize.LineDashDash, width: 1.75})
}
