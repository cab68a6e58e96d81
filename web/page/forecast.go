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
			v.LikelihoodNote(),
		},
		Method: strings.TrimSpace(method + " " + coverage + " " + v.LikelihoodLimit()),
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

// ChanceOf shows a probability as a whole percentage.
func (w Words) ChanceOf(name string, n programme.Ratio) Figure {
	return known(w, name, n, w.Chance(n))
}

// LikelihoodNote says in a word how likely the goal is.
func (v *Visit) LikelihoodNote() Note {
	p := &v.Figures.Verified
	note := Note{
		Label:  v.T("base.likelihood"),
		Figure: v.ChanceOf("progress.forecast.probability", p.Forecast.Probability),
	}
	if word, _ := p.Likelihood(); word != "" {
		note.Figure.Text, note.Figure.Unknown = v.Likelihood(string(word), p.Forecast.Probability), false
	}
	return note
}

// LikelihoodLimit says that a surer word is not used, and why; "" where that is not so.
func (v *Visit) LikelihoodLimit() string {
	p := &v.Figures.Verified
	if _, limited := p.Likelihood(); !limited {
		return ""
	}
	return v.T("base.likelihood.limited", Args("share", v.Percent(p.Forecast.Coverage)))
}

// ReachView is what the goal still takes, and the milestones that would bring it nearer.
type ReachView struct {
	Missing Figure
	Rows    []reachRow
}

// reachRow is one kind of milestones, and how far the count comes without them.
type reachRow struct {
	Label          string
	Number, AtMost Figure
}

// ReachView shows what is missing to the goal (docs/rules.md#reach-to-the-goal).
func (v *Visit) ReachView() ReachView {
	r := &v.Figures.Verified.Reach
	view := ReachView{Missing: v.Whole("progress.reach.missing", r.Missing)}
	for _, each := range []struct {
		name           string
		number, atMost int
	}{
		{"awaiting_verification", r.AwaitingVerification, r.AtMost.AwaitingVerification},
		{"late", r.Late, r.AtMost.Late},
		{"due", r.Due, r.AtMost.Due},
	} {
		view.Rows = append(view.Rows, reachRow{
			Label: v.T("base.reach." + each.name), Number: v.Whole("progress.reach."+each.name, each.number),
			AtMost: v.Whole("progress.reach.at_most_without."+each.name, each.atMost),
		})
	}
	return view
}
