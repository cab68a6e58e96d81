package dashboard

import (
	"encoding/json"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/charts"
	"mirsad/web/page"
)

// useCharts draw how services are used, each with its headline.
type useCharts struct{ *page.Visit }

// use draws digital completions by month.
func (c useCharts) use() (page.Chart, error) {
	u := &c.Figures.Usage
	return c.useColumns("use", u.Total.Points, c.useHeadline(), c.ProgrammeName())
}

// useColumns draws one series of use as columns, with how many parts of each are known.
func (c useCharts) useColumns(
	name string, points []figures.UsagePoint, headline, place string, query ...string,
) (page.Chart, error) {
	return c.Chart(page.Timeline{
		Name: name, Headline: headline,
		Subtitle: c.T("web.use.subtitle", page.Args("place", place, "period", c.SpanOf(periodsOf(points)))),
		Periods:  periodsOf(points), Unit: page.UnitCount, Draw: charts.Columns, Query: query,
		Tracks: []page.Track{page.TrackOf(charts.Series{
			Name: c.T("web.series.completed"), Colour: charts.LevelColour(programme.LevelInteractive), Heavy: true,
		}, page.Each(points, countOf)).Noted(shortfalls(c.Words, points))},
		Extra: c.partsColumn(points),
	})
}

func countOf(p figures.UsagePoint) programme.Count { return p.Total.Count }

// shortfalls say of each number what it lacks of its period.
func shortfalls(w page.Words, points []figures.UsagePoint) []string {
	return page.Each(points, w.Shortfall)
}

func (c useCharts) partsColumn(points []figures.UsagePoint) page.Column {
	return page.Column{Head: c.T("web.parts"), Cells: page.Each(points, func(p figures.UsagePoint) page.Cell {
		if p.Total.Parts.Expected == 0 {
			return page.Cell{}
		}
		text := c.T("web.of", page.Args("part", p.Total.Parts.Reported, "whole", p.Total.Parts.Expected))
		return page.Cell{
			Text: text, Value: page.Raw(int64(p.Total.Parts.Reported)) + "/" + page.Raw(int64(p.Total.Parts.Expected)),
		}
	})}
}

// useHeadline says how many digital completions the month had and, like for like, how that is against the year before.
// Totals are not set against each other: who reports differs (docs/rules.md#rising-flat-and-falling).
func (c useCharts) useHeadline() string {
	u := &c.Figures.Usage
	headline, year := c.trendHeadline(u.Completed), &u.Growth.LastYear
	if year.Direction == "" {
		return headline
	}
	return headline + ". " + c.Compared(year.Comparison, year.Period)
}

// trendHeadline says how many digital completions the month had, and what that number lacks.
func (c useCharts) trendHeadline(total figures.UsageTotal) string {
	month := c.Month(c.Figures.Usage.Month)
	if !total.Known() {
		return c.T("web.use.unknown", page.Args("month", month))
	}
	headline := c.T("web.use.headline", page.Args("n", total.Value, "month", month))
	if partial := c.Partial(total); partial != "" {
		return headline + " (" + partial + ")"
	}
	return headline
}

// likeForLike draws like-for-like growth month by month.
func (c useCharts) likeForLike() (page.Chart, error) {
	return c.ratios("growth", c.growthHeadline(), "web.growth.subtitle", c.Figures.Usage.LikeForLike, charts.Columns)
}

// growthHeadline says where use goes since the month before, and whether who reports moved the total another way.
func (c useCharts) growthHeadline() string {
	g := &c.Figures.Usage.Growth
	headline := c.Compared(g.Comparison, g.Previous)
	if g.Streak > 1 {
		headline += ". " + c.T("web.growth.streak", page.Args("n", g.Streak))
	}
	if g.Step != "" {
		headline += ". " + c.Step(string(g.Step))
	}
	return headline
}

// takeUp draws the digital share of completed transactions month by month.
func (c useCharts) takeUp() (page.Chart, error) {
	t := &c.Figures.Usage.TakeUp
	headline := c.T("web.take_up.unknown", page.Args("period", c.Period(t.Period)))
	if t.Value.Known() {
		headline = c.T("web.take_up.headline", page.Args("share", c.Percent(t.Value), "period", c.Period(t.Period)))
	}
	return c.ratios("take-up", headline, "web.take_up.subtitle", c.Figures.Usage.TakeUps, charts.Lines)
}

func (c useCharts) ratios(
	name, headline, subtitle string, points []figures.RatioPoint, draw func(charts.Plot) (json.RawMessage, error),
) (page.Chart, error) {
	periods := page.Each(points, func(p figures.RatioPoint) civil.Period { return p.Period })
	look := charts.Series{
		Name: c.T("web.series." + name), Colour: charts.LevelColour(programme.LevelInteractive),
		Dash: charts.Solid, Symbol: "circle", Heavy: true,
	}
	values := page.Each(points, func(p figures.RatioPoint) programme.Ratio { return p.Value })
	if name == "take-up" {
		look.Colour = charts.Accent
		look.Label = c.lastLabel(values)
	}
	return c.Chart(page.Timeline{
		Name: name, Headline: headline,
		Subtitle: c.T(subtitle, page.Args("place", c.ProgrammeName(), "period", c.SpanOf(periods))),
		Periods:  periods, Unit: page.UnitPercent, Draw: draw, Tracks: []page.Track{page.TrackOf(look, values)},
	})
}

// lastLabel words the newest known ratio.
func (c useCharts) lastLabel(values []programme.Ratio) string {
	for _, value := range slices.Backward(values) {
		if value.Known() {
			return c.Percent(value)
		}
	}
	return ""
}

// split draws use by channel or level, a line each.
func (c useCharts) split(
	name, headline, subtitle string, list []figures.UsageSeries, word func(key string) string, query ...string,
) (page.Chart, error) {
	if len(list) == 0 {
		return c.Chart(page.Timeline{Name: name, Headline: headline, Subtitle: subtitle, Unit: page.UnitCount})
	}
	periods := periodsOf(list[0].Points)
	tracks := make([]page.Track, 0, len(list))
	for i, s := range list {
		tracks = append(tracks, page.TrackOf(charts.Series{
			Name: word(s.Key), Label: word(s.Key), Colour: charts.SeriesColour(i), Dash: charts.SeriesDash(i),
			Symbol: charts.SeriesSymbol(i),
		}, page.Each(s.Points, countOf)).Noted(shortfalls(c.Words, s.Points)))
	}
	return c.Chart(page.Timeline{
		Name: name, Headline: headline, Subtitle: subtitle, Periods: periods, Unit: page.UnitCount,
		Draw: charts.Lines, Tracks: tracks, Query: query,
	})
}

// channels draws completions by channel, digital or not.
func (c useCharts) channels() (page.Chart, error) {
	u := &c.Figures.Usage
	list := page.Filter(u.ByChannel, anyKnown)
	return c.split("channels", c.channelHeadline(list),
		c.T(
			"web.channels.subtitle",
			page.Args("place", c.ProgrammeName(), "period", c.SpanOf(periodsOf(u.Total.Points))),
		),
		list, func(key string) string { return c.T("base.channel." + key) })
}

func (c useCharts) channelHeadline(list []figures.UsageSeries) string {
	var sum, most int64
	largest := ""
	for _, s := range list {
		if p, found := pointOf(s.Points, c.Figures.Usage.Month.Period()); found && p.Known() {
			sum += p.Value
			if p.Value > most {
				most, largest = p.Value, s.Key
			}
		}
	}
	if largest == "" {
		return c.T("web.channels.unknown")
	}
	return c.T("web.channels.headline", page.Args("channel", c.T("base.channel."+largest),
		"share", c.Percent(programme.RatioOf(float64(most), float64(sum))), "month", c.Month(c.Figures.Usage.Month)))
}

func anyKnown(s figures.UsageSeries) bool {
	for _, p := range s.Points {
		if p.Total.Known() {
			return true
		}
	}
	return false
}

func periodsOf(points []figures.UsagePoint) []civil.Period {
	return page.Each(points, func(p figures.UsagePoint) civil.Period { return p.Period })
}

// pointOf finds the total of a period.
func pointOf(points []figures.UsagePoint, period civil.Period) (figures.UsageTotal, bool) {
	for _, p := range points {
		if p.Period == period {
			return p.Total, true
		}
	}
	return figures.UsageTotal{}, false
}

// entityUse draws an entity's digital completions over twelve months.
func (c useCharts) entityUse(e *figures.EntityFigures) (page.Chart, error) {
	headline := c.trendHeadline(e.Completed)
	if e.Direction != "" {
		headline += ". " + c.Compared(e.Comparison, (c.Figures.Usage.Month-1).Period())
	}
	return c.useColumns("entity-use", e.Trend, headline, c.Name(e.Name, e.NameAr), "entity", e.Code)
}

// serviceUse draws a service's digital completions over twelve months.
func (c useCharts) serviceUse(s *figures.ServiceFigures) (page.Chart, error) {
	return c.useColumns(
		"service-use", s.Trend, c.trendHeadline(s.Completed), c.Name(s.Name, s.NameAr), "service", s.Code,
	)
}
