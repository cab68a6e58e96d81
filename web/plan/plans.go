package plan

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// plansView is how the programme keeps to its plans: verdict, timeline, milestones, bunching, dependencies, what if.
type plansView struct {
	frame

	Heading, Lead string
	Tiles         []page.Tile
	Method        string
	Timeline      page.Chart
	Milestones    milestonesView
	Months        page.Chart
	Bunching      []page.Note
	Platforms     []platformRow
	PlatformsText string
	Reach         page.ReachView
	WhatIf        whatIfView
	Backtest      backtestView
}

// plansPage shows the plans. What a scenario's form gives in two fields goes on as one address, which can be passed on.
func (v *visit) plansPage(rw http.ResponseWriter) error {
	if err := v.LoadFigures(); err != nil {
		return err
	}
	asked := v.scenario()
	if asked.goOn != "" {
		page.Redirect(rw, v.Request, asked.goOn)
		return nil
	}
	view, err := v.plans(asked)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(view.WhatIf.Faults) > 0 || view.WhatIf.DaysFault != "" {
		status = http.StatusBadRequest
	}
	return v.Render(rw, status, "plans", view)
}

func (v *visit) plans(asked *scenarioAsked) (*plansView, error) {
	tested, err := v.Source.Backtest(v.Request.Context(), v.Question)
	if err != nil {
		return nil, fmt.Errorf("ask for the back-test: %w", err)
	}
	view := &plansView{
		frame: v.frame(v.T("web.menu.plans")), Heading: v.PlanVerdict(), Lead: v.planLead(tested),
		Tiles:  []page.Tile{v.CountedTile(), v.PaceTile(), v.forecastTile()},
		Method: v.ForecastMethod(), Reach: v.ReachView(), Bunching: v.bunching(), Platforms: v.platformRows(),
		Backtest: v.backtestTable(tested),
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
	p := &v.Figures.Verified
	var sentences []string
	if p.ScheduleIndex.Known() {
		sentences = append(sentences, v.T("plans.lead.index", page.Args("index", v.Decimal(p.ScheduleIndex, 3))))
	}
	if p.RequiredRate.Known() && p.RecentRate.Months3.Known() && !p.Reached() {
		sentences = append(sentences, v.T("web.lead.pace", page.Args(
			"required", v.Decimal(p.RequiredRate, 1), "recent", v.Decimal(p.RecentRate.Months3, 1),
			"target", v.Date(v.Figures.Programme.TargetOn))))
	}
	sentences = append(sentences, v.Forecast().Text)
	if p.Forecast.Probability.Known() {
		word, _ := p.Likelihood()
		sentences = append(
			sentences,
			v.T("plans.lead.probability", page.Args(
				"word", v.Likelihood(string(word), p.Forecast.Probability), "goal", p.Goal)),
			v.reliance(tested),
		)
		if limit := v.LikelihoodLimit(); limit != "" {
			sentences = append(sentences, limit)
		}
	}
	return strings.Join(sentences, " ")
}

// reliance says how often the 80 % band held, with a warning where that was too seldom.
func (v *visit) reliance(tested *figures.Backtest) string {
	switch held := tested.Within80; {
	case !held.Known():
		return v.T("web.forecast.no_coverage")
	case tested.TooNarrow():
		return v.T("plans.lead.too_narrow", page.Args("share", v.Percent(held)))
	default:
		return v.T("web.forecast.coverage", page.Args("share", v.Percent(held)))
	}
}

// forecastTile is the forecast at the target date, with how such forecasts did.
func (v *visit) forecastTile() page.Tile {
	f := &v.Figures.Verified.Forecast
	return page.Tile{
		Label: v.T("web.forecast"), Figure: v.CountOf("progress.forecast.p50", f.P50),
		Unit: v.T("plans.forecast.unit", page.Args("target", v.Date(v.Figures.Programme.TargetOn))),
		Notes: []page.Note{
			{
				Label:  v.T("web.series.forecast.band_80"),
				Figure: page.Figure{Text: v.bandWords(f.P10, f.P90), Unknown: !f.P10.Known()},
			},
			{
				Label:  v.T("web.series.forecast.band_50"),
				Figure: page.Figure{Text: v.bandWords(f.P25, f.P75), Unknown: !f.P25.Known()},
			},
			v.LikelihoodNote(),
			{Label: v.T("plans.forecast.coverage"), Figure: v.PercentOf("progress.forecast.coverage", f.Coverage)},
		},
	}
}

// bandWords tells a band from edge to edge, or the word for its state.
func (v *visit) bandWords(low, high programme.Count) string {
	if !low.Known() || !high.Known() {
		return v.State(page.StateOf(low))
	}
	return v.T("base.interval", page.Args("from", v.Count(low), "to", v.Count(high)))
}

// backtestView is how often the bands held at past month ends.
type backtestView struct {
	Text string
	Rows []backtestRow
}

// backtestRow is one horizon of the back-test.
type backtestRow struct {
	Horizon            string
	Points             page.Figure
	Within50, Within80 page.Figure
}

func (v *visit) backtestTable(tested *figures.Backtest) backtestView {
	points := 0
	view := backtestView{}
	for _, h := range tested.Horizons {
		at := "forecast.horizons." + page.Raw(int64(h.Months)) + "."
		points += h.Points
		view.Rows = append(view.Rows, backtestRow{
			Horizon: v.T("plans.backtest.months", page.Args("n", h.Months)), Points: v.Whole(at+"points", h.Points),
			Within50: v.PercentOf(at+"within_50", h.Within50), Within80: v.PercentOf(at+"within_80", h.Within80),
		})
	}
	if points == 0 {
		return backtestView{Text: v.T("plans.backtest.too_little")}
	}
	view.Text = v.T(
		"plans.backtest.text",
		page.Args("n", points, "half", v.Percent(tested.Within50), "most", v.Percent(tested.Within80)),
	)
	return view
}

// platformRow is an entity on which others depend, and what its delay passes on.
type platformRow struct {
	Entity                     page.Link
	Late, LateDays             page.Figure
	Ready                      string
	Waiting, WaitingIntegrated page.Figure
	Delayed, DaysPassedOn      page.Figure
	WhatIf                     string
}

// platformShift is by how many days the link of a platform asks what if.
const platformShift = 30

func (v *visit) platformRows() []platformRow {
	return page.Each(v.Figures.Plans.Platforms, func(p figures.PlatformFigures) platformRow {
		at := "platforms." + p.Entity + "."
		row := platformRow{
			Entity: v.EntityLink(p.Entity), Late: v.Whole(at+"late", p.Late),
			LateDays: v.Whole(at+"late_days", p.LateDays),
			Ready:    v.Day(p.ReadyOn), Waiting: v.Whole(at+"waiting", p.Waiting),
			WaitingIntegrated: v.Whole(at+"waiting_integrated", p.WaitingIntegrated),
			Delayed:           v.Whole(at+"delayed", p.Delayed),
			DaysPassedOn:      v.Whole(at+"days_passed_on", p.DaysPassedOn),
		}
		shift := figures.Scenario{{Kind: figures.ShiftPlatform, Of: p.Entity, Days: platformShift}}
		row.WhatIf = v.Address.With("shift", shift.String()) + "#what-if"
		if v.Named.Entities[p.Entity] == nil {
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
