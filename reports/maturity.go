package reports

import (
	"slices"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// The columns of the maturity sheet are those of its table of months.
var maturityWidths = []float64{30, 12, 12, 12, 12, 13, 14, 14, 14, 14, 13, 12, 12, 12, 34}

// writeMaturity shows how far services have come, and returns the table of months that charts draw from.
func (w *workbook) writeMaturity() sheet.Placed {
	s := w.openSheet("maturity", maturityWidths...)
	s.Title(w.T("reports.maturity.title"))
	s.Paragraph(sum(maturityWidths), w.maturityMessage(), sheet.Look{Size: 12, Bold: true})
	s.Gap()
	top := s.Row
	s.Heading(sheet.FirstColumn, sheet.FirstColumn+4, top, w.T("reports.maturity.levels"))
	s.Heading(sheet.FirstColumn+6, s.Last, top, w.T("reports.maturity.pace"))
	s.pace(sheet.FirstColumn+6, top+1)
	s.Row = top + 1
	s.levels()
	s.Row = max(s.Row, top+3+len(s.paceFigures()))
	s.Gap()
	s.Heading(sheet.FirstColumn, s.Last, s.Row, w.T("reports.maturity.chart"))
	chart := s.Row + 1
	for s.Row = chart; s.Row < chart+chartRows; s.Row++ {
		s.Height(s.Row, chartRowHeight)
	}
	s.BreakPage(s.Row)
	s.Heading(sheet.FirstColumn, s.Last, s.Row, w.T("reports.maturity.months"))
	s.Row++
	months := s.months()
	s.Repeat(months.Header)
	s.Gap()
	s.notCounted()
	s.stack(chart, months)
	s.PrintArea(s.Row)
	s.Freeze(1, 4)
	return months
}

// The rows that a chart over the whole width takes, and their height in points.
const (
	chartRows      = 21
	chartRowHeight = 15.0
)

// levels is the table of the four levels, with a check that they sum to the count.
func (s *tab) levels() {
	p, claimed := &s.figures.Verified, &s.figures.Claimed
	columns := []sheet.Column{
		{Title: s.T("reports.column.level"), Width: maturityWidths[0]},
		{
			Title: s.T("reports.column.verified"), Width: 12,
			Look: sheet.Look{Format: sheet.WholeFormat, Align: sheet.End, Bold: true},
		},
		{
			Title: s.T("reports.column.share"), Width: 12,
			Look: sheet.Look{Format: sheet.PercentFormat, Align: sheet.End},
		},
		{
			Title: s.T("reports.column.claimed"), Width: 12,
			Look: sheet.Look{Format: sheet.WholeFormat, Align: sheet.End},
		},
		{
			Title: s.T("reports.column.year_ago"), Width: 12,
			Look: sheet.Look{Format: sheet.WholeFormat, Align: sheet.End},
		},
	}
	before := p.At(s.figures.On.Month() - 12)
	var rows [][]any
	for _, level := range programme.Levels() {
		yearAgo := programme.Count{}
		if before.Counted.Known() {
			yearAgo = programme.CountOf(before.ByLevel.At(level))
		}
		rows = append(rows, []any{
			s.levelName(level), p.ByLevel.At(level),
			programme.RatioOf(float64(p.ByLevel.At(level)), float64(p.Counted)),
			claimed.ByLevel.At(level), yearAgo,
		})
	}
	at := s.Table(sheet.Table{Name: "Levels", Columns: columns, Rows: rows})
	for i, level := range programme.Levels() {
		s.Define("progress_by_level_"+s.digit(level), sheet.FirstColumn+1, at.First+i)
		s.Set(sheet.FirstColumn, at.First+i, s.levelName(level),
			sheet.Look{Bold: true, Wrap: true, Colour: levelColour(level), Edge: sheet.Under})
	}
	s.check(at)
	if !before.Counted.Known() {
		s.Merge(sheet.FirstColumn, sheet.FirstColumn+4, s.Row, s.T("reports.missing", i18n.Args{
			"state": s.State(before.Counted.State), "what": columns[4].Title,
		}), sheet.Look{Size: 9, Italic: true, Colour: sheet.Muted})
		s.Row++
	}
}

func (s *tab) digit(level programme.Level) string { return s.Int(int64(level)) }

func (w *workbook) levelName(level programme.Level) string {
	return w.Int(int64(level)) + " – " + w.T("base.level."+w.Int(int64(level)))
}

// check writes the one formula of the sheet: the levels' sum less the count, which must be 0.
func (s *tab) check(at sheet.Placed) {
	p := &s.figures.Verified
	k := sheet.Look{Size: 9, Colour: sheet.Muted, Edge: sheet.StrongUp}
	s.Merge(sheet.FirstColumn, sheet.FirstColumn+3, s.Row, s.T("reports.maturity.check"), k)
	k.Format, k.Align = `0`, sheet.End
	column := sheet.FirstColumn + 4
	s.Set(column, s.Row, p.ByLevel.Total()-p.Counted, k)
	formula := "SUM(" + s.Address(sheet.FirstColumn+1, at.First) + ":" + s.Address(sheet.FirstColumn+1, at.Last) +
		")-progress_counted"
	s.Keep(s.File.SetCellFormula(s.Name, s.Address(column, s.Row), formula))
	s.Row++
}

// valued is a named figure of a list.
type valued struct {
	key, name string
	value     any
	format    string
}

func (s *tab) paceFigures() []valued {
	p := &s.figures.Verified
	atMost := &p.Reach.AtMost
	return []valued{
		{"goal", "progress_goal", p.Goal, sheet.WholeFormat},
		{"share", "progress_share", p.Share, sheet.PercentFormat},
		{"schedule_index", "progress_schedule_index", p.ScheduleIndex, sheet.IndexFormat},
		{"variance", "progress_variance", p.Variance, sheet.SignedFormat},
		{"months_left", "progress_months_left", p.MonthsLeft, sheet.WholeFormat},
		{"recent_rate_6", "progress_recent_rate_months_6", p.RecentRate.Months6, sheet.RateFormat},
		{"slip_median", "progress_slip_median", p.SlipMedian, sheet.RateFormat},
		{"slip_over_30", "progress_slip_over_30", p.SlipOver30, sheet.WholeFormat},
		{"counted_new", "progress_counted_new", p.CountedNew, sheet.WholeFormat},
		{"counted_all", "progress_counted_all", p.CountedAll, sheet.WholeFormat},
		{"forecast", "progress_forecast_p50", p.Forecast.P50, sheet.WholeFormat},
		{"forecast_p10", "progress_forecast_p10", p.Forecast.P10, sheet.WholeFormat},
		{"forecast_p90", "progress_forecast_p90", p.Forecast.P90, sheet.WholeFormat},
		{"forecast_probability", "progress_forecast_probability", p.Forecast.Probability, s.chanceFormat()},
		{"likelihood", "", s.likelihood(), ""},
		{"forecast_coverage", "progress_forecast_coverage", p.Forecast.Coverage, sheet.PercentFormat},
		{"reach_missing", "progress_reach_missing", p.Reach.Missing, sheet.WholeFormat},
		{"reach_awaiting_verification", "progress_reach_awaiting_verification", p.Reach.AwaitingVerification, sheet.WholeFormat},
		{"at_most_awaiting_verification", "progress_reach_at_most_without_awaiting_verification", atMost.AwaitingVerification, sheet.WholeFormat},
		{"reach_late", "progress_reach_late", p.Reach.Late, sheet.WholeFormat},
		{"at_most_late", "progress_reach_at_most_without_late", atMost.Late, sheet.WholeFormat},
		{"reach_due", "progress_reach_due", p.Reach.Due, sheet.WholeFormat},
		{"at_most_due", "progress_reach_at_most_without_due", atMost.Due, sheet.WholeFormat},
	}
}

// likelihood is the word for the likelihood of the goal; nothing without a forecast.
func (s *tab) likelihood() any {
	word, _ := s.figures.Verified.Likelihood()
	if word == "" {
		return s.figures.Verified.Forecast.Probability
	}
	return s.Likelihood(string(word), programme.Ratio{})
}

// chanceFormat shows a probability as a whole percentage, and the ends in words.
func (s *tab) chanceFormat() string {
	return `[<0.01]"` + s.T("base.chance.below") + `";[>0.99]"` + s.T("base.chance.above") + `";0%`
}

func (s *tab) pace(column, row int) {
	header := sheet.Look{Bold: true, Size: 9, Colour: sheet.Accent, Fill: sheet.Tint, Top: true, Edge: sheet.Strong}
	s.Merge(column, column+2, row, s.T("reports.column.figure"), header)
	header.Align = sheet.End
	s.Set(column+3, row, s.T("reports.column.value"), header)
	header.Align = sheet.Start
	s.Merge(column+4, s.Last, row, nil, header)
	s.list(column, column+3, row+1, s.Last, s.paceFigures())
}

// listHeight is the height in points of a row of a list.
const listHeight = 18.2

// list writes labels, values and, where a value is missing, the word beside it.
func (s *tab) list(column, valueColumn, row, lastColumn int, figures []valued) {
	for i, f := range figures {
		at := row + i
		s.Merge(column, valueColumn-1, at, s.T("reports.figure."+f.key), sheet.Look{Edge: sheet.Under})
		s.Set(valueColumn, at, f.value, sheet.Look{Bold: true, Format: f.format, Align: sheet.End, Edge: sheet.Under})
		if f.name != "" { // words are no figure
			s.Define(f.name, valueColumn, at)
		}
		word := ""
		if sheet.CellValue(f.value) == nil {
			word = s.State(stateOf(f.value))
		}
		s.Merge(valueColumn+1, lastColumn, at, word,
			sheet.Look{Italic: true, Colour: sheet.Muted, Edge: sheet.Under, Indent: 1})
		s.Height(at, listHeight)
	}
}

// notCounted lists how many services each clause of the rule keeps from counting.
func (s *tab) notCounted() {
	s.Heading(sheet.FirstColumn, s.Last, s.Row, s.T("reports.maturity.not_counted"))
	s.Row++
	for _, c := range s.figures.Verified.NotCounted {
		s.Set(sheet.FirstColumn, s.Row, c.Services,
			sheet.Look{Bold: true, Format: sheet.WholeFormat, Align: sheet.Start, Edge: sheet.Under})
		s.Merge(sheet.FirstColumn+1, s.Last, s.Row, s.T("base.clause."+string(c.Clause)), sheet.Look{Edge: sheet.Under})
		s.Height(s.Row, 17)
		s.Row++
	}
	if len(s.figures.Verified.NotCounted) == 0 {
		s.Merge(sheet.FirstColumn, s.Last, s.Row, s.T("reports.maturity.all_counted"),
			sheet.Look{Italic: true, Colour: sheet.Muted})
		s.Row++
	}
	s.Gap()
}

// months is the table that the burn-up and the stack are drawn from; after the date described its counts are empty.
func (s *tab) months() sheet.Placed {
	titles := []string{
		"month", "goal", "plan", "current_plan", "counted", "end_to_end", "level_1", "level_2",
		"level_3", "level_4", "end_to_end_share", "forecast_p10", "forecast_p50", "forecast_p90", "missing",
	}
	columns := make([]sheet.Column, len(titles))
	for i, key := range titles {
		columns[i] = sheet.Column{
			Title: s.T("reports.column." + key), Width: maturityWidths[i],
			Look: sheet.Look{Format: sheet.WholeFormat, Align: sheet.End},
		}
	}
	columns[0].Look = sheet.Look{Format: sheet.MonthFormat(s.Language), Align: sheet.Start}
	columns[10].Look.Format = sheet.PercentFormat
	columns[14].Look = sheet.Look{Size: 8, Italic: true, Colour: sheet.Muted, Wrap: true, Indent: 1}
	rows := make([][]any, 0, len(s.figures.Verified.Series))
	for _, point := range s.figures.Verified.Series {
		rows = append(rows, s.monthRow(point, columns))
	}
	return s.Table(sheet.Table{Name: "Months", Filter: true, Columns: columns, Rows: rows})
}

func (s *tab) monthRow(point figures.ProgressMonth, columns []sheet.Column) []any {
	g := s.gaps()
	row := []any{
		point.Month, s.figures.Verified.Goal, note(g, columns[2].Title, point.Plan),
		note(g, columns[3].Title, point.CurrentPlan),
		note(g, columns[4].Title, point.Counted), note(g, columns[5].Title, point.EndToEnd),
	}
	if !point.Counted.Known() {
		row = append(row, nil, nil, nil, nil, nil)
		return append(append(row, forecastCells(g, columns, point.Forecast)...), g.text())
	}
	for _, level := range programme.Levels() {
		row = append(row, point.ByLevel.At(level))
	}
	share := programme.RatioOf(float64(point.ByLevel.EndToEnd()), float64(point.Counted.Value))
	row = append(row, note(g, columns[10].Title, share))
	return append(append(row, forecastCells(g, columns, point.Forecast)...), g.text())
}

// forecastCells are the 80 % band and its median; one word says why all three are empty.
func forecastCells(g *gaps, columns []sheet.Column, b forecast.Bands) []any {
	return []any{b.P10, note(g, columns[12].Title, b.P50), b.P90}
}

// stack draws the levels as stacked columns with the plan as a line over them.
func (s *tab) stack(row int, months sheet.Placed) {
	d := sheet.Chart{
		Name: "maturity", Title: s.T("reports.chart.maturity"), Alt: s.maturityMessage(), Format: sheet.WholeFormat,
		Categories: months.Reference(0), Column: sheet.FirstColumn, Row: row,
		Width:  sheet.Pixels(maturityWidths...),
		Height: sheet.RowPixels(slices.Repeat([]float64{chartRowHeight}, chartRows)...),
	}
	for _, level := range programme.Levels() {
		n := 5 + int(level)
		d.Series = append(d.Series, sheet.Series{
			Title: months.Title(n), Values: months.Reference(n),
			Colour: levelColour(level),
		})
	}
	s.ColumnChart(d, sheet.Series{
		Title: months.Title(2), Values: months.Reference(2), Colour: "A3242B",
		Dash: excelize.LineDashDash, Width: 1.75,
	})
}
