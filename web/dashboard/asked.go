package dashboard

import (
	"fmt"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/charts"
	"mirsad/web/page"
)

// usageQuery reads which series the address asks for.
func (c useCharts) usageQuery() (figures.UsageQuery, error) {
	q := figures.UsageQuery{Measure: programme.MeasureCompleted, Grain: civil.GrainMonth}
	var err error
	if text := c.Address.Query.Get("measure"); text != "" {
		if q.Measure, err = programme.ParseMeasure(text); err != nil {
			return figures.UsageQuery{}, err
		}
	}
	if text := c.Address.Query.Get("grain"); text != "" {
		if q.Grain, err = civil.ParseGrain(text); err != nil {
			return figures.UsageQuery{}, err
		}
	}
	switch text := c.Address.Query.Get("by"); text {
	case "", "all":
	case string(figures.ByChannel), string(figures.ByLevelOf):
		q.By = figures.UsageBy(text)
	default:
		return figures.UsageQuery{}, fmt.Errorf("%w: by %q is none of all, channel, level", programme.ErrInvalid, text)
	}
	return q, nil
}

// asked draws the series that the address asks for.
func (c useCharts) asked() (page.Chart, error) {
	query, err := c.usageQuery()
	if err != nil {
		return page.Chart{}, err
	}
	list, err := c.Source.Usage(c.Request.Context(), c.Question, query)
	if err != nil {
		return page.Chart{}, fmt.Errorf("ask for use: %w", err)
	}
	measure := c.T("base.measure." + string(query.Measure))
	var periods []civil.Period
	if len(list) > 0 {
		periods = periodsOf(list[0].Points)
	}
	headline := c.T(
		"web.asked.headline",
		page.Args(
			"measure", measure, "grain", c.T("web.grain."+query.Grain.String()), "by", c.T("web.by."+byName(query.By)),
		),
	)
	subtitle := c.T(
		"web.asked.subtitle", page.Args("measure", measure, "place", c.ProgrammeName(), "period", c.SpanOf(periods)),
	)
	if query.By != figures.ByNothing || len(list) != 1 {
		return c.split(
			"usage", headline, subtitle, page.Filter(list, anyKnown),
			func(key string) string { return c.keyName(query.By, key) },
		)
	}
	return c.Chart(page.Timeline{
		Name: "usage", Headline: headline, Subtitle: subtitle, Periods: periods, Unit: page.UnitCount,
		Draw: charts.Columns,
		Tracks: []page.Track{page.TrackOf(charts.Series{
			Name: measure, Colour: charts.LevelColour(programme.LevelInteractive), Heavy: true,
		}, page.Each(list[0].Points, countOf)).Noted(shortfalls(c.Words, list[0].Points))},
		Extra: c.partsColumn(list[0].Points),
	})
}

func (c useCharts) keyName(by figures.UsageBy, key string) string {
	if by == figures.ByLevelOf {
		if level, err := programme.ParseLevel(key); err == nil {
			return c.LevelName(level)
		}
		return c.LevelName(0)
	}
	return c.T("base.channel." + key)
}

func byName(by figures.UsageBy) string {
	if by == figures.ByNothing {
		return "all"
	}
	return string(by)
}
