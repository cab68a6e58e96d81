package plan

import (
	"fmt"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/charts"
	"mirsad/web/page"
)

// statusLooks are a status's colour and shape in a drawing, the same as beside its word on a page and in the workbook.
var statusLooks = map[figures.Status]struct {
	colour charts.Colour
	shape  string
}{
	figures.StatusLate: {"@bad", "■"}, figures.StatusAtRisk: {"@warn", "▲"}, figures.StatusOnTrack: {"@good", "●"},
	figures.StatusDone: {"@good", "✓"}, figures.StatusNoData: {charts.Muted, "○"},
}

// planTimeline draws a row for each entity that has milestones, the longest slip first.
func (v *visit) planTimeline() (page.Chart, error) {
	list := v.Figures.Plans.Entities
	c := page.Chart{
		Name: "plan-timeline", Headline: v.timelineHeadline(list), Unit: page.UnitMonths,
		CSV:      v.Address.Table("plan-timeline"),
		Subtitle: v.T("plans.timeline.subtitle", page.Args("programme", v.ProgrammeName())), Rows: rowsOf(len(list)),
	}
	if len(list) == 0 {
		c.Nothing = v.T("plans.timeline.nothing")
		return c, nil
	}
	plot := charts.SpanPlot{
		RightToLeft: v.RightToLeft(),
		Today:       &charts.Line{At: inMonths(v.Figures.On), Label: v.DrawnText(v.Date(v.Figures.On))},
	}
	first, last := v.Figures.On, v.Figures.On
	for i := range list {
		p := &list[i]
		first, last = min(first, p.OriginalFrom, p.CurrentFrom), max(last, p.OriginalTo, p.CurrentTo)
		plot.Spans = append(plot.Spans, v.timelineRow(p))
	}
	plot.From, plot.To = float64(first.Month().Year()*12), float64((last.Month().Year()+1)*12)
	var err error
	if c.Options, err = charts.Spans(plot); err != nil {
		return page.Chart{}, fmt.Errorf("draw chart %s: %w", c.Name, err)
	}
	c.Table = v.timelineTable(list, c.Subtitle)
	c.Sentence = c.Headline + ". " + c.Subtitle + ". " + v.T("plans.timeline.sentence", page.Args(
		"n", len(list), "first", v.EntityName(list[0].Entity), "slip", v.Decimal(list[0].Slip, 0),
		"from", v.Month(first.Month()), "to", v.Month(last.Month())))
	return c, nil
}

func (v *visit) timelineHeadline(list []figures.EntityPlan) string {
	if len(list) == 0 {
		return v.T("plans.timeline.title")
	}
	worst := page.Args("name", v.EntityName(list[0].Entity), "slip", v.Decimal(list[0].Slip, 0))
	if len(list) == 1 {
		return v.T("plans.timeline.own", worst)
	}
	long := len(page.Filter(list, func(p figures.EntityPlan) bool { return p.SlipsLong() }))
	worst["n"], worst["all"] = long, len(list)
	if long == 0 {
		return v.T("plans.timeline.short", worst)
	}
	return v.T("plans.timeline.headline", worst)
}

// slipLabel adds the days of a slip, where there is one, to the status at the end of a row.
func (v *visit) slipLabel(status string, slip programme.Ratio) string {
	if !slip.Known() {
		return status
	}
	return v.T("plans.timeline.label", page.Args("status", status, "n", int64(programme.Round(slip.Value, 0))))
}

// timelineRow is an entity's row of the drawing.
func (v *visit) timelineRow(p *figures.EntityPlan) charts.Span {
	standing := v.entityStatus(p.Entity)
	look := statusLooks[figures.Status(standing.Code)]
	name := v.EntityName(p.Entity)
	words := v.T("plans.timeline.row", page.Args(
		"name", name, "status", standing.Text, "original", v.spanWords(p.OriginalFrom, p.OriginalTo),
		"current", v.spanWords(
			p.CurrentFrom, p.CurrentTo,
		), "done", p.Done, "all", p.Milestones, "slip", v.Decimal(p.Slip, 0)))
	return charts.Span{
		Name: v.DrawnText(name), Words: v.DrawnText(words),
		Label:        v.DrawnText(v.slipLabel(look.shape+" "+standing.Text, p.Slip)),
		OriginalFrom: inMonths(p.OriginalFrom), OriginalTo: inMonths(p.OriginalTo + 1),
		CurrentFrom: inMonths(p.CurrentFrom), CurrentTo: inMonths(p.CurrentTo + 1),
		Done: p.DoneShare.Value, Colour: look.colour,
	}
}

// entityStatus is an entity's standing; no data for one that the reader does not see.
func (v *visit) entityStatus(code string) page.Status {
	if e := v.Named.Entities[code]; e != nil {
		return v.EntityStatus(e.Status, e.Reason)
	}
	return v.EntityStatus(figures.StatusNoData, figures.StatusReason{})
}

func (v *visit) spanWords(from, to civil.Date) string {
	return v.T("base.interval", page.Args("from", v.Date(from), "to", v.Date(to)))
}

// inMonths counts a day's months since the year 0, days as parts.
func inMonths(d civil.Date) float64 {
	month := d.Month()
	return float64(month) + float64(d-month.First())/float64(month.Last()-month.First()+1)
}

// rowsOf rounds a number of rows up to the next height that the style sheet knows.
func rowsOf(n int) int { return min(80, max(5, (n+4)/5*5)) }

func (v *visit) timelineTable(list []figures.EntityPlan, caption string) page.Table {
	t := page.Table{Caption: caption, Head: []string{
		v.T("web.entity"), v.T("web.status"), v.T("web.slip_median"), v.T("plans.milestones"), v.T("plans.done"),
		v.T("plans.done_share"), v.T("plans.late"), v.T("plans.awaiting"),
		v.T("plans.original_from"), v.T("plans.original_to"), v.T("plans.current_from"), v.T("plans.current_to"),
	}}
	for i := range list {
		p := &list[i]
		at := "plans." + p.Entity + "."
		standing := v.entityStatus(p.Entity)
		entity := v.EntityLink(p.Entity)
		t.Rows = append(t.Rows, page.Row{Head: entity.Text, Key: p.Entity, Address: entity.Address, Cells: []page.Cell{
			{Text: standing.Text, Value: standing.Code, Status: &standing},
			cellOfFigure(v.DecimalOf(at+"slip_median", p.Slip, 0)),
			cellOfFigure(v.Whole(at+"milestones", p.Milestones)),
			cellOfFigure(v.Whole(at+"done", p.Done)), cellOfFigure(v.PercentOf(at+"done_share", p.DoneShare)),
			cellOfFigure(v.Whole(at+"late", p.Late)),
			cellOfFigure(v.Whole(at+"awaiting_verification", p.AwaitingVerification)),
			v.dayCell(p.OriginalFrom), v.dayCell(p.OriginalTo), v.dayCell(p.CurrentFrom), v.dayCell(p.CurrentTo),
		}})
	}
	return t
}

func cellOfFigure(f page.Figure) page.Cell {
	return page.Cell{Text: f.Text, Value: f.Value, Number: true, Name: f.Name}
}

func (v *visit) dayCell(d civil.Date) page.Cell {
	if d.IsZero() {
		return page.Cell{Text: v.Day(d)}
	}
	return page.Cell{Text: v.Date(d), Value: d.String()}
}

// planMonths draws the go-lives of each month: as first planned in columns, as planned now and as they came in lines.
func (v *visit) planMonths() (page.Chart, error) {
	list := v.Figures.Plans.Months
	periods := page.Each(list, func(m figures.PlanMonth) civil.Period { return m.Month.Period() })
	took := func(take func(figures.PlanMonth) int) []programme.Count {
		return page.Each(list, func(m figures.PlanMonth) programme.Count { return programme.CountOf(take(m)) })
	}
	gone := took(func(m figures.PlanMonth) int { return m.GoneLive })
	for i, m := range list {
		if m.Month > v.Figures.On.Month() {
			gone[i] = programme.Count{State: programme.NotRequested}
		}
	}
	t := page.Timeline{
		Name: "plan-months", Headline: v.monthsHeadline(), Unit: page.UnitCount, Draw: charts.ColumnsUnderLines,
		Periods:  periods,
		Subtitle: v.T("plans.months.subtitle", page.Args("programme", v.ProgrammeName(), "period", v.SpanOf(periods))),
		Tracks: []page.Track{
			page.TrackOf(
				charts.Series{
					Name: v.T("plans.months.planned"), Colour: charts.LevelColour(programme.LevelInformative),
				},
				took(func(m figures.PlanMonth) int { return m.Planned }),
			),
			page.TrackOf(charts.Series{
				Name: v.T("plans.months.current"), Label: v.T("plans.months.current"), Colour: charts.Accent,
				Dash: charts.Solid, Symbol: "circle", Heavy: true,
			}, took(func(m figures.PlanMonth) int { return m.Current })),
			page.TrackOf(charts.Series{
				Name: v.T("plans.months.gone_live"), Label: v.T("plans.months.gone_live"), Colour: charts.Ink,
				Dash: charts.Dotted, Symbol: "diamond",
			}, gone),
		},
	}
	if on := slices.IndexFunc(
		list, func(m figures.PlanMonth) bool { return m.Month == v.Figures.On.Month() },
	); on >= 0 {
		t.Today = &charts.Line{At: float64(on), Label: v.Date(v.Figures.On)}
	}
	return v.Chart(t)
}

func (v *visit) monthsHeadline() string {
	p := &v.Figures.Plans
	if !p.LastQuarter.Known() {
		return v.T("plans.months.nothing")
	}
	target := v.Figures.Programme.TargetOn.Month()
	return v.T(
		"plans.months.headline",
		page.Args("share", v.Percent(p.LastQuarter), "from", v.Month(target-2), "to", v.Month(target)),
	)
}

// bunching are the shares that tell whether go-lives are spread.
func (v *visit) bunching() []page.Note {
	p := &v.Figures.Plans
	return []page.Note{
		{Label: v.T("plans.last_quarter"), Figure: v.PercentOf("milestones.last_quarter", p.LastQuarter)},
		{Label: v.T("plans.quarter_end"), Figure: v.PercentOf("milestones.quarter_end", p.QuarterEnd)},
		{Label: v.T("plans.on_time"), Figure: v.PercentOf("milestones.on_time", p.OnTime)},
	}
}
