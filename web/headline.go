package web

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// countedTile is the counted services against the goal, the plan and the past.
func (v *visit) countedTile() tile {
	p := &v.figures.Verified
	return tile{
		Label: v.T("web.tile.counted"), Figure: v.whole("progress.counted", p.Counted),
		Unit: v.T("web.of_goal", args("n", p.Goal)),
		Notes: []note{
			{Label: v.T("web.claimed"), Figure: v.whole("", v.figures.Claimed.Counted)}, // named where the levels stand
			{Label: v.T("web.note.plan"), Figure: v.count("progress.plan", p.Plan)},
			{Label: v.T("web.note.variance"), Figure: v.signed("progress.variance", p.Variance), Tone: toneOf(p.Variance)},
			{Label: v.T("web.note.last_month"), Figure: v.count("progress.last_month", p.LastMonth)},
			{Label: v.T("web.note.last_year"), Figure: v.count("progress.last_year", p.LastYear)},
		},
	}
}

// paceTile sets the pace that is required for the goal beside the recent one.
func (v *visit) paceTile() tile {
	p := &v.figures.Verified
	pace := func(key, name string, n programme.Ratio) note {
		return note{Label: v.T(key), Figure: v.decimal(name, n, 1), Tone: v.paceTone(n)}
	}
	return tile{
		Label: v.T("web.tile.pace"), Figure: v.decimal("progress.required_rate", p.RequiredRate, 1),
		Unit: v.T("web.a_month_for", args("n", p.MonthsLeft)),
		Notes: []note{
			pace("web.note.recent_3", "progress.recent_rate.months_3", p.RecentRate.Months3),
			pace("web.note.recent_6", "progress.recent_rate.months_6", p.RecentRate.Months6),
			{Label: v.T("web.note.schedule_index"), Figure: v.decimal("progress.schedule_index", p.ScheduleIndex, 3)},
			{Label: v.T("web.note.slip_median"), Figure: v.decimal("progress.slip_median", p.SlipMedian, 1)},
		},
	}
}

// paceTone compares a recent rate with the required one.
func (v *visit) paceTone(recent programme.Ratio) tone {
	required := v.figures.Verified.RequiredRate
	switch {
	case !recent.Known() || !required.Known():
		return toneNone
	case recent.Value >= required.Value:
		return toneGood
	default:
		return toneBad
	}
}

// planVerdict is the page's first sentence: how many of the goal, and against the plan.
func (v *visit) planVerdict() string {
	p := &v.figures.Verified
	values := args("counted", p.Counted, "goal", p.Goal, "n", abs(p.Variance.Value))
	switch {
	case !p.Variance.Known():
		return v.T("web.verdict.no_plan", values)
	case p.Variance.Value < 0:
		return v.T("web.verdict.behind", values)
	case p.Variance.Value > 0:
		return v.T("web.verdict.ahead", values)
	default:
		return v.T("web.verdict.on_plan", values)
	}
}

// forecastView is the forecast at the target date, or the words that there is none yet.
type forecastView struct {
	Known bool
	Bands []note
	Text  string
	// Method says how it was made and how such forecasts did.
	Method string
}

func (v *visit) forecast() forecastView {
	f := &v.figures.Verified.Forecast
	method := v.forecastMethod()
	if !f.P50.Known() {
		return forecastView{Text: method}
	}
	coverage := v.T("web.forecast.no_coverage")
	if f.Coverage.Known() {
		coverage = v.T("web.forecast.coverage", args("share", v.Percent(f.Coverage)))
	}
	return forecastView{
		Known: true,
		Text: v.T("web.forecast.text", args("p10", v.Count(f.P10), "p90", v.Count(f.P90),
			"target", v.Date(v.figures.Programme.TargetOn))),
		Bands: []note{
			{Label: v.T("web.forecast.p50"), Figure: v.count("progress.forecast.p50", f.P50)},
			{Label: v.T("web.forecast.probability"), Figure: v.percent("progress.forecast.probability", f.Probability)},
		},
		Method: method + " " + coverage,
	}
}

// forecastMethod says in words how the forecast was made, or why there is none.
func (v *visit) forecastMethod() string {
	f := &v.figures.Verified.Forecast
	switch f.Method {
	case figures.MethodMonteCarlo, figures.MethodTargetPassed:
		return v.T("forecast.method."+f.Method, args("n", f.Open, "finished", f.Finished))
	case figures.MethodTooLittleHistory:
		return v.T("forecast.method."+f.Method, args("n", f.Finished))
	default:
		return v.T("web.forecast." + string(stateOf(f.P50)))
	}
}

// stateOf returns a number's state; the zero value is not provided.
func stateOf[T int64 | float64](n programme.Number[T]) programme.State {
	if n.State == "" {
		return programme.NotProvided
	}
	return n.State
}
