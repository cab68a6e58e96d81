package dashboard

import (
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
	"mirsad/web/charts"
	"mirsad/web/page"
)

// progressCharts draw the way to the goal, of the programme and of an entity, each with its headline.
type progressCharts struct{ *page.Visit }

// burnUp draws the way to the goal: goal, plan, current plan, counted and, of those, end-to-end.
func (c progressCharts) burnUp() (page.Chart, error) {
	p := &c.Figures.Verified
	tracks := []page.Track{
		page.TrackOf(charts.Series{
			Name: c.T("web.series.counted"), Label: c.T("web.series.counted_end", page.Args("n", p.Counted)),
			Colour: charts.Accent, Dash: charts.Solid, Symbol: "circle", Heavy: true,
		}, page.Each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.Counted })),
		page.TrackOf(charts.Series{
			Name: c.T("web.series.end_to_end"), Label: c.T("web.series.end_to_end_end", page.Args("n", p.EndToEnd)),
			Colour: charts.LevelColour(programme.LevelTransactional), Dash: charts.Solid, Symbol: "triangle",
		}, page.Each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.EndToEnd })),
		page.TrackOf(charts.Series{
			Name: c.T("web.series.plan"), Label: c.T("web.series.plan"),
			Colour: charts.Muted, Dash: charts.Dashed, Symbol: "rect",
		}, page.Each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.Plan })),
		page.TrackOf(charts.Series{
			Name: c.T("web.series.current_plan"), Label: c.T("web.series.current_plan"),
			Colour: charts.Ink, Dash: charts.Dotted, Symbol: "diamond",
		}, page.Each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.CurrentPlan })),
	}
	t := page.Timeline{
		Name: "burn-up", Headline: c.planHeadline(),
		Subtitle: c.T("web.burn_up.subtitle", page.Args("programme", c.ProgrammeName(), "period", c.span(p.Series))),
		Periods:  page.Months(p.Series), Tracks: tracks, Unit: page.UnitCount, Draw: charts.Lines,
		Goal: &charts.Line{At: float64(p.Goal), Label: c.T("web.series.goal", page.Args("n", p.Goal))},
	}
	if p.Forecast.P50.Known() {
		c.addForecast(&t)
	}
	on := slices.IndexFunc(p.Series, func(m figures.ProgressMonth) bool { return m.Month == c.Figures.On.Month() })
	if on >= 0 {
		t.Today = &charts.Line{At: float64(on), Label: c.Date(c.Figures.On)}
	}
	return c.Chart(t)
}

// addForecast adds the forecast to the burn-up: its median as a line, and both bands.
func (c progressCharts) addForecast(t *page.Timeline) {
	f, series := &c.Figures.Verified.Forecast, c.Figures.Verified.Series
	edge := func(key string, take func(forecast.Bands) programme.Count) page.Track {
		return page.TrackOf(charts.Series{Name: c.T("web.series.forecast." + key)},
			page.Each(series, func(m figures.ProgressMonth) programme.Count {
				n := take(m.Forecast)
				if !n.Known() && m.Month.Last() <= c.Figures.On {
					n.State = programme.NotApplicable // the past has a count, and no forecast
				}
				return n
			}))
	}
	median := edge("p50", func(b forecast.Bands) programme.Count { return b.P50 })
	median.Label = c.T("web.series.forecast_end", page.Args("p10", c.Count(f.P10), "p90", c.Count(f.P90)))
	median.Colour, median.Dash, median.Symbol = charts.Accent, charts.Dotted, "circle"
	t.Tracks = append(t.Tracks, median)
	t.Bands = []page.Band{
		{
			Name: c.T("web.series.forecast.band_80"), Colour: charts.Accent, Opacity: .16,
			Low:  edge("p10", func(b forecast.Bands) programme.Count { return b.P10 }),
			High: edge("p90", func(b forecast.Bands) programme.Count { return b.P90 }),
		},
		{
			Name: c.T("web.series.forecast.band_50"), Colour: charts.Accent, Opacity: .24,
			Low:  edge("p25", func(b forecast.Bands) programme.Count { return b.P25 }),
			High: edge("p75", func(b forecast.Bands) programme.Count { return b.P75 }),
		},
	}
}

// planHeadline says how far the programme is from its plan.
func (c progressCharts) planHeadline() string {
	p := &c.Figures.Verified
	if !p.Variance.Known() {
		return c.T("web.burn_up.no_plan", page.Args("counted", p.Counted, "goal", p.Goal))
	}
	values := page.Args("plan", c.Count(p.Plan), "counted", p.Counted, "n", page.Abs(p.Variance.Value))
	switch {
	case p.Variance.Value < 0:
		return c.T("web.burn_up.behind", values)
	case p.Variance.Value > 0:
		return c.T("web.burn_up.ahead", values)
	default:
		return c.T("web.burn_up.on_plan", values)
	}
}

// maturity draws the counted services of each level at the end of each month.
func (c progressCharts) maturity() (page.Chart, error) {
	p := &c.Figures.Verified
	past := page.Filter(p.Series, func(m figures.ProgressMonth) bool { return m.Counted.Known() })
	var tracks []page.Track
	for _, level := range programme.Levels() {
		name := c.LevelName(level)
		tracks = append(tracks, page.TrackOf(charts.Series{
			Name: name, Label: c.T("web.series.level_end", page.Args("level", name, "n", p.ByLevel.At(level))),
			Colour: charts.LevelColour(level), Symbol: "rect",
		}, page.Each(past, func(m figures.ProgressMonth) programme.Count {
			return programme.CountOf(m.ByLevel.At(level))
		})))
	}
	return c.Chart(page.Timeline{
		Name: "maturity", Headline: c.maturityHeadline(past),
		Subtitle: c.T("web.maturity.subtitle", page.Args("programme", c.ProgrammeName(), "period", c.span(past))),
		Periods:  page.Months(past), Tracks: tracks, Unit: page.UnitCount, Draw: charts.Stack,
	})
}

func (c progressCharts) maturityHeadline(past []figures.ProgressMonth) string {
	p := &c.Figures.Verified
	share := c.Percent(page.RatioOf(p.EndToEnd, p.Counted))
	before := c.Figures.On.Month() - 12
	for _, m := range past {
		if m.Month == before && m.Counted.Known() && m.Counted.Value > 0 {
			was := programme.RatioOf(float64(m.EndToEnd.Value), float64(m.Counted.Value))
			return c.T(
				"web.maturity.headline", page.Args("share", share, "was", c.Percent(was), "month", c.Month(before)),
			)
		}
	}
	return c.T("web.maturity.headline_first", page.Args("share", share))
}

// entityProgress draws one entity's counted services beside its plan over twelve months.
func (c progressCharts) entityProgress(e *figures.EntityFigures) (page.Chart, error) {
	return c.Chart(page.Timeline{
		Name: "entity-progress", Headline: c.entityPlanHeadline(e),
		Subtitle: c.T(
			"web.burn_up.subtitle", page.Args("programme", c.Name(e.Name, e.NameAr), "period", c.span(e.Series)),
		),
		Periods: page.Months(e.Series), Unit: page.UnitCount, Draw: charts.Lines, Query: []string{"entity", e.Code},
		Tracks: []page.Track{
			page.TrackOf(charts.Series{
				Name: c.T("web.series.counted"), Label: c.T("web.series.counted_end", page.Args("n", e.Counted)),
				Colour: charts.Accent, Dash: charts.Solid, Symbol: "circle", Heavy: true,
			}, page.Each(e.Series, func(m figures.ProgressMonth) programme.Count { return m.Counted })),
			page.TrackOf(charts.Series{
				Name: c.T("web.series.plan"), Label: c.T("web.series.plan"),
				Colour: charts.Muted, Dash: charts.Dashed, Symbol: "rect",
			}, page.Each(e.Series, func(m figures.ProgressMonth) programme.Count { return m.Plan })),
		},
	})
}

func (c progressCharts) entityPlanHeadline(e *figures.EntityFigures) string {
	values := page.Args("counted", e.Counted, "plan", c.Count(e.Plan), "n", page.Abs(e.Variance.Value))
	switch {
	case !e.Variance.Known():
		return c.T("web.entity.no_plan", page.Args("n", e.Counted))
	case e.Variance.Value < 0:
		return c.T("web.burn_up.behind", values)
	case e.Variance.Value > 0:
		return c.T("web.burn_up.ahead", values)
	default:
		return c.T("web.burn_up.on_plan", values)
	}
}

// span words the first and last month of a series.
func (c progressCharts) span(series []figures.ProgressMonth) string {
	if len(series) == 0 {
		return ""
	}
	return c.T("base.interval", page.Args("from", c.Month(series[0].Month), "to", c.Month(series[len(series)-1].Month)))
}
