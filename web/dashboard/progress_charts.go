package dashboard

import (
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
	"mirsad/web/charts"
	"mirsad/web/page"
)

// burnUp draws the way to the goal: goal, plan, current plan, counted and, of those, end-to-end.
func (v *visit) burnUp() (page.Chart, error) {
	p := &v.Figures.Verified
	tracks := []page.Track{
		page.TrackOf(charts.Series{
			Name: v.T("web.series.counted"), Label: v.T("web.series.counted_end", page.Args("n", p.Counted)),
			Colour: charts.Accent, Dash: charts.Solid, Symbol: "circle", Heavy: true,
		}, page.Each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.Counted })),
		page.TrackOf(charts.Series{
			Name: v.T("web.series.end_to_end"), Label: v.T("web.series.end_to_end_end", page.Args("n", p.EndToEnd)),
			Colour: charts.LevelColour(programme.LevelTransactional), Dash: charts.Solid, Symbol: "triangle",
		}, page.Each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.EndToEnd })),
		page.TrackOf(charts.Series{
			Name: v.T("web.series.plan"), Label: v.T("web.series.plan"),
			Colour: charts.Muted, Dash: charts.Dashed, Symbol: "rect",
		}, page.Each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.Plan })),
		page.TrackOf(charts.Series{
			Name: v.T("web.series.current_plan"), Label: v.T("web.series.current_plan"),
			Colour: charts.Ink, Dash: charts.Dotted, Symbol: "diamond",
		}, page.Each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.CurrentPlan })),
	}
	t := page.Timeline{
		Name: "burn-up", Headline: v.planHeadline(),
		Subtitle: v.T("web.burn_up.subtitle", page.Args("programme", v.ProgrammeName(), "period", v.span(p.Series))),
		Periods:  page.Months(p.Series), Tracks: tracks, Unit: page.UnitCount, Draw: charts.Lines,
		Goal: &charts.Line{At: float64(p.Goal), Label: v.T("web.series.goal", page.Args("n", p.Goal))},
	}
	if p.Forecast.P50.Known() {
		v.addForecast(&t)
	}
	on := slices.IndexFunc(p.Series, func(m figures.ProgressMonth) bool { return m.Month == v.Figures.On.Month() })
	if on >= 0 {
		t.Today = &charts.Line{At: float64(on), Label: v.Date(v.Figures.On)}
	}
	return v.Chart(t)
}

// addForecast adds the forecast to the burn-up: its median as a line, and both bands.
func (v *visit) addForecast(t *page.Timeline) {
	f, series := &v.Figures.Verified.Forecast, v.Figures.Verified.Series
	edge := func(key string, take func(forecast.Bands) programme.Count) page.Track {
		return page.TrackOf(charts.Series{Name: v.T("web.series.forecast." + key)},
			page.Each(series, func(m figures.ProgressMonth) programme.Count {
				n := take(m.Forecast)
				if !n.Known() && m.Month.Last() <= v.Figures.On {
					n.State = programme.NotApplicable // the past has a count, and no forecast
				}
				return n
			}))
	}
	median := edge("p50", func(b forecast.Bands) programme.Count { return b.P50 })
	median.Label = v.T("web.series.forecast_end", page.Args("p10", v.Count(f.P10), "p90", v.Count(f.P90)))
	median.Colour, median.Dash, median.Symbol = charts.Accent, charts.Dotted, "circle"
	t.Tracks = append(t.Tracks, median)
	t.Bands = []page.Band{
		{
			Name: v.T("web.series.forecast.band_80"), Colour: charts.Accent, Opacity: .16,
			Low:  edge("p10", func(b forecast.Bands) programme.Count { return b.P10 }),
			High: edge("p90", func(b forecast.Bands) programme.Count { return b.P90 }),
		},
		{
			Name: v.T("web.series.forecast.band_50"), Colour: charts.Accent, Opacity: .24,
			Low:  edge("p25", func(b forecast.Bands) programme.Count { return b.P25 }),
			High: edge("p75", func(b forecast.Bands) programme.Count { return b.P75 }),
		},
	}
}

// planHeadline says how far the programme is from its plan.
func (v *visit) planHeadline() string {
	p := &v.Figures.Verified
	if !p.Variance.Known() {
		return v.T("web.burn_up.no_plan", page.Args("counted", p.Counted, "goal", p.Goal))
	}
	values := page.Args("plan", v.Count(p.Plan), "counted", p.Counted, "n", page.Abs(p.Variance.Value))
	switch {
	case p.Variance.Value < 0:
		return v.T("web.burn_up.behind", values)
	case p.Variance.Value > 0:
		return v.T("web.burn_up.ahead", values)
	default:
		return v.T("web.burn_up.on_plan", values)
	}
}

// maturity draws the counted services of each level at the end of each month.
func (v *visit) maturity() (page.Chart, error) {
	p := &v.Figures.Verified
	past := page.Filter(p.Series, func(m figures.ProgressMonth) bool { return m.Counted.Known() })
	var tracks []page.Track
	for _, level := range programme.Levels() {
		name := v.LevelName(level)
		tracks = append(tracks, page.TrackOf(charts.Series{
			Name: name, Label: v.T("web.series.level_end", page.Args("level", name, "n", p.ByLevel.At(level))),
			Colour: charts.LevelColour(level), Symbol: "rect",
		}, page.Each(past, func(m figures.ProgressMonth) programme.Count { return programme.CountOf(m.ByLevel.At(level)) })))
	}
	return v.Chart(page.Timeline{
		Name: "maturity", Headline: v.maturityHeadline(past),
		Subtitle: v.T("web.maturity.subtitle", page.Args("programme", v.ProgrammeName(), "period", v.span(past))),
		Periods:  page.Months(past), Tracks: tracks, Unit: page.UnitCount, Draw: charts.Stack,
	})
}

func (v *visit) maturityHeadline(past []figures.ProgressMonth) string {
	p := &v.Figures.Verified
	share := v.Percent(page.RatioOf(p.EndToEnd, p.Counted))
	before := v.Figures.On.Month() - 12
	for _, m := range past {
		if m.Month == before && m.Counted.Known() && m.Counted.Value > 0 {
			was := programme.RatioOf(float64(m.EndToEnd.Value), float64(m.Counted.Value))
			return v.T("web.maturity.headline", page.Args("share", share, "was", v.Percent(was), "month", v.Month(before)))
		}
	}
	return v.T("web.maturity.headline_first", page.Args("share", share))
}

// entityProgress draws one entity's counted services beside its plan over twelve months.
func (v *visit) entityProgress(e *figures.EntityFigures) (page.Chart, error) {
	return v.Chart(page.Timeline{
		Name: "entity-progress", Headline: v.entityPlanHeadline(e),
		Subtitle: v.T("web.burn_up.subtitle", page.Args("programme", v.Name(e.Name, e.NameAr), "period", v.span(e.Series))),
		Periods:  page.Months(e.Series), Unit: page.UnitCount, Draw: charts.Lines, Query: []string{"entity", e.Code},
		Tracks: []page.Track{
			page.TrackOf(charts.Series{
				Name: v.T("web.series.counted"), Label: v.T("web.series.counted_end", page.Args("n", e.Counted)),
				Colour: charts.Accent, Dash: charts.Solid, Symbol: "circle", Heavy: true,
			}, page.Each(e.Series, func(m figures.ProgressMonth) programme.Count { return m.Counted })),
			page.TrackOf(charts.Series{
				Name: v.T("web.series.plan"), Label: v.T("web.series.plan"),
				Colour: charts.Muted, Dash: charts.Dashed, Symbol: "rect",
			}, page.Each(e.Series, func(m figures.ProgressMonth) programme.Count { return m.Plan })),
		},
	})
}

func (v *visit) entityPlanHeadline(e *figures.EntityFigures) string {
	values := page.Args("counted", e.Counted, "plan", v.Count(e.Plan), "n", page.Abs(e.Variance.Value))
	switch {
	case !e.Variance.Known():
		return v.T("web.entity.no_plan", page.Args("n", e.Counted))
	case e.Variance.Value < 0:
		return v.T("web.burn_up.behind", values)
	case e.Variance.Value > 0:
		return v.T("web.burn_up.ahead", values)
	default:
		return v.T("web.burn_up.on_plan", values)
	}
}

// span words the first and last month of a series.
func (v *visit) span(series []figures.ProgressMonth) string {
	if len(series) == 0 {
		return ""
	}
	return v.T("base.interval", page.Args("from", v.Month(series[0].Month), "to", v.Month(series[len(series)-1].Month)))
}
