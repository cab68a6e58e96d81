package reports

import (
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
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
	{"code", 16, sheet.TextFormat, func(_ *workbook, s *figures.ServiceFigures) any { return sheet.Clean(s.Code) }},
	{
		"service", 46, sheet.TextFormat,
		func(w *workbook, s *figures.ServiceFigures) any { return w.serviceName(s.Code) },
	},
	{
		"entity", 40, sheet.TextFormat,
		func(w *workbook, s *figures.ServiceFigures) any { return w.entityName(s.Entity) },
	},
	{"life", 14, sheet.TextFormat, func(w *workbook, s *figures.ServiceFigures) any {
		return w.T("base.service_status." + string(s.Status))
	}},
	{"level_claimed", 11, `0`, func(_ *workbook, s *figures.ServiceFigures) any { return level(s.LevelClaimed) }},
	{"level_verified", 11, `0`, func(_ *workbook, s *figures.ServiceFigures) any { return level(s.LevelVerified) }},
	{"is_counted", 11, sheet.TextFormat, func(w *workbook, s *figures.ServiceFigures) any { return w.yes(s.Counted) }},
	{"clause", 40, sheet.TextFormat, clause},
	{"launched_on", 17, "day", func(_ *workbook, s *figures.ServiceFigures) any { return s.LaunchedOn }},
	{"planned_on", 17, "day", func(_ *workbook, s *figures.ServiceFigures) any { return s.PlannedOn }},
	{"expected_on", 17, "day", func(w *workbook, s *figures.ServiceFigures) any {
		if s.NoDateGiven {
			return w.T("base.no_date_given")
		}
		return s.ExpectedOn
	}},
	{"slip", 11, sheet.WholeFormat, func(_ *workbook, s *figures.ServiceFigures) any { return s.Slip }},
	{"completed", 15, sheet.WholeFormat, func(_ *workbook, s *figures.ServiceFigures) any { return s.Completed.Count }},
	{
		"completed_state", 15, sheet.TextFormat,
		func(w *workbook, s *figures.ServiceFigures) any { return w.stateOfUse(&s.Completed) },
	},
	{"attention", 24, sheet.TextFormat, attention},
	{"retired_on", 17, "day", func(_ *workbook, s *figures.ServiceFigures) any { return s.RetiredOn }},
	{"channels", 36, sheet.TextFormat, channelNames},
	{
		"audience", 15, sheet.TextFormat,
		func(w *workbook, s *figures.ServiceFigures) any { return w.audience(s.Audience) },
	},
	{"mandatory", 12, sheet.TextFormat, func(w *workbook, s *figures.ServiceFigures) any { return w.yes(s.Mandatory) }},
	{"existed", 12, sheet.TextFormat, func(w *workbook, s *figures.ServiceFigures) any { return w.yes(s.Existed) }},
	{"other_name", 52, sheet.TextFormat, func(w *workbook, s *figures.ServiceFigures) any {
		if w.RightToLeft() {
			return sheet.Clean(s.Name)
		}
		return sheet.Clean(s.NameAr)
	}},
	{
		"entity_code", 15, sheet.TextFormat,
		func(_ *workbook, s *figures.ServiceFigures) any { return sheet.Clean(s.Entity) },
	},
}

// audience words who a service is for; a code without a word is shown as it is.
func (w *workbook) audience(code string) string {
	code = sheet.Clean(code)
	if key := "web.audience." + code; w.Has(key) {
		return w.T(key)
	}
	return code
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
	if s.WithoutNumbers {
		words = append(words, w.T("reports.without_numbers"))
	}
	return strings.Join(words, w.T("reports.comma"))
}

// stateOfUse words the state of a number of use, and what it lacks of its days.
func (w *workbook) stateOfUse(total *figures.UsageTotal) string {
	state := w.State(total.State)
	if lacks := w.Days(total.Days.Covered, total.Days.Expected, total.Partial); lacks != "" {
		return state + " (" + lacks + ")"
	}
	return state
}

func channelNames(w *workbook, s *figures.ServiceFigures) any {
	names := make([]string, len(s.Channels))
	for i, channel := range s.Channels {
		names[i] = w.T("base.channel." + string(channel))
	}
	return strings.Join(names, w.T("reports.comma"))
}

// writeData lists every service, one a row, for the screen, through the library's stream: it is most of the file.
func (w *workbook) writeData() {
	widths := make([]float64, printedData)
	for i := range widths {
		widths[i] = dataColumns[i].width
	}
	s := w.openSheet("data", widths...)
	s.Title(w.T("reports.data.title"))
	header := s.Row
	under := header - 1 // the title leaves it free
	s.Merge(sheet.FirstColumn, s.Last, under, s.T("reports.data.screen", i18n.Args{"n": len(w.figures.Services)}),
		sheet.Look{Size: 9, Italic: true, Colour: sheet.Muted})
	s.Height(under, sheet.LineHeight+sheet.Air)
	s.PrintArea(under) // the rows are for the screen: on paper they are many pages of small type
	columns := s.dataTable()
	last := header + max(len(w.figures.Services), 1)
	if w.Err() == nil {
		w.Keep(s.stream(columns, header, last))
	}
}

// dataTable makes the columns, the trend's after the service's own.
func (s *tab) dataTable() []sheet.Column {
	columns := make([]sheet.Column, 0, len(dataColumns)+trendMonths+1)
	for _, c := range dataColumns {
		k := sheet.Look{Format: c.format, Edge: sheet.Under, Size: 9}
		switch c.format {
		case "day":
			k.Format, k.Align = sheet.DayFormat(s.Language), sheet.Start
		case sheet.TextFormat:
			k.Format, k.Wrap = "", c.width > 30
			k.Indent = 1
		default:
			k.Align = sheet.End
		}
		columns = append(columns, sheet.Column{Title: s.T("reports.column." + c.key), Width: c.width, Look: k})
	}
	columns = append(columns, s.trendColumns(len(columns))...)
	for i := range columns {
		columns[i].Look.Edge, columns[i].Look.Size = sheet.Under, 9
	}
	return columns
}
