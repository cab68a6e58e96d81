package web

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// forecastView is the forecast at the target date, or the words that there is none yet.
type forecastView struct {
	Known bool
	Bands []note
	Text  string
	// Method says how it was made and how such forecasts did.
	Method string
}

func (v *base) forecast() forecastView {
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
func (v *base) forecastMethod() string {
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
