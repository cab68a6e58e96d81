package web

import (
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
	"mirsad/web/charts"
)

// burnUp draws the way to the goal: goal, plan, current plan, counted and, of those, end-to-end.
func (v *visit) burnUp() (chart, error) {
	p := &v.figures.Verified
	tracks := []track{
		trackOf(charts.Series{
			Name: v.T("web.series.counted"), Label: v.T("web.series.counted_end", args("n", p.Counted)),
			Colour: charts.Accent, Dash: charts.Solid, Symbol: "circle", Heavy: true,
		}, each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.Counted })),
		trackOf(charts.Series{
			Name: v.T("web.series.end_to_end"), Label: v.T("web.series.end_to_end_end", args("n", p.EndToEnd)),
			Colour: charts.LevelColour(programme.LevelTransactional), Dash: charts.Solid, Symbol: "triangle",
		}, each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.EndToEnd })),
		trackOf(charts.Series{
			Name: v.T("web.series.plan"), Label: v.T("web.series.plan"),
			Colour: charts.Muted, Dash: charts.Dashed, Symbol: "rect",
		}, each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.Plan })),
		trackOf(charts.Series{
			Name: v.T("web.series.current_plan"), Label: v.T("web.series.current_plan"),
			Colour: charts.Ink, Dash: charts.Dotted, Symbol: "diamond",
		}, each(p.Series, func(m figures.ProgressMonth) programme.Count { return m.CurrentPlan })),
	}
	t := timeline{
		name: "burn-up", headline: v.planHeadline(),
		subtitle: v.T("web.burn_up.subtitle", args("programme", v.programmeName(), "period", v.span(p.Series))),
		periods:  months(p.Series), tracks: tracks, unit: unitCount, draw: charts.Lines,
		goal: &charts.Line{At: float64(p.Goal), Label: v.T("web.series.goal", args("n", p.Goal))},
	}
	if p.Forecast.P50.Known() {
		v.addForecast(&t)
	}
	on := slices.IndexFunc(p.Series, func(m figures.ProgressMonth) bool { return m.Month == v.figures.On.Month() })
	if on >= 0 {
		t.today = &charts.Line{At: float64(on), Label: v.Date(v.figures.On)}
	}
	return v.chart(t)
}

// addForecast adds the forecast to the burn-up: its median as a line, and both bands.
func (v *visit) addForecast(t *timeline) {
	f, series := &v.figures.Verified.Forecast, v.figures.Verified.Series
	edge := func(key string, take func(forecast.Bands) programme.Count) track {
		return trackOf(charts.Series{Name: v.T("web.series.forecast." + key)},
			each(series, func(m figures.ProgressMonth) programme.Count { return take(m.Forecast) }))
	}
	median := edge("p50", func(b forecast.Bands) programme.Count { return b.P50 })
	median.Label = v.T("web.series.forecast_end", args("p10", v.Count(f.P10), "p90", v.Count(f.P90)))
	median.Colour, median.Dash, median.Symbol = charts.Accent, charts.Dotted, "circle"
	t.tracks = append(t.tracks, median)
	t.bands = []band{
		{
			name: v.T("web.series.forecast.band_80"), colour: charts.Accent, opacity: .16,
			low:  edge("p10", func(b forecast.Bands) programme.Count { return b.P10 }),
			high: edge("p90", func(b forecast.Bands) programme.Count { return b.P90 }),
		},
		{
			name: v.T("web.series.forecast.band_50"), colour: charts.Accent, opacity: .24,
			low:  edge("p25", func(b forecast.Bands) programme.Count { return b.P25 }),
			high: edge("p75", func(b forecast.Bands) programme.Count { return b.P75 }),
		},
	}
}

// planHeadline says how far the programme is from its plan.
func (v *visit) planHeadline() string {
	p := &v.figures.Verified
	if !p.Variance.Known() {
		return v.T("web.burn_up.no_plan", args("counted", p.Counted, "goal", p.Goal))
	}
	values := args("plan", v.Count(p.Plan), "counted", p.Counted, "n", abs(p.Variance.Value))
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
func (v *visit) maturity() (chart, error) {
	p := &v.figures.Verified
	past := filter(p.Series, func(m figures.ProgressMonth) bool { return m.Counted.Known() })
	var tracks []track
	for _, level := range programme.Levels() {
		name := v.levelName(level)
		tracks = append(tracks, trackOf(charts.Series{
			Name: name, Label: v.T("web.series.level_end", args("level", name, "n", p.ByLevel.At(level))),
			Colour: charts.LevelColour(level), Symbol: "rect",
		}, each(past, func(m figures.ProgressMonth) programme.Count { return programme.CountOf(m.ByLevel.At(level)) })))
	}
	return v.chart(timeline{
		name: "maturity", headline: v.maturityHeadline(past),
		subtitle: v.T("web.maturity.subtitle", args("programme", v.programmeName(), "period", v.span(past))),
		periods:  months(past), tracks: tracks, unit: unitCount, draw: charts.Stack,
	})
}

func (v *visit) maturityHeadline(past []figures.ProgressMonth) string {
	p := &v.figures.Verified
	share := v.Percent(ratioOf(p.EndToEnd, p.Counted))
	before := v.figures.On.Month() - 12
	for _, m := range past {
		if m.Month == before && m.Counted.Known() && m.Counted.Value > 0 {
			was := programme.RatioOf(float64(m.EndToEnd.Value), float64(m.Counted.Value))
			return v.T("web.maturity.headline", args("share", share, "was", v.Percent(was), "month", v.Month(before)))
		}
	}
	return v.T("web.maturity.headline_first", args("share", share))
}

// entityProgress draws one entity's counted services beside its plan over twelve months.
func (v *visit) entityProgress(e *figures.EntityFigures) (chart, error) {
	return v.chart(timeline{
		name: "entity-progress", headline: v.entityPlanHeadline(e),
		subtitle: v.T("web.burn_up.subtitle", args("programme", v.name(e.Name, e.NameAr), "period", v.span(e.Series))),
		periods:  months(e.Series), unit: unitCount, draw: charts.Lines, query: []string{"entity", e.Code},
		tracks: []track{
			trackOf(charts.Series{
				Name: v.T("web.series.counted"), Label: v.T("web.series.counted_end", args("n", e.Counted)),
				Colour: charts.Accent, Dash: charts.Solid, Symbol: "circle", Heavy: true,
			}, each(e.Series, func(m figures.ProgressMonth) programme.Count { return m.Counted })),
			trackOf(charts.Series{
				Name: v.T("web.series.plan"), Label: v.T("web.series.plan"),
				Colour: charts.Muted, Dash: charts.Dashed, Symbol: "rect",
			}, each(e.Series, func(m figures.ProgressMonth) programme.Count { return m.Plan })),
		},
	})
}

func (v *visit) entityPlanHeadline(e *figures.EntityFigures) string {
	values := args("counted", e.Counted, "plan", v.Count(e.Plan), "n", abs(e.Variance.Value))
	switch {
	case !e.Variance.Known():
		return v.T("web.entity.no_plan", values)
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
	return v.T("base.interval", args("from", v.Month(series[0].Month), "to", v.Month(series[len(series)-1].Month)))
}
