package reports

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
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
	widths = append(widths, 14, 14, 36)
	s := w.openSheet("usage", widths...)
	total := sum(widths)
	s.title(w.T("reports.usage.title"))
	s.paragraph(total, w.useMessage(), look{size: 12, bold: true})
	s.gap()
	top := s.row
	s.heading(firstColumn, firstColumn+2, top, w.T("reports.usage.growth"))
	figures := w.useFigures()
	s.list(firstColumn, firstColumn+1, top+1, firstColumn+2, figures)
	s.heading(firstColumn+4, s.last, top, w.T("reports.usage.chart"))
	for s.row = top + 1; s.row <= top+len(figures); s.row++ {
		s.height(s.row, useHeight) // taller than elsewhere: the chart stands beside
	}
	s.gap()
	s.top()
	s.breakPage(s.row)
	s.heading(firstColumn, s.last, s.row, w.T("reports.usage.months"))
	s.row++
	months := s.usageMonths(channels, widths)
	s.channelChart(top+1, len(figures), channels, months, widths)
	s.repeat(months.header)
	s.printArea(s.row)
	s.freeze(1, 4)
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
		{"naive", "usage_growth_naive", g.Naive, growthFormat},
		{"services_in_both", "usage_growth_services_in_both", g.ServicesInBoth, wholeFormat},
		{"streak", "usage_growth_streak", g.Streak, wholeFormat},
		{"existing", "usage_growth_decomposition_existing", partOf(g, d.Existing), signedFormat},
		{"new", "usage_growth_decomposition_new", partOf(g, d.New), signedFormat},
		{"lost", "usage_growth_decomposition_lost", partOf(g, d.Lost), signedFormat},
		{"change", "usage_growth_decomposition_change", partOf(g, d.Change), signedFormat},
		{"largest_share", "usage_growth_concentration_largest_share", c.LargestShare, percentFormat},
		{"top_five_share", "usage_growth_concentration_top_five_share", c.TopFiveShare, percentFormat},
		{"without_top_five", "usage_growth_concentration_without_top_five", c.WithoutTopFive, wholeFormat},
		{"covered_share", "usage_take_up_covered_share", t.CoveredShare, percentFormat},
		{"digital_only", "usage_take_up_digital_only", t.DigitalOnly, wholeFormat},
		{"dormant", "attention_dormant", len(w.figures.Attention.Dormant), wholeFormat},
		{"silent", "attention_silent", len(w.figures.Attention.Silent), wholeFormat},
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
	s.heading(firstColumn, s.last, s.row, s.T("reports.usage.top", i18n.Args{"month": s.Month(s.figures.Usage.Month)}))
	s.row++
	header := look{bold: true, size: 9, colour: accent, fill: tint, edge: under, wrap: true}
	s.height(s.row, 28)
	number := header
	number.align = end
	nameEnd, entityEnd := firstColumn+3, s.last-3
	s.merge(firstColumn, nameEnd, s.row, s.T("reports.column.service"), header)
	s.merge(nameEnd+1, entityEnd, s.row, s.T("reports.column.entity"), header)
	s.set(entityEnd+1, s.row, s.T("reports.column.completed"), number)
	s.set(entityEnd+2, s.row, s.T("reports.column.share"), number)
	s.set(s.last, s.row, nil, header)
	s.row++
	owner := map[string]string{}
	for i := range s.figures.Services {
		owner[s.figures.Services[i].Code] = s.figures.Services[i].Entity
	}
	for _, t := range s.figures.Usage.Top {
		s.merge(firstColumn, nameEnd, s.row, shorten(s.serviceName(t.Service), 70), look{edge: under})
		s.merge(nameEnd+1, entityEnd, s.row, shorten(s.entityName(owner[t.Service]), 48), look{edge: under})
		s.set(entityEnd+1, s.row, t.Completed, look{format: wholeFormat, align: end, edge: under})
		s.set(entityEnd+2, s.row, t.Share, look{format: percentFormat, align: end, edge: under})
		s.set(s.last, s.row, nil, look{edge: under})
		s.height(s.row, 17)
		s.row++
	}
	if len(s.figures.Usage.Top) == 0 {
		s.merge(firstColumn, s.last, s.row, s.T("reports.none"), look{italic: true, colour: muted})
		s.row++
	}
	s.gap()
}

// usageMonths is the table of months, one column for each channel in use.
func (s *tab) usageMonths(channels []figures.UsageSeries, widths []float64) placed {
	whole := look{format: wholeFormat, align: end}
	columns := []column{
		{title: s.T("reports.column.month"), look: look{format: monthFormat(s.Language), align: start}},
		{title: s.T("reports.column.completed"), look: look{format: wholeFormat, align: end, bold: true}},
		{title: s.T("reports.column.parts_reported"), look: whole},
		{title: s.T("reports.column.parts_expected"), look: whole},
	}
	for _, channel := range channels {
		columns = append(columns, column{title: s.T("base.channel." + channel.Key), look: whole})
	}
	columns = append(columns,
		column{title: s.T("reports.column.like_for_like"), look: look{format: growthFormat, align: end}},
		column{title: s.T("reports.column.take_up"), look: look{format: percentFormat, align: end}},
		column{title: s.T("reports.column.missing"), look: look{size: 8, italic: true, colour: muted, wrap: true, indent: 1}})
	for i := range columns {
		columns[i].width = widths[i]
	}
	rows := make([][]any, 0, len(s.figures.Usage.Total.Points))
	for _, point := range s.figures.Usage.Total.Points {
		rows = append(rows, s.usageRow(point, channels, columns))
	}
	return s.table(table{name: "Use", columns: columns, rows: rows})
}

func (s *tab) usageRow(point figures.UsagePoint, channels []figures.UsageSeries, columns []column) []any {
	g := s.gaps()
	row := []any{
		point.Period.From.Month(), note(g, columns[1].title, point.Total.Count), point.Total.Parts.Reported, point.Total.Parts.Expected,
	}
	for i, channel := range channels {
		row = append(row, note(g, columns[4+i].title, at(channel.Points, point.Period)))
	}
	n := 4 + len(channels)
	row = append(row, note(g, columns[n].title, ratioAt(s.figures.Usage.LikeForLike, point.Period)))
	row = append(row, note(g, columns[n+1].title, ratioAt(s.figures.Usage.TakeUps, point.Period)))
	return append(row, g.text())
}

// at finds the number of a period; one that is not listed was not provided.
func at(points []figures.UsagePoint, period civil.Period) programme.Count {
	for _, point := range points {
		if point.Period == period {
			return point.Total.Count
		}
	}
	return programme.Count{}
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
func (s *tab) channelChart(row, rows int, channels []figures.UsageSeries, months placed, widths []float64) {
	if len(channels) == 0 {
		s.merge(firstColumn+4, s.last, row, s.T("reports.none"), look{italic: true, colour: muted})
		return
	}
	d := drawing{
		name: "use-by-channel", title: s.T("reports.chart.use"), alt: s.useMessage(), format: wholeFormat,
		categories: months.reference(0), column: firstColumn + 4, row: row,
		width: pixels(widths[4:]...), height: rowPixels(slices.Repeat([]float64{useHeight}, rows)...),
	}
	for i, channel := range channels {
		d.series = append(d.series, line{
			title: months.title(4 + i), values: months.reference(4 + i), colour: channelColours[programme.Channel(channel.Key)],
		})
	}
	s.columns(d)
}
