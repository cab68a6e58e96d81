package page

import (
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// ForecastView is the forecast at the target date, or the words that there is none yet.
type ForecastView struct {
	Known bool
	Bands []Note
	Text  string
	// Method says how it was made and how such forecasts did.
	Method string
}

// Forecast words the forecast of the verified count.
func (v *Visit) Forecast() ForecastView {
	f := &v.Figures.Verified.Forecast
	method := v.ForecastMethod()
	if !f.P50.Known() {
		return ForecastView{Text: method}
	}
	coverage := v.T("web.forecast.no_coverage")
	if f.Coverage.Known() {
		coverage = v.T("web.forecast.coverage", Args("share", v.Percent(f.Coverage)))
	}
	return ForecastView{
		Known: true,
		Text: v.T("web.forecast.text", Args("p10", v.Count(f.P10), "p90", v.Count(f.P90),
			"target", v.Date(v.Figures.Programme.TargetOn))),
		Bands: []Note{
			{Label: v.T("web.forecast.p50"), Figure: v.CountOf("progress.forecast.p50", f.P50)},
			LikelihoodNote(v),
		},
		Method: strings.TrimSpace(method + " " + coverage + " " + LikelihoodLimit(v)),
	}
}

// ForecastMethod says in words how the forecast was made, or why there is none.
func (v *Visit) ForecastMethod() string {
	f := &v.Figures.Verified.Forecast
	switch f.Method {
	case figures.MethodMonteCarlo, figures.MethodTargetPassed:
		return v.T("forecast.method."+f.Method, Args("n", f.Open, "finished", f.Finished))
	case figures.MethodTooLittleHistory:
		return v.T("forecast.method."+f.Method, Args("n", f.Finished))
	default:
		return v.T("web.forecast." + string(StateOf(f.P50)))
	}
}

// StateOf returns a number's state; the zero value is not provided.
func StateOf[T int64 | float64](n programme.Number[T]) programme.State {
	if n.State == "" {
		return programme.NotProvided
	}
	return n.State
}
