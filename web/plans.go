package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// plansView is how the programme keeps to its plans: verdict, timeline, milestones, bunching, dependencies, what if.
type plansView struct {
	ownFrame

	Heading, Lead string
	Tiles         []tile
	Method        string
	Timeline      chart
	Milestones    milestonesView
	Months        chart
	Bunching      []note
	Platforms     []platformRow
	PlatformsText string
	WhatIf        whatIfView
	Backtest      backtestView
}

// plansPage shows the plans. What a scenario's form gives in two fields goes on as one address, which can be passed on.
func (w *Web) plansPage(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	if err := v.gather(); err != nil {
		w.problem(rw, v.base, err)
		return
	}
	asked := v.scenario()
	if asked.goOn != "" {
		redirect(rw, r, asked.goOn)
		return
	}
	view, err := v.plans(asked)
	if err != nil {
		w.problem(rw, v.base, err)
		return
	}
	status := http.StatusOK
	if len(view.WhatIf.Faults) > 0 || view.WhatIf.DaysFault != "" {
		status = http.StatusBadRequest
	}
	w.render(rw, v.base, status, "plans", view)
}

func (v *visit) plans(asked *scenarioAsked) (*plansView, error) {
	tested, err := v.Source.Backtest(v.request.Context(), v.question)
	if err != nil {
		return nil, fmt.Errorf("ask for the back-test: %w", err)
	}
	view := &plansView{
		ownFrame: v.ownFrame(v.T("web.menu.plans")), Heading: v.planVerdict(), Lead: v.planLead(tested),
		Tiles:  []tile{v.countedTile(), v.paceTile(), v.forecastTile()},
		Method: v.forecastMethod(), Bunching: v.bunching(), Platforms: v.platformRows(), Backtest: v.backtestTable(tested),
	}
	if len(view.Platforms) == 0 {
		view.PlatformsText = v.T("plans.platforms.none")
	}
	if view.Milestones, err = v.milestones(); err != nil {
		return nil, err
	}
	if view.Timeline, err = v.planTimeline(); err != nil {
		return nil, err
	}
	if view.Months, err = v.planMonths(); err != nil {
		return nil, err
	}
	if view.WhatIf, err = v.whatIf(asked); err != nil {
		return nil, err
	}
	return view, nil
}

// planLead completes the verdict: index, pace, forecast, probability, and whether such forecasts can be relied on.
func (v *visit) planLead(tested *figures.Backtest) string {
	p := &v.figures.Verified
	var sentences []string
	if p.ScheduleIndex.Known() {
		sentences = append(sentences, v.T("plans.lead.index", args("index", v.Decimal(p.ScheduleIndex, 3))))
	}
	if p.RequiredRate.Known() && p.RecentRate.Months3.Known() {
		sentences = append(sentences, v.T("web.lead.pace", args(
			"required", v.Decimal(p.RequiredRate, 1), "recent", v.Decimal(p.RecentRate.Months3, 1),
			"target", v.Date(v.figures.Programme.TargetOn))))
	}
	sentences = append(sentences, v.forecast().Text)
	if p.Forecast.Probability.Known() {
		sentences = append(sentences, v.T("plans.lead.probability", args("share", v.Percent(p.Forecast.Probability), "goal", p.Goal)), v.reliance(tested))
	}
	return strings.Join(sentences, " ")
}

// reliance says how often the 80 % band held, with a warning where that was too seldom.
func (v *visit) reliance(tested *figures.Backtest) string {
	switch held := tested.Within80; {
	case !held.Known():
		return v.T("web.forecast.no_coverage")
	case tested.TooNarrow():
		return v.T("plans.lead.too_narrow", args("share", v.Percent(held)))
	default:
		return v.T("web.forecast.coverage", args("share", v.Percent(held)))
	}
}

// forecastTile is the forecast at the target date, with how such forecasts did.
func (v *visit) forecastTile() tile {
	f := &v.figures.Verified.Forecast
	return tile{
		Label: v.T("web.forecast"), Figure: v.count("progress.forecast.p50", f.P50),
		Unit: v.T("plans.forecast.unit", args("target", v.Date(v.figures.Programme.TargetOn))),
		Notes: []note{
			{Label: v.T("web.series.forecast.band_80"), Figure: figure{Text: v.bandWords(f.P10, f.P90), Unknown: !f.P10.Known()}},
			{Label: v.T("web.series.forecast.band_50"), Figure: figure{Text: v.bandWords(f.P25, f.P75), Unknown: !f.P25.Known()}},
			{Label: v.T("web.forecast.probability"), Figure: v.percent("progress.forecast.probability", f.Probability)},
			{Label: v.T("plans.forecast.coverage"), Figure: v.percent("progress.forecast.coverage", f.Coverage)},
		},
	}
}

// bandWords tells a band from edge to edge, or the word for its state.
func (v *visit) bandWords(low, high programme.Count) string {
	if !low.Known() || !high.Known() {
		return v.State(stateOf(low))
	}
	return v.T("base.interval", args("from", v.Count(low), "to", v.Count(high)))
}

// backtestView is how often the bands held at past month ends.
type backtestView struct {
	Text string
	Rows []backtestRow
}

// backtestRow is one horizon of the back-test.
type backtestRow struct {
	Horizon            string
	Points             figure
	Within50, Within80 figure
}

func (v *visit) backtestTable(tested *figures.Backtest) backtestView {
	points := 0
	view := backtestView{}
	for _, h := range tested.Horizons {
		at := "forecast.horizons." + raw(int64(h.Months)) + "."
		points += h.Points
		view.Rows = append(view.Rows, backtestRow{
			Horizon: v.T("plans.backtest.months", args("n", h.Months)), Points: v.whole(at+"points", h.Points),
			Within50: v.percent(at+"within_50", h.Within50), Within80: v.percent(at+"within_80", h.Within80),
		})
	}
	if points == 0 {
		return backtestView{Text: v.T("plans.backtest.too_little")}
	}
	view.Text = v.T("plans.backtest.text", args("n", points, "half", v.Percent(tested.Within50), "most", v.Percent(tested.Within80)))
	return view
}

// platformRow is an entity on which others depend, and what its delay passes on.
type platformRow struct {
	Entity                     link
	Late, LateDays             figure
	Ready                      string
	Waiting, WaitingIntegrated figure
	Delayed, DaysPassedOn      figure
	WhatIf                     string
}

// platformShift is by how many days the link of a platform asks what if.
const platformShift = 30

func (v *visit) platformRows() []platformRow {
	return each(v.figures.Plans.Platforms, func(p figures.PlatformFigures) platformRow {
		at := "platforms." + p.Entity + "."
		row := platformRow{
			Entity: v.entityLink(p.Entity), Late: v.whole(at+"late", p.Late), LateDays: v.whole(at+"late_days", p.LateDays),
			Ready: v.day(p.ReadyOn), Waiting: v.whole(at+"waiting", p.Waiting),
			WaitingIntegrated: v.whole(at+"waiting_integrated", p.WaitingIntegrated),
			Delayed:           v.whole(at+"delayed", p.Delayed), DaysPassedOn: v.whole(at+"days_passed_on", p.DaysPassedOn),
		}
		shift := figures.Scenario{{Kind: figures.ShiftPlatform, Of: p.Entity, Days: platformShift}}
		row.WhatIf = v.address.with("shift", shift.String()) + "#what-if"
		if v.named.entities[p.Entity] == nil {
			row.Entity.Address = ""
		}
		return row
	})
}

// asFaults returns what is wrong with what was asked, if that is what an error says.
func asFaults(err error) ([]programme.Fault, bool) {
	found, are := errors.AsType[*programme.FaultsError](err)
	if !are {
		return nil, false
	}
	return found.Faults, true
}
