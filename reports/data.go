package reports

import (
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// dataColumn is a column of the services' data: its key, its width, its format, and its value.
type dataColumn struct {
	key    string
	width  float64
	format string
	value  func(w *workbook, s *figures.ServiceFigures) any
}

// printedData is how many columns of the data are printed; the others are for reading on a screen.
const printedData = 15

var dataColumns = []dataColumn{
	{"code", 16, textFormat, func(_ *workbook, s *figures.ServiceFigures) any { return clean(s.Code) }},
	{"service", 46, textFormat, func(w *workbook, s *figures.ServiceFigures) any { return w.serviceName(s.Code) }},
	{"entity", 40, textFormat, func(w *workbook, s *figures.ServiceFigures) any { return w.entityName(s.Entity) }},
	{"life", 14, textFormat, func(w *workbook, s *figures.ServiceFigures) any {
		return w.T("base.service_status." + string(s.Status))
	}},
	{"level_claimed", 11, `0`, func(_ *workbook, s *figures.ServiceFigures) any { return level(s.LevelClaimed) }},
	{"level_verified", 11, `0`, func(_ *workbook, s *figures.ServiceFigures) any { return level(s.LevelVerified) }},
	{"is_counted", 11, textFormat, func(w *workbook, s *figures.ServiceFigures) any { return w.yes(s.Counted) }},
	{"clause", 40, textFormat, clause},
	{"launched_on", 17, "day", func(_ *workbook, s *figures.ServiceFigures) any { return s.LaunchedOn }},
	{"planned_on", 17, "day", func(_ *workbook, s *figures.ServiceFigures) any { return s.PlannedOn }},
	{"expected_on", 17, "day", func(_ *workbook, s *figures.ServiceFigures) any { return s.ExpectedOn }},
	{"slip", 11, wholeFormat, func(_ *workbook, s *figures.ServiceFigures) any { return s.Slip }},
	{"completed", 15, wholeFormat, func(_ *workbook, s *figures.ServiceFigures) any { return s.Completed.Count }},
	{"completed_state", 15, textFormat, func(w *workbook, s *figures.ServiceFigures) any { return w.State(s.Completed.State) }},
	{"attention", 24, textFormat, attention},
	{"retired_on", 17, "day", func(_ *workbook, s *figures.ServiceFigures) any { return s.RetiredOn }},
	{"channels", 36, textFormat, channelNames},
	{"audience", 15, textFormat, func(_ *workbook, s *figures.ServiceFigures) any { return clean(s.Audience) }},
	{"mandatory", 12, textFormat, func(w *workbook, s *figures.ServiceFigures) any { return w.yes(s.Mandatory) }},
	{"existed", 12, textFormat, func(w *workbook, s *figures.ServiceFigures) any { return w.yes(s.Existed) }},
	{"other_name", 52, textFormat, func(w *workbook, s *figures.ServiceFigures) any {
		if w.rightToLeft() {
			return clean(s.Name)
		}
		return clean(s.NameAr)
	}},
	{"entity_code", 15, textFormat, func(_ *workbook, s *figures.ServiceFigures) any { return clean(s.Entity) }},
}

func level(l programme.Level) any {
	if !l.Valid() {
		return nil
	}
	return int(l)
}

func (w *workbook) yes(holds bool) string {
	if holds {
		return w.T("reports.yes")
	}
	return w.T("reports.no")
}

func clause(w *workbook, s *figures.ServiceFigures) any {
	if s.Clause == "" {
		return ""
	}
	return w.T("base.clause." + string(s.Clause))
}

func attention(w *workbook, s *figures.ServiceFigures) any {
	var words []string
	if s.Dormant {
		words = append(words, w.T("reports.dormant"))
	}
	if s.Silent {
		words = append(words, w.T("reports.silent"))
	}
	return strings.Join(words, w.T("reports.comma"))
}

func channelNames(w *workbook, s *figures.ServiceFigures) any {
	names := make([]string, len(s.Channels))
	for i, channel := range s.Channels {
		names[i] = w.T("base.channel." + string(channel))
	}
	return strings.Join(names, w.T("reports.comma"))
}

// writeData lists every service, one a row, through the library's stream: it is most of the file.
func (w *workbook) writeData() {
	widths := make([]float64, printedData)
	for i := range widths {
		widths[i] = dataColumns[i].width
	}
	s := w.openSheet("data", widths...)
	s.title(w.T("reports.data.title"))
	header := s.row
	columns := s.dataTable()
	last := header + max(len(w.figures.Services), 1)
	s.repeat(header)
	s.printArea(last)
	if w.broken == nil {
		w.keep(s.stream(columns, header, last))
	}
}

// dataTable makes the columns, the trend's after the service's own.
func (s *tab) dataTable() []column {
	columns := make([]column, 0, len(dataColumns)+trendMonths+1)
	for _, c := range dataColumns {
		k := look{format: c.format, edge: under, size: 9}
		switch c.format {
		case "day":
			k.format, k.align = dayFormat(s.Language), start
		case textFormat:
			k.format, k.wrap = "", c.width > 30
			k.indent = 1
		default:
			k.align = end
		}
		columns = append(columns, column{title: s.T("reports.column." + c.key), width: c.width, look: k})
	}
	columns = append(columns, s.trendColumns(len(columns))...)
	for i := range columns {
		columns[i].look.edge, columns[i].look.size = under, 9
	}
	return columns
}
