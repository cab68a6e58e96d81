package web

import (
	"fmt"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/charts"
)

// statusLooks are a status's colour and shape in a drawing, the same as beside its word on a page.
var statusLooks = map[figures.Status]struct {
	colour charts.Colour
	shape  string
}{
	figures.StatusLate: {"@bad", "◆"}, figures.StatusAtRisk: {"@warn", "▲"}, figures.StatusOnTrack: {"@good", "●"},
	figures.StatusDone: {"@good", "✓"}, figures.StatusNoData: {charts.Muted, "○"},
}

// planTimeline draws a row for each entity that has milestones, the longest slip first.
func (v *visit) planTimeline() (chart, error) {
	list := v.figures.Plans.Entities
	c := chart{
		Name: "plan-timeline", Headline: v.timelineHeadline(list), Unit: unitMonths, CSV: v.address.table("plan-timeline"),
		Subtitle: v.T("plans.timeline.subtitle", args("programme", v.programmeName())), Rows: rowsOf(len(list)),
	}
	if len(list) == 0 {
		c.Nothing = v.T("plans.timeline.nothing")
		return c, nil
	}
	plot := charts.SpanPlot{RightToLeft: v.rightToLeft(), Today: &charts.Line{At: inMonths(v.figures.On), Label: v.drawnText(v.Date(v.figures.On))}}
	first, last := v.figures.On, v.figures.On
	for i := range list {
		p := &list[i]
		first, last = min(first, p.OriginalFrom, p.CurrentFrom), max(last, p.OriginalTo, p.CurrentTo)
		plot.Spans = append(plot.Spans, v.timelineRow(p))
	}
	plot.From, plot.To = float64(first.Month().Year()*12), float64((last.Month().Year()+1)*12)
	var err error
	if c.Options, err = charts.Spans(plot); err != nil {
		return chart{}, fmt.Errorf("draw chart %s: %w", c.Name, err)
	}
	c.Table = v.timelineTable(list, c.Subtitle)
	c.Sentence = c.Headline + ". " + c.Subtitle + ". " + v.T("plans.timeline.sentence", args(
		"n", len(list), "first", v.entityName(list[0].Entity), "slip", v.Decimal(list[0].Slip, 0),
		"from", v.Month(first.Month()), "to", v.Month(last.Month())))
	return c, nil
}

func (v *visit) timelineHeadline(list []figures.EntityPlan) string {
	if len(list) == 0 {
		return v.T("plans.timeline.title")
	}
	worst := args("name", v.entityName(list[0].Entity), "slip", v.Decimal(list[0].Slip, 0))
	if len(list) == 1 {
		return v.T("plans.timeline.own", worst)
	}
	long := len(filter(list, func(p figures.EntityPlan) bool { return p.SlipsLong() }))
	worst["n"], worst["all"] = long, len(list)
	if long == 0 {
		return v.T("plans.timeline.short", worst)
	}
	return v.T("plans.timeline.headline", worst)
}

// timelineRow is an entity's row of the drawing.
func (v *visit) timelineRow(p *figures.EntityPlan) charts.Span {
	standing := v.entityStatus(p.Entity)
	look := statusLooks[figures.Status(standing.Code)]
	name := v.entityName(p.Entity)
	words := v.T("plans.timeline.row", args(
		"name", name, "status", standing.Text, "original", v.spanWords(p.OriginalFrom, p.OriginalTo),
		"current", v.spanWords(p.CurrentFrom, p.CurrentTo), "done", p.Done, "all", p.Milestones, "slip", v.Decimal(p.Slip, 0)))
	return charts.Span{
		Name: v.drawnText(name), Words: v.drawnText(words),
		Label:        v.drawnText(v.T("plans.timeline.label", args("shape", look.shape, "status", standing.Text, "slip", v.Decimal(p.Slip, 0)))),
		OriginalFrom: inMonths(p.OriginalFrom), OriginalTo: inMonths(p.OriginalTo + 1),
		CurrentFrom: inMonths(p.CurrentFrom), CurrentTo: inMonths(p.CurrentTo + 1),
		Done: p.DoneShare.Value, Colour: look.colour,
	}
}

// entityStatus is an entity's standing; no data for one that the reader does not see.
func (v *visit) entityStatus(code string) status {
	if e := v.named.entities[code]; e != nil {
		return v.status(e.Status, e.Reason)
	}
	return v.status(figures.StatusNoData, figures.StatusReason{})
}

func (v *visit) spanWords(from, to civil.Date) string {
	return v.T("base.interval", args("from", v.Date(from), "to", v.Date(to)))
}

// inMonths counts a day's months since the year 0, days as parts.
func inMonths(d civil.Date) float64 {
	month := d.Month()
	return float64(month) + float64(d-month.First())/float64(month.Last()-month.First()+1)
}

// rowsOf rounds a number of rows up to the next height that the style sheet knows.
func rowsOf(n int) int { return min(80, max(5, (n+4)/5*5)) }

func (v *visit) timelineTable(list []figures.EntityPlan, caption string) table {
	t := table{Caption: caption, Head: []string{
		v.T("web.entity"), v.T("web.status"), v.T("web.slip_median"), v.T("plans.milestones"), v.T("plans.done"), v.T("plans.done_share"), v.T("plans.late"),
		v.T("plans.original_from"), v.T("plans.original_to"), v.T("plans.current_from"), v.T("plans.current_to"),
	}}
	for i := range list {
		p := &list[i]
		at := "plans." + p.Entity + "."
		standing := v.entityStatus(p.Entity)
		t.Rows = append(t.Rows, row{Head: v.entityName(p.Entity), Key: p.Entity, Address: v.entityLink(p.Entity).Address, Cells: []cell{
			{Text: standing.Text, Value: standing.Code, Status: &standing},
			cellOfFigure(v.decimal(at+"slip_median", p.Slip, 0)), cellOfFigure(v.whole(at+"milestones", p.Milestones)),
			cellOfFigure(v.whole(at+"done", p.Done)), cellOfFigure(v.percent(at+"done_share", p.DoneShare)), cellOfFigure(v.whole(at+"late", p.Late)),
			v.dayCell(p.OriginalFrom), v.dayCell(p.OriginalTo), v.dayCell(p.CurrentFrom), v.dayCell(p.CurrentTo),
		}})
	}
	return t
}

func cellOfFigure(f figure) cell {
	return cell{Text: f.Text, Value: f.Value, Number: true, Name: f.Name}
}

func (v *visit) dayCell(d civil.Date) cell {
	if d.IsZero() {
		return cell{Text: v.day(d)}
	}
	return cell{Text: v.Date(d), Value: d.String()}
}

// planMonths draws the go-lives of each month: as first planned in columns, as planned now and as they came in lines.
func (v *visit) planMonths() (chart, error) {
	list := v.figures.Plans.Months
	periods := each(list, func(m figures.PlanMonth) civil.Period { return m.Month.Period() })
	took := func(take func(figures.PlanMonth) int) []programme.Count {
		return each(list, func(m figures.PlanMonth) programme.Count { return programme.CountOf(take(m)) })
	}
	gone := took(func(m figures.PlanMonth) int { return m.GoneLive })
	for i, m := range list {
		if m.Month > v.figures.On.Month() {
			gone[i] = programme.Count{State: programme.NotRequested}
		}
	}
	t := timeline{
		name: "plan-months", headline: v.monthsHeadline(), unit: unitCount, draw: charts.ColumnsUnderLines, periods: periods,
		subtitle: v.T("plans.months.subtitle", args("programme", v.programmeName(), "period", v.spanOf(periods))),
		tracks: []track{
			trackOf(charts.Series{Name: v.T("plans.months.planned"), Colour: charts.LevelColour(programme.LevelInformative)}, took(func(m figures.PlanMonth) int { return m.Planned })),
			trackOf(charts.Series{
				Name: v.T("plans.months.current"), Label: v.T("plans.months.current"), Colour: charts.Accent, Dash: charts.Solid, Symbol: "circle", Heavy: true,
			}, took(func(m figures.PlanMonth) int { return m.Current })),
			trackOf(charts.Series{
				Name: v.T("plans.months.gone_live"), Label: v.T("plans.months.gone_live"), Colour: charts.Ink, Dash: charts.Dotted, Symbol: "diamond",
			}, gone),
		},
	}
	if on := slices.IndexFunc(list, func(m figures.PlanMonth) bool { return m.Month == v.figures.On.Month() }); on >= 0 {
		t.today = &charts.Line{At: float64(on), Label: v.Date(v.figures.On)}
	}
	return v.chart(t)
}

func (v *visit) monthsHeadline() string {
	p := &v.figures.Plans
	if !p.LastQuarter.Known() {
		return v.T("plans.months.nothing")
	}
	target := v.figures.Programme.TargetOn.Month()
	return v.T("plans.months.headline", args("share", v.Percent(p.LastQuarter), "from", v.Month(target-2), "to", v.Month(target)))
}

// bunching are the shares that tell whether go-lives are spread.
func (v *visit) bunching() []note {
	p := &v.figures.Plans
	return []note{
		{Label: v.T("plans.last_quarter"), Figure: v.percent("milestones.last_quarter", p.LastQuarter)},
		{Label: v.T("plans.quarter_end"), Figure: v.percent("milestones.quarter_end", p.QuarterEnd)},
		{Label: v.T("plans.on_time"), Figure: v.percent("milestones.on_time", p.OnTime)},
	}
}
