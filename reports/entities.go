package reports

import (
	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
)

// entityColumns are the printed columns of the entities, in order: key and width.
var entityColumns = []struct {
	key    string
	width  float64
	format string
}{
	{"entity", 32, ""},
	{"status", 18, ""},
	{"services", 10, sheet.WholeFormat},
	{"counted", 11, sheet.WholeFormat},
	{"plan", 9, sheet.WholeFormat},
	{"variance", 10, sheet.SignedFormat},
	{"end_to_end", 11, sheet.WholeFormat},
	{"slip_median", 10, sheet.RateFormat},
	{"completed", 13, sheet.WholeFormat},
	{"like_for_like", 12, sheet.GrowthFormat},
	{"take_up", 10, sheet.PercentFormat},
	{"received", 11, sheet.PercentFormat},
	{"trend", 17, ""},
	{"challenge", 28, ""},
	{"remedy", 28, ""},
	{"missing", 22, ""},
}

// Columns of the entities by their place in the table.
const (
	entityCounted   = 3
	entityCompleted = 8
	entityTrend     = 12
)

// writeEntities compares the entities, worst first.
func (w *workbook) writeEntities() {
	widths := make([]float64, len(entityColumns))
	for i, c := range entityColumns {
		widths[i] = c.width
	}
	s := w.openSheet("entities", widths...)
	s.Title(w.T("reports.entities.title"))
	s.Paragraph(240, w.entitiesSentence(), sheet.Look{Size: 12, Bold: true})
	s.Gap()
	order := bySlip(w.figures.Entities)
	columns := s.entityTable()
	rows := make([][]any, 0, len(order))
	for _, e := range order {
		rows = append(rows, s.entityRow(e, columns))
	}
	at := s.Table(sheet.Table{Name: "Entities", Filter: true, Columns: columns, Rows: rows})
	s.entityTotals(at)
	if len(rows) > 0 {
		s.bars(at, entityCounted)
		s.bars(at, entityCompleted)
		s.sparklines(at)
	}
	s.Repeat(at.Header)
	s.PrintArea(s.Row)
	s.Freeze(sheet.FirstColumn+1, at.First)
}

func (s *tab) entityTable() []sheet.Column {
	columns := make([]sheet.Column, 0, len(entityColumns)+besidePage+trendMonths+1)
	for i, c := range entityColumns {
		one := sheet.Column{Title: s.T("reports.column." + c.key), Width: c.width, Look: sheet.Look{Format: c.format}}
		switch {
		case c.format != "":
			one.Look.Align = sheet.End
		case c.key == "missing":
			one.Look = sheet.Look{Wrap: true, Size: 8, Italic: true, Colour: sheet.Muted, Indent: 1}
		case i == 0:
			one.Look = sheet.Look{Wrap: true, Bold: true}
		case i == entityTrend || c.key == "status":
			one.Look.Indent = 1
		case i > entityTrend:
			one.Look = sheet.Look{Wrap: true, Size: 9, Indent: 1}
		}
		columns = append(columns, one)
	}
	for _, c := range []sheet.Column{
		{
			Title: s.T("reports.column.schedule_index"), Width: 12,
			Look: sheet.Look{Format: sheet.IndexFormat, Align: sheet.End, Colour: sheet.Muted},
		},
		{Title: s.T("reports.column.grade"), Width: 10, Look: sheet.Look{Align: sheet.Middle, Colour: sheet.Muted}},
	} {
		s.Width(sheet.FirstColumn+len(columns), c.Width)
		columns = append(columns, c)
	}
	return append(columns, s.trendColumns(len(columns))...)
}

// besidePage is how many columns are between the printed page and the months of the trend.
const besidePage = 2

// trendMonths is how many months a sparkline shows.
const trendMonths = 12

// trendColumns hold what the sparklines are drawn from, beside the printed page.
func (s *tab) trendColumns(before int) []sheet.Column {
	columns := make([]sheet.Column, 0, trendMonths+1)
	last := s.figures.Usage.Month
	for i := range trendMonths {
		const width = 13
		s.Width(sheet.FirstColumn+before+i, width)
		title := s.T("reports.column.use_in", i18n.Args{"month": s.ShortMonth(last - trendMonths + 1 + civil.Month(i))})
		columns = append(columns, sheet.Column{
			Title: title, Width: width,
			Look: sheet.Look{Format: sheet.WholeFormat, Align: sheet.End, Colour: sheet.Muted},
		})
	}
	const width = 50
	s.Width(sheet.FirstColumn+before+trendMonths, width)
	return append(columns, sheet.Column{
		Title: s.T("reports.column.missing_months"), Width: width,
		Look: sheet.Look{Italic: true, Colour: sheet.Muted, Indent: 1},
	})
}

func (s *tab) entityRow(e *figures.EntityFigures, columns []sheet.Column) []any {
	g := s.gaps()
	title := func(i int) string { return columns[i].Title }
	challenge, remedy := s.challenge(e)
	row := []any{
		s.entityName(e.Code), s.standing(e.Status), e.Services, e.Counted,
		note(g, title(4), e.Plan), note(g, title(5), e.Variance), e.EndToEnd, note(g, title(7), e.SlipMedian),
		noteUse(g, title(entityCompleted), &figures.UsagePoint{Total: e.Completed}), note(g, title(9), e.LikeForLike),
		note(g, title(10), e.TakeUp),
		note(g, title(11), e.Completeness.Share), nil, challenge, remedy,
	}
	row = append(row, g.text(), e.ScheduleIndex, e.Completeness.Grade)
	return append(row, s.trend(e.Trend)...)
}

// trend is the digital completions of the last twelve months; a month that is not there is an empty cell,
// and the words after the last say which and why.
func (s *tab) trend(points []figures.UsagePoint) []any {
	row := make([]any, trendMonths+1)
	first := s.figures.Usage.Month - trendMonths + 1
	g := s.gaps()
	for _, point := range points {
		if i := int(point.Period.From.Month() - first); i >= 0 && i < trendMonths {
			row[i] = noteUse(g, s.Month(point.Period.From.Month()), &point)
		}
	}
	row[trendMonths] = g.text()
	return row
}

// challenge words why an entity has its status, and what would change it.
func (s *tab) challenge(e *figures.EntityFigures) (challenge, remedy string) {
	r := e.Reason
	args := i18n.Args{
		"n": r.Late, "due": s.Int(int64(r.Due)), "over": s.Int(int64(r.LateOver30)),
		"done": s.Int(int64(r.Done)), "milestones": s.Int(int64(r.Milestones)),
	}
	key := string(e.Status)
	switch {
	case e.Status == figures.StatusLate || e.Status == figures.StatusAtRisk || e.Status == figures.StatusNoData:
	case e.Completeness.Grade == "C" || e.Completeness.Grade == "D":
		key = "reporting"
		args["reported"], args["expected"] = s.Int(int64(e.Completeness.Reported)),
			s.Int(int64(e.Completeness.Expected))
	default:
		challenge = s.T("reports.challenge.none", args)
		if r.AwaitingVerification > 0 {
			challenge += " " + s.T("reports.challenge.awaiting", i18n.Args{"n": r.AwaitingVerification})
		}
		return challenge, s.T("reports.remedy.none")
	}
	challenge = s.T("reports.challenge."+key, args)
	if behind := e.Status.Behind(); behind && r.AwaitingVerification > 0 {
		challenge += " " + s.T("reports.challenge.awaiting", i18n.Args{"n": r.AwaitingVerification})
	}
	return challenge, s.T("reports.remedy." + key)
}

// entityTotals writes the programme's own figures under the entities', with a check that the counts agree.
func (s *tab) entityTotals(at sheet.Placed) {
	k := sheet.Look{Bold: true, Edge: sheet.StrongUp}
	for column := sheet.FirstColumn; column <= s.Last; column++ {
		s.Set(column, s.Row, nil, k)
	}
	s.Set(sheet.FirstColumn, s.Row, s.T("reports.entities.total"), k)
	k.Format, k.Align = sheet.WholeFormat, sheet.End
	s.Set(sheet.FirstColumn+entityCounted, s.Row, s.figures.Verified.Counted, k)
	s.Height(s.Row, 18)
	s.Row++
	total := 0
	for i := range s.figures.Entities {
		total += s.figures.Entities[i].Counted
	}
	small := sheet.Look{Size: 9, Colour: sheet.Muted}
	s.Set(sheet.FirstColumn, s.Row, s.T("reports.entities.check"), small)
	small.Format, small.Align = `0`, sheet.End
	column := sheet.FirstColumn + entityCounted
	s.Set(column, s.Row, total-s.figures.Verified.Counted, small)
	s.Keep(s.File.SetCellFormula(s.Name, s.Address(column, s.Row),
		"SUM("+s.Address(column, at.First)+":"+s.Address(column, at.Last)+")-progress_counted"))
	s.Row++
}

// bars draws data bars in a column, from the side where its reading begins.
func (s *tab) bars(at sheet.Placed, n int) {
	side := "leftToRight"
	if s.RightToLeft() {
		side = "rightToLeft"
	}
	cells := s.Address(at.Column+n, at.First) + ":" + s.Address(at.Column+n, at.Last)
	s.Keep(s.File.SetConditionalFormat(s.Name, cells, []excelize.ConditionalFormatOptions{{
		Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#B9D3D8",
		BarSolid: true, BarDirection: side,
	}}))
}

// sparklines draws each entity's twelve months.
func (s *tab) sparklines(at sheet.Placed) {
	options := &excelize.SparklineOptions{
		Type: "line", Last: true, SeriesColor: "#" + sheet.Accent, Reverse: s.RightToLeft(),
	}
	from := at.Column + len(entityColumns) + besidePage
	for row := at.First; row <= at.Last; row++ {
		options.Location = append(options.Location, s.Address(at.Column+entityTrend, row))
		options.Range = append(options.Range,
			sheet.Quoted(s.Name)+s.Address(from, row)+":"+s.Address(from+trendMonths-1, row))
	}
	s.Keep(s.File.AddSparkline(s.Name, options))
}

func (w *workbook) entitiesSentence() string {
	count := map[figures.Status]int{}
	for i := range w.figures.Entities {
		count[w.figures.Entities[i].Status]++
	}
	return w.T("reports.entities.sentence", i18n.Args{
		"n": len(w.figures.Entities), "late": w.Int(int64(count[figures.StatusLate])),
		"at_risk":  w.Int(int64(count[figures.StatusAtRisk])),
		"on_track": w.Int(int64(count[figures.StatusOnTrack] + count[figures.StatusDone])),
		"no_data":  w.Int(int64(count[figures.StatusNoData])),
	})
}
