package reports

import (
	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// entityColumns are the printed columns of the entities, in order: key and width.
var entityColumns = []struct {
	key    string
	width  float64
	format string
}{
	{"entity", 32, ""},
	{"status", 18, ""},
	{"services", 10, wholeFormat},
	{"counted", 11, wholeFormat},
	{"plan", 9, wholeFormat},
	{"variance", 10, signedFormat},
	{"end_to_end", 11, wholeFormat},
	{"slip_median", 10, rateFormat},
	{"completed", 13, wholeFormat},
	{"like_for_like", 12, growthFormat},
	{"take_up", 10, percentFormat},
	{"received", 11, percentFormat},
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
	s.title(w.T("reports.entities.title"))
	s.paragraph(240, w.entitiesSentence(), look{size: 12, bold: true})
	s.gap()
	order := bySlip(w.figures.Entities)
	columns := s.entityTable()
	rows := make([][]any, 0, len(order))
	for _, e := range order {
		rows = append(rows, s.entityRow(e, columns))
	}
	at := s.table(table{name: "Entities", columns: columns, rows: rows})
	s.entityTotals(at)
	if len(rows) > 0 {
		s.bars(at, entityCounted)
		s.bars(at, entityCompleted)
		s.sparklines(at)
	}
	s.repeat(at.header)
	s.printArea(s.row)
	s.freeze(firstColumn+1, at.first)
}

func (s *tab) entityTable() []column {
	columns := make([]column, 0, len(entityColumns)+besidePage+trendMonths+1)
	for i, c := range entityColumns {
		one := column{title: s.T("reports.column." + c.key), width: c.width, look: look{format: c.format}}
		switch {
		case c.format != "":
			one.look.align = end
		case c.key == "missing":
			one.look = look{wrap: true, size: 8, italic: true, colour: muted, indent: 1}
		case i == 0:
			one.look = look{wrap: true, bold: true}
		case i == entityTrend || c.key == "status":
			one.look.indent = 1
		case i > entityTrend:
			one.look = look{wrap: true, size: 9, indent: 1}
		}
		columns = append(columns, one)
	}
	for _, c := range []column{
		{title: s.T("reports.column.schedule_index"), width: 12, look: look{format: indexFormat, align: end, colour: muted}},
		{title: s.T("reports.column.grade"), width: 10, look: look{align: middle, colour: muted}},
	} {
		s.width(firstColumn+len(columns), c.width)
		columns = append(columns, c)
	}
	return append(columns, s.trendColumns(len(columns))...)
}

// besidePage is how many columns stand between the printed page and the months of the trend.
const besidePage = 2

// trendMonths is how many months a sparkline shows.
const trendMonths = 12

// trendColumns hold what the sparklines are drawn from, beside the printed page.
func (s *tab) trendColumns(before int) []column {
	columns := make([]column, 0, trendMonths+1)
	last := s.figures.On.Month()
	for i := range trendMonths {
		const width = 13
		s.width(firstColumn+before+i, width)
		title := s.T("reports.column.use_in", i18n.Args{"month": s.ShortMonth(last - trendMonths + 1 + civil.Month(i))})
		columns = append(columns, column{title: title, width: width, look: look{format: wholeFormat, align: end, colour: muted}})
	}
	const width = 50
	s.width(firstColumn+before+trendMonths, width)
	return append(columns, column{title: s.T("reports.column.missing_months"), width: width, look: look{italic: true, colour: muted, indent: 1}})
}

func (s *tab) entityRow(e *figures.EntityFigures, columns []column) []any {
	g := s.gaps()
	title := func(i int) string { return columns[i].title }
	challenge, remedy := s.challenge(e)
	row := []any{
		s.entityName(e.Code), s.standing(e.Status), e.Services, e.Counted,
		note(g, title(4), e.Plan), note(g, title(5), e.Variance), e.EndToEnd, note(g, title(7), e.SlipMedian),
		note(g, title(entityCompleted), e.Completed.Count), note(g, title(9), e.LikeForLike), note(g, title(10), e.TakeUp),
		note(g, title(11), e.Completeness.Share), nil, challenge, remedy,
	}
	row = append(row, g.text(), e.ScheduleIndex, e.Completeness.Grade)
	return append(row, s.trend(e.Trend)...)
}

// trend is the digital completions of the last twelve months; a month that is not there is an empty cell,
// and the words after the last say which and why.
func (s *tab) trend(points []figures.UsagePoint) []any {
	row := make([]any, trendMonths+1)
	first := s.figures.On.Month() - trendMonths + 1
	g := s.gaps()
	for _, point := range points {
		if i := int(point.Period.From.Month() - first); i >= 0 && i < trendMonths {
			row[i] = note(g, point.Period.String(), point.Total.Count)
		}
	}
	row[trendMonths] = g.text()
	return row
}

// challenge words why an entity stands as it does, and what would mend it.
func (s *tab) challenge(e *figures.EntityFigures) (challenge, remedy string) {
	r := e.Reason
	args := i18n.Args{"n": r.Late, "due": s.Int(int64(r.Due)), "over": s.Int(int64(r.LateOver30)), "done": s.Int(int64(r.Done)), "milestones": s.Int(int64(r.Milestones))}
	key := string(e.Status)
	switch {
	case e.Status == figures.StatusLate || e.Status == figures.StatusAtRisk || e.Status == figures.StatusNoData:
	case e.Completeness.Grade == "C" || e.Completeness.Grade == "D":
		key = "reporting"
		args["reported"], args["expected"] = s.Int(int64(e.Completeness.Reported)), s.Int(int64(e.Completeness.Expected))
	default:
		return s.T("reports.challenge.none", args), s.T("reports.remedy.none")
	}
	return s.T("reports.challenge."+key, args), s.T("reports.remedy." + key)
}

// entityTotals writes the programme's own figures under the entities', with a check that the counts agree.
func (s *tab) entityTotals(at placed) {
	k := look{bold: true, edge: strongUp}
	for column := firstColumn; column <= s.last; column++ {
		s.set(column, s.row, nil, k)
	}
	s.set(firstColumn, s.row, s.T("reports.entities.total"), k)
	k.format, k.align = wholeFormat, end
	s.set(firstColumn+entityCounted, s.row, s.figures.Verified.Counted, k)
	s.height(s.row, 18)
	s.row++
	total := 0
	for i := range s.figures.Entities {
		total += s.figures.Entities[i].Counted
	}
	small := look{size: 9, colour: muted}
	s.set(firstColumn, s.row, s.T("reports.entities.check"), small)
	small.format, small.align = `0`, end
	column := firstColumn + entityCounted
	s.set(column, s.row, total-s.figures.Verified.Counted, small)
	s.keep(s.file.SetCellFormula(s.name, s.address(column, s.row),
		"SUM("+s.address(column, at.first)+":"+s.address(column, at.last)+")-progress_counted"))
	s.row++
}

// bars draws data bars in a column, from the side where its reading begins.
func (s *tab) bars(at placed, n int) {
	side := "leftToRight"
	if s.rightToLeft() {
		side = "rightToLeft"
	}
	cells := s.address(at.column+n, at.first) + ":" + s.address(at.column+n, at.last)
	s.keep(s.file.SetConditionalFormat(s.name, cells, []excelize.ConditionalFormatOptions{{
		Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#B9D3D8", BarSolid: true, BarDirection: side,
	}}))
}

// sparklines draws each entity's twelve months.
func (s *tab) sparklines(at placed) {
	options := &excelize.SparklineOptions{
		Type: "line", Last: true, SeriesColor: "#" + accent, LastColor: "#" + accent, Weight: 1.25, Reverse: s.rightToLeft(), EmptyCells: "gap",
	}
	from := at.column + len(entityColumns) + besidePage
	for row := at.first; row <= at.last; row++ {
		options.Location = append(options.Location, s.address(at.column+entityTrend, row))
		options.Range = append(options.Range, quoted(s.name)+s.address(from, row)+":"+s.address(from+trendMonths-1, row))
	}
	s.keep(s.file.AddSparkline(s.name, options))
}

func (w *workbook) entitiesSentence() string {
	count := map[figures.Status]int{}
	for i := range w.figures.Entities {
		count[w.figures.Entities[i].Status]++
	}
	return w.T("reports.entities.sentence", i18n.Args{
		"n": len(w.figures.Entities), "late": w.Int(int64(count[figures.StatusLate])), "at_risk": w.Int(int64(count[figures.StatusAtRisk])),
		"on_track": w.Int(int64(count[figures.StatusOnTrack] + count[figures.StatusDone])), "no_data": w.Int(int64(count[figures.StatusNoData])),
	})
}
