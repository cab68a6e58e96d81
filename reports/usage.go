package reports

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// usageWidths are the first columns of the usage sheet; one for each channel in use and three more follow.
var usageWidths = []float64{34, 15, 14, 14}

// useHeight is the height in points of a row beside the chart of use.
const useHeight = 23.0

// writeUsage shows how much the services are used, and through which channels.
func (w *workbook) writeUsage() {
	channels := w.channelsInUse()
	widths := append([]float64{}, usageWidths...)
	for range max(len(channels), 4) {
		widths = append(widths, 15)
	}
	widths = append(widths, 14, 14)
	if w.marksRamadan() {
		widths = append(widths, 14)
	}
	widths = append(widths, 36)
	s := w.openSheet("usage", widths...)
	total := sum(widths)
	s.Title(w.T("reports.usage.title"))
	s.Paragraph(total, w.useMessage(), sheet.Look{Size: 12, Bold: true})
	s.Gap()
	top := s.Row
	s.Heading(sheet.FirstColumn, sheet.FirstColumn+2, top, w.T("reports.usage.growth"))
	figures := w.useFigures()
	s.list(sheet.FirstColumn, sheet.FirstColumn+1, top+1, sheet.FirstColumn+2, figures)
	s.Heading(sheet.FirstColumn+4, s.Last, top, w.T("reports.usage.chart"))
	for s.Row = top + 1; s.Row <= top+len(figures); s.Row++ {
		s.Height(s.Row, useHeight) // taller than elsewhere: the chart is beside
	}
	s.Gap()
	s.top()
	s.BreakPage(s.Row)
	s.Heading(sheet.FirstColumn, s.Last, s.Row, w.T("reports.usage.months"))
	s.Row++
	months := s.usageMonths(channels, widths)
	s.channelChart(top+1, len(figures), channels, months, widths)
	s.Repeat(months.Header)
	s.PrintArea(s.Row)
	s.Freeze(1, 4)
}

func sum(widths []float64) float64 {
	total := 0.0
	for _, width := range widths {
		total += width
	}
	return total
}

// channelsInUse are the channels that reported anything in the months shown, in the order of programme.Channels.
func (w *workbook) channelsInUse() []figures.UsageSeries {
	byKey := map[string]figures.UsageSeries{}
	for _, series := range w.figures.Usage.ByChannel {
		for _, point := range series.Points {
			if point.Total.Known() {
				byKey[series.Key] = series
				break
			}
		}
	}
	var used []figures.UsageSeries
	for _, channel := range programme.Channels() {
		if series, found := byKey[string(channel)]; found {
			used = append(used, series)
		}
	}
	return used
}

func (w *workbook) useFigures() []valued {
	u := &w.figures.Usage
	g, d, c, t := &u.Growth, &u.Growth.Decomposition, &u.Growth.Concentration, &u.TakeUp
	return []valued{
		{"naive", "usage_growth_naive", g.Naive, sheet.GrowthFormat},
		{"services_in_both", "usage_growth_services_in_both", g.ServicesInBoth, sheet.WholeFormat},
		{"left_out", "usage_growth_left_out", g.LeftOut, sheet.WholeFormat},
		{"last_year", "usage_growth_last_year_like_for_like", g.LastYear.LikeForLike, sheet.GrowthFormat},
		{"last_year_services", "usage_growth_last_year_services_in_both", g.LastYear.ServicesInBoth, sheet.WholeFormat},
		{"streak", "usage_growth_streak", g.Streak, sheet.WholeFormat},
		{"existing", "usage_growth_decomposition_existing", partOf(g, d.Existing), sheet.SignedFormat},
		{"new", "usage_growth_decomposition_new", partOf(g, d.New), sheet.SignedFormat},
		{"lost", "usage_growth_decomposition_lost", partOf(g, d.Lost), sheet.SignedFormat},
		{"change", "usage_growth_decomposition_change", partOf(g, d.Change), sheet.SignedFormat},
		{"largest_share", "usage_growth_concentration_largest_share", c.LargestShare, sheet.PercentFormat},
		{"top_five_share", "usage_growth_concentration_top_five_share", c.TopFiveShare, sheet.PercentFormat},
		{"without_top_five", "usage_growth_concentration_without_top_five", c.WithoutTopFive, sheet.WholeFormat},
		{"covered_share", "usage_take_up_covered_share", t.CoveredShare, sheet.PercentFormat},
		{"digital_only", "usage_take_up_digital_only", t.DigitalOnly, sheet.WholeFormat},
		{"dormant", "attention_dormant", len(w.figures.Attention.Dormant), sheet.WholeFormat},
		{"silent", "attention_silent", len(w.figures.Attention.Silent), sheet.WholeFormat},
		{"without_numbers", "attention_without_numbers", len(w.figures.Attention.WithoutNumbers), sheet.WholeFormat},
	}
}

// partOf is a part of the change of use; there is none unless both totals are known.
func partOf(g *figures.Growth, part int64) programme.Count {
	if !g.Total.Known() || !g.PreviousTotal.Known() {
		return programme.Count{State: programme.NotProvided}
	}
	return programme.CountOf(part)
}

// top lists the ten most used services; names take several columns, so it is no table with a filter.
func (s *tab) top() {
	s.Heading(sheet.FirstColumn, s.Last, s.Row,
		s.T("reports.usage.top", i18n.Args{"month": s.Month(s.figures.Usage.Month)}))
	s.Row++
	header := sheet.Look{Bold: true, Size: 9, Colour: sheet.Accent, Fill: sheet.Tint, Edge: sheet.Under, Wrap: true}
	s.Height(s.Row, 28)
	number := header
	number.Align = sheet.End
	nameEnd, entityEnd := sheet.FirstColumn+3, s.Last-3
	s.Merge(sheet.FirstColumn, nameEnd, s.Row, s.T("reports.column.service"), header)
	s.Merge(nameEnd+1, entityEnd, s.Row, s.T("reports.column.entity"), header)
	s.Set(entityEnd+1, s.Row, s.T("reports.column.completed"), number)
	s.Set(entityEnd+2, s.Row, s.T("reports.column.share"), number)
	s.Set(s.Last, s.Row, nil, header)
	s.Row++
	owner := map[string]string{}
	for i := range s.figures.Services {
		owner[s.figures.Services[i].Code] = s.figures.Services[i].Entity
	}
	for _, t := range s.figures.Usage.Top {
		s.Merge(sheet.FirstColumn, nameEnd, s.Row, sheet.Shorten(s.serviceName(t.Service), 70),
			sheet.Look{Edge: sheet.Under})
		s.Merge(nameEnd+1, entityEnd, s.Row, sheet.Shorten(s.entityName(owner[t.Service]), 48),
			sheet.Look{Edge: sheet.Under})
		s.Set(entityEnd+1, s.Row, t.Completed,
			sheet.Look{Format: sheet.WholeFormat, Align: sheet.End, Edge: sheet.Under})
		s.Set(entityEnd+2, s.Row, t.Share, sheet.Look{Format: sheet.PercentFormat, Align: sheet.End, Edge: sheet.Under})
		s.Set(s.Last, s.Row, nil, sheet.Look{Edge: sheet.Under})
		s.Height(s.Row, 17)
		s.Row++
	}
	if len(s.figures.Usage.Top) == 0 {
		s.Merge(sheet.FirstColumn, s.Last, s.Row, s.T("reports.none"), sheet.Look{Italic: true, Colour: sheet.Muted})
		s.Row++
	}
	s.Gap()
}

// usageMonths is the table of months, one column for each channel in use.
func (s *tab) usageMonths(channels []figures.UsageSeries, widths []float64) sheet.Placed {
	whole := sheet.Look{Format: sheet.WholeFormat, Align: sheet.End}
	columns := []sheet.Column{
		{
			Title: s.T("reports.column.month"),
			Look:  sheet.Look{Format: sheet.MonthFormat(s.Language), Align: sheet.Start},
		},
		{
			Title: s.T("reports.column.completed"),
			Look:  sheet.Look{Format: sheet.WholeFormat, Align: sheet.End, Bold: true},
		},
		{Title: s.T("reports.column.parts_reported"), Look: whole},
		{Title: s.T("reports.column.parts_expected"), Look: whole},
	}
	for _, channel := range channels {
		columns = append(columns, sheet.Column{Title: s.T("base.channel." + channel.Key), Look: whole})
	}
	columns = append(columns,
		sheet.Column{
			Title: s.T("reports.column.like_for_like"),
			Look:  sheet.Look{Format: sheet.GrowthFormat, Align: sheet.End},
		},
		sheet.Column{
			Title: s.T("reports.column.take_up"),
			Look:  sheet.Look{Format: sheet.PercentFormat, Align: sheet.End},
		})
	if s.marksRamadan() {
		columns = append(columns, sheet.Column{Title: s.T("reports.column.ramadan"), Look: whole})
	}
	columns = append(columns, sheet.Column{
		Title: s.T("reports.column.missing"),
		Look:  sheet.Look{Size: 8, Italic: true, Colour: sheet.Muted, Wrap: true, Indent: 1},
	})
	for i := range columns {
		columns[i].Width = widths[i]
	}
	rows := make([][]any, 0, len(s.figures.Usage.Total.Points))
	for _, point := range s.figures.Usage.Total.Points {
		rows = append(rows, s.usageRow(point, channels, columns))
	}
	return s.Table(sheet.Table{Name: "Use", Columns: columns, Rows: rows})
}

func (s *tab) usageRow(point figures.UsagePoint, channels []figures.UsageSeries, columns []sheet.Column) []any {
	g := s.gaps()
	row := []any{
		point.Period.From.Month(), noteUse(g, columns[1].Title, &point), point.Total.Parts.Reported,
		point.Total.Parts.Expected,
	}
	for i, channel := range channels {
		row = append(row, noteUse(g, columns[4+i].Title, at(channel.Points, point.Period)))
	}
	n := 4 + len(channels)
	row = append(row, note(g, columns[n].Title, ratioAt(s.figures.Usage.LikeForLike, point.Period)))
	row = append(row, note(g, columns[n+1].Title, ratioAt(s.figures.Usage.TakeUps, point.Period)))
	if s.marksRamadan() {
		row = append(row, s.figures.Ramadan.DaysIn(point.Period))
	}
	return append(row, g.text())
}

// marksRamadan reports whether a day of the months shown is in Ramadan: the table of months then says how many are.
func (w *workbook) marksRamadan() bool {
	points := w.figures.Usage.Total.Points
	if len(points) == 0 {
		return false
	}
	return len(w.figures.Ramadan.In(points[0].Period.From, points[len(points)-1].Period.To)) > 0
}

// at finds the number of a period; one that is not listed was not provided.
func at(points []figures.UsagePoint, period civil.Period) *figures.UsagePoint {
	for i := range points {
		if points[i].Period == period {
			return &points[i]
		}
	}
	return &figures.UsagePoint{Period: period}
}

func ratioAt(points []figures.RatioPoint, period civil.Period) programme.Ratio {
	for _, point := range points {
		if point.Period == period {
			return point.Value
		}
	}
	return programme.Ratio{}
}

// channelChart draws the use of each channel by month, beside the figures of growth.
func (s *tab) channelChart(row, rows int, channels []figures.UsageSeries, months sheet.Placed, widths []float64) {
	if len(channels) == 0 {
		s.Merge(sheet.FirstColumn+4, s.Last, row, s.T("reports.none"), sheet.Look{Italic: true, Colour: sheet.Muted})
		return
	}
	d := sheet.Chart{
		Name: "use-by-channel", Title: s.T("reports.chart.use"), Alt: s.useMessage(), Format: sheet.WholeFormat,
		Categories: months.Reference(0), Column: sheet.FirstColumn + 4, Row: row,
		Width: sheet.Pixels(widths[4:]...), Height: sheet.RowPixels(slices.Repeat([]float64{useHeight}, rows)...),
	}
	for i, channel := range channels {
		d.Series = append(d.Series, sheet.Series{
			Title: months.Title(4 + i), Values: months.Reference(4 + i),
			Colour: channelColours[programme.Channel(channel.Key)],
		})
	}
	s.ColumnChart(d)
}
