package web

import (
	"slices"
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// overviewView is the briefing: verdict, tiles, burn-up, maturity, use, entities, decisions.
type overviewView struct {
	frame

	Verdict   string
	Lead      string
	Gauge     gauge
	Tiles     []tile
	BurnUp    chart
	Forecast  forecastView
	Maturity  chart
	Counting  countingView
	Use       chart
	Growth    chart
	Entities  []entityRow
	More      link
	CSV       string
	Behind    string
	Decisions []decision
}

// forecastView is the forecast at the target date, or the words that there is none yet.
type forecastView struct {
	Known bool
	Bands []note
	Text  string
	// Method says how it was made and how such forecasts did.
	Method string
}

func (v *visit) overview() (any, error) {
	view := overviewView{
		frame: v.frame(v.T("web.menu.overview")), Verdict: v.planVerdict(), Lead: v.lead(),
		Gauge: v.gauge(), Tiles: v.tiles(), Forecast: v.forecast(), Counting: v.counting(),
		Entities: v.worstEntities(), CSV: v.address.table("entities"),
		More:      link{Text: v.T("web.entities.all", args("n", len(v.figures.Entities))), Address: v.address.to("/entities")},
		Behind:    v.T("web.verdict.entities_behind", args("n", v.figures.Attention.BehindPlan)),
		Decisions: v.decisions(),
	}
	for _, drawn := range []struct {
		into *chart
		draw func() (chart, error)
	}{{&view.BurnUp, v.burnUp}, {&view.Maturity, v.maturity}, {&view.Use, v.use}, {&view.Growth, v.likeForLike}} {
		c, err := drawn.draw()
		if err != nil {
			return nil, err
		}
		*drawn.into = c
	}
	return view, nil
}

// planVerdict is the page's first sentence: how many of the goal, and against the plan.
func (v *visit) planVerdict() string {
	p := &v.figures.Verified
	values := args("counted", p.Counted, "goal", p.Goal, "n", abs(p.Variance.Value))
	switch v.figures.Headline(figures.HeadlineCounted).Direction {
	case figures.DirectionDown:
		return v.T("web.verdict.behind", values)
	case figures.DirectionUp:
		return v.T("web.verdict.ahead", values)
	case figures.DirectionFlat:
		return v.T("web.verdict.on_plan", values)
	default:
		return v.T("web.verdict.no_plan", values)
	}
}

// lead completes the verdict: end-to-end, the pace, the forecast, entities behind.
func (v *visit) lead() string {
	p := &v.figures.Verified
	sentences := []string{v.T("web.lead.end_to_end", args("n", p.EndToEnd, "share", v.Percent(ratioOf(p.EndToEnd, p.Counted))))}
	if p.RequiredRate.Known() && p.RecentRate.Months3.Known() {
		sentences = append(sentences, v.T("web.lead.pace", args(
			"required", v.Decimal(p.RequiredRate, 1), "recent", v.Decimal(p.RecentRate.Months3, 1),
			"target", v.Date(v.figures.Programme.TargetOn))))
	}
	sentences = append(sentences,
		v.T("web.verdict.entities_behind", args("n", v.figures.Attention.BehindPlan)),
		v.forecast().Text)
	return strings.Join(sentences, " ")
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

// overviewEntities is how many of the entities furthest behind the overview names.
const overviewEntities = 12

func (v *visit) worstEntities() []entityRow {
	rows := v.entityRows(slices.Clone(v.figures.Entities), "variance")
	return rows[:min(len(rows), overviewEntities)]
}
