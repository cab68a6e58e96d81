package plan

import (
	"fmt"
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/web/charts"
	"mirsad/web/page"
)

// whatIfView asks what a delay would do to the forecast, and answers.
type whatIfView struct {
	Action string
	Hidden []page.Hidden
	Groups []optionGroup
	Days   string
	// Faults are of the address's shift, DaysFault of the field.
	Faults    []string
	DaysFault string
	Shifts    []shiftRow
	Text      string
	Rows      []whatIfRow
	Chart     *page.Chart
	Reset     string
}

// optionGroup is a part of a choice under its own label.
type optionGroup struct {
	Label   string
	Options []page.Option
}

// shiftRow is one shift of the scenario with the address without it.
type shiftRow struct {
	Text   string
	Remove string
}

// whatIfRow compares one number of the two forecasts.
type whatIfRow struct {
	Label         string
	Before, After page.Figure
	Change        page.Figure
}

// scenarioAsked is the scenario that an address asks for.
type scenarioAsked struct {
	scenario figures.Scenario
	faults   []programme.Fault
	// days is what the field holds when it could not be read, with its fault.
	days      string
	daysFault *programme.Fault
	// goOn is the address that holds what the form's fields add.
	goOn string
}

// scenario reads what if from the address: shift as the API has it, and what and days, which a form adds to it.
func (v *visit) scenario() *scenarioAsked {
	query := v.Address.Query
	asked := &scenarioAsked{}
	shift, what, days := query.Get("shift"), query.Get("what"), intake.Clean(intake.Digits(query.Get("days")))
	if shift != "" {
		scenario, err := figures.ParseScenario(shift)
		if faults, are := asFaults(err); are {
			asked.faults = faults
			return asked
		}
		asked.scenario = scenario
	}
	if what == "" {
		return asked
	}
	asked.days = days
	added, err := figures.ParseScenario(what + ":" + strings.TrimPrefix(days, "+"))
	if faults, are := asFaults(err); are {
		asked.daysFault = &faults[0]
		return asked
	}
	whole := append(asked.scenario, added...).String()
	if _, err = figures.ParseScenario(whole); err != nil {
		asked.faults, _ = asFaults(err)
		return asked
	}
	asked.goOn = v.Address.With("shift", whole, "what", "", "days", "") + "#what-if"
	return asked
}

// whatIf is the form and, where a scenario is asked for, both forecasts.
func (v *visit) whatIf(asked *scenarioAsked) (whatIfView, error) {
	view := whatIfView{
		Action: "/" + string(v.Language) + v.Address.Path + "#what-if", Hidden: v.Address.Others("what", "days"),
		Groups: v.shiftChoices(v.Address.Query.Get("what")), Days: asked.days,
	}
	if view.Days == "" {
		view.Days = strconv.Itoa(platformShift)
	}
	if asked.daysFault != nil {
		view.DaysFault = v.FaultWords(*asked.daysFault)
	}
	if len(asked.scenario) == 0 && len(asked.faults) == 0 {
		return view, nil
	}
	view.Reset = v.Address.With("shift", "", "what", "", "days", "") + "#what-if"
	if len(asked.faults) > 0 {
		view.Faults = page.Each(asked.faults, v.FaultWords)
		return view, nil
	}
	view.Shifts = v.shiftRows(asked.scenario)
	what, err := v.askWhatIf(asked.scenario)
	if faults, are := asFaults(err); are {
		view.Faults = page.Each(faults, v.FaultWords)
		return view, nil
	}
	if err != nil {
		return whatIfView{}, err
	}
	view.Text, view.Rows = v.whatIfText(what), v.whatIfRows(what)
	drawn, err := v.drawWhatIf(what)
	view.Chart = &drawn
	return view, err
}

// askWhatIf asks for both forecasts. Who sees one entity alone may move its milestones, what waits for it, or a level.
func (v *visit) askWhatIf(scenario figures.Scenario) (*figures.WhatIf, error) {
	for _, shift := range scenario {
		if shift.Kind != figures.ShiftLevel && !v.Reader.SeesAll() && v.Named.Entities[shift.Of] == nil {
			return nil, v.NoEntity(shift.Of)
		}
	}
	what, err := v.Source.WhatIf(v.Request.Context(), v.Question, figures.Verified, scenario)
	if err != nil {
		return nil, fmt.Errorf("ask what if: %w", err)
	}
	return what, nil
}

// shiftChoices lists what can be moved: an entity's milestones, those that wait for a platform, or a level's.
func (v *visit) shiftChoices(chosen string) []optionGroup {
	entities := v.EntityOptions("")[1:]
	group := func(kind figures.ShiftKind, options []page.Option) optionGroup {
		g := optionGroup{Label: v.T("plans.shift." + string(kind) + ".group")}
		for _, each := range options {
			value := string(kind) + ":" + each.Value
			g.Options = append(g.Options, page.Option{
				Value: value, Chosen: value == chosen,
				Text: v.T("plans.shift."+string(kind), page.Args("name", each.Text)),
			})
		}
		return g
	}
	platforms := page.Each(v.Figures.Plans.Platforms, func(p figures.PlatformFigures) page.Option {
		return page.Option{Value: p.Entity, Text: v.EntityName(p.Entity)}
	})
	groups := []optionGroup{
		group(figures.ShiftEntity, entities), group(figures.ShiftPlatform, platforms),
		group(figures.ShiftLevel, v.LevelOptions(0)[1:]),
	}
	return page.Filter(groups, func(g optionGroup) bool { return len(g.Options) > 0 })
}

func (v *visit) shiftRows(scenario figures.Scenario) []shiftRow {
	rows := make([]shiftRow, len(scenario))
	for i, shift := range scenario {
		name := v.EntityName(shift.Of)
		if shift.Kind == figures.ShiftLevel {
			level, _ := programme.ParseLevel(shift.Of) // ParseScenario has read it already
			name = v.T("web.level", page.Args("number", int(level), "name", v.LevelName(level)))
		}
		rest := append(append(figures.Scenario{}, scenario[:i]...), scenario[i+1:]...)
		direction := "later"
		if shift.Days < 0 {
			direction = "earlier"
		}
		rows[i] = shiftRow{
			Text: v.T("plans.shifted."+direction, page.Args(
				"what", v.T(
					"plans.shift."+string(shift.Kind), page.Args("name", name),
				), "n", page.Abs(int64(shift.Days)))),
			Remove: v.Address.With("shift", rest.String(), "what", "", "days", "") + "#what-if",
		}
	}
	return rows
}

// whatIfText says in words what the scenario does to the forecast.
func (v *visit) whatIfText(what *figures.WhatIf) string {
	moved := v.T("plans.what_if.moved", page.Args("n", what.Moved))
	before, after := &what.Before.Forecast, &what.After.Forecast
	if !after.P50.Known() {
		return moved + " " + v.ForecastMethod()
	}
	return moved + " " + v.T("plans.what_if.text", page.Args(
		"target", v.Date(v.Figures.Programme.TargetOn), "old", v.Count(before.P50), "new", v.Count(after.P50),
		"p10", v.Count(after.P10), "p90", v.Count(after.P90), "old_p10", v.Count(before.P10), "old_p90",
		v.Count(before.P90),
		"probability", v.Chance(after.Probability), "old_probability", v.Chance(before.Probability)))
}

func (v *visit) whatIfRows(what *figures.WhatIf) []whatIfRow {
	before, after := &what.Before.Forecast, &what.After.Forecast
	if !after.P50.Known() {
		return nil
	}
	count := func(label, name string, take func(forecast.Bands) programme.Count) whatIfRow {
		old, next := take(before.Bands), take(after.Bands)
		return whatIfRow{
			Label: v.T(label), Before: v.CountOf("what_if.before."+name, old),
			After:  v.CountOf("what_if.after."+name, next),
			Change: v.SignedOf("", programme.CountOf(int(next.Value-old.Value))),
		}
	}
	return []whatIfRow{
		count("plans.p10", "p10", func(b forecast.Bands) programme.Count { return b.P10 }),
		count("plans.p25", "p25", func(b forecast.Bands) programme.Count { return b.P25 }),
		count("web.forecast.p50", "p50", func(b forecast.Bands) programme.Count { return b.P50 }),
		count("plans.p75", "p75", func(b forecast.Bands) programme.Count { return b.P75 }),
		count("plans.p90", "p90", func(b forecast.Bands) programme.Count { return b.P90 }),
		{
			Label:  v.T("web.forecast.probability"),
			Before: v.ChanceOf("what_if.before.probability", before.Probability),
			After:  v.ChanceOf("what_if.after.probability", after.Probability),
			Change: v.Growth("", programme.RatioOf(after.Probability.Value-before.Probability.Value, 1)),
		},
	}
}

// whatIfChart is the chart of the scenario that the address asks for, for its table.
func (v *visit) whatIfChart() (page.Chart, error) {
	asked := v.scenario()
	if len(asked.faults) > 0 || len(asked.scenario) == 0 {
		return page.Chart{}, fmt.Errorf("%w: shift %q", programme.ErrInvalid, v.Address.Query.Get("shift"))
	}
	what, err := v.askWhatIf(asked.scenario)
	if err != nil {
		return page.Chart{}, err
	}
	return v.drawWhatIf(what)
}

// drawWhatIf draws the bands of both forecasts by month.
func (v *visit) drawWhatIf(what *figures.WhatIf) (page.Chart, error) {
	before, after := what.Before.Months, what.After.Months
	periods := page.Each(after, func(m figures.BandMonth) civil.Period { return m.Month.Period() })
	t := page.Timeline{
		Name: "what-if", Headline: v.whatIfHeadline(what), Unit: page.UnitCount, Draw: charts.Lines, Periods: periods,
		Subtitle: v.T("plans.what_if.subtitle", page.Args("programme", v.ProgrammeName(), "period", v.SpanOf(periods))),
		Goal: &charts.Line{
			At:    float64(v.Figures.Verified.Goal),
			Label: v.T("web.series.goal", page.Args("n", v.Figures.Verified.Goal)),
		},
		Tracks: []page.Track{
			v.bandTrack(
				after, "plans.what_if.after.p50",
				charts.Series{
					Label: v.T("plans.what_if.after"), Colour: charts.Accent, Dash: charts.Solid, Symbol: "circle",
					Heavy: true,
				},
				p50,
			),
			v.bandTrack(
				before, "plans.what_if.before.p50",
				charts.Series{
					Label: v.T("plans.what_if.before"), Colour: charts.Ink, Dash: charts.Dashed, Symbol: "rect",
				},
				p50,
			),
		},
	}
	for _, side := range []struct {
		name   string
		months []figures.BandMonth
		colour charts.Colour
	}{{"before", before, charts.Muted}, {"after", after, charts.Accent}} {
		for _, each := range []struct {
			name      string
			low, high func(figures.BandMonth) programme.Count
			low1      string
			high1     string
		}{{"band_80", p10, p90, "p10", "p90"}, {"band_50", p25, p75, "p25", "p75"}} {
			key := "plans.what_if." + side.name + "."
			t.Bands = append(t.Bands, page.Band{
				Name: v.T(key + each.name), Colour: side.colour, Opacity: .18,
				Low:  v.bandTrack(side.months, key+each.low1, charts.Series{}, each.low),
				High: v.bandTrack(side.months, key+each.high1, charts.Series{}, each.high),
			})
		}
	}
	t.From, t.To = aroundBands(before, after, v.Figures.Verified.Goal)
	return v.Chart(t)
}

// axisStep is what the ends of a scenario's axis are rounded to, in services.
const axisStep = 50

// aroundBands returns the ends of an axis on which both forecasts and the goal can be told apart.
func aroundBands(before, after []figures.BandMonth, goal int) (from, to float64) {
	least, most := int64(goal), int64(goal)
	for _, months := range [][]figures.BandMonth{before, after} {
		for _, m := range months {
			if m.P10.Known() && m.P90.Known() {
				least, most = min(least, m.P10.Value), max(most, m.P90.Value)
			}
		}
	}
	return float64(max(0, (least-1)/axisStep*axisStep)), float64((most/axisStep + 1) * axisStep)
}

func (v *visit) bandTrack(
	months []figures.BandMonth, key string, look charts.Series, take func(figures.BandMonth) programme.Count,
) page.Track {
	look.Name = v.T(key)
	return page.TrackOf(look, page.Each(months, take))
}

func p10(m figures.BandMonth) programme.Count { return m.P10 }
func p25(m figures.BandMonth) programme.Count { return m.P25 }
func p50(m figures.BandMonth) programme.Count { return m.P50 }
func p75(m figures.BandMonth) programme.Count { return m.P75 }
func p90(m figures.BandMonth) programme.Count { return m.P90 }

func (v *visit) whatIfHeadline(what *figures.WhatIf) string {
	before, after := &what.Before.Forecast, &what.After.Forecast
	if !after.P50.Known() {
		return v.T("plans.what_if.title")
	}
	values := page.Args(
		"n", page.Abs(after.P50.Value-before.P50.Value), "probability", v.Chance(after.Probability), "old",
		v.Chance(before.Probability),
	)
	switch {
	case after.P50.Value < before.P50.Value:
		return v.T("plans.what_if.fewer", values)
	case after.P50.Value > before.P50.Value:
		return v.T("plans.what_if.more", values)
	default:
		return v.T("plans.what_if.same", values)
	}
}
