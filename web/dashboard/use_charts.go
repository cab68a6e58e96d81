package dashboard

import (
	"encoding/json"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/web/charts"
	"mirsad/web/page"
)

// use draws digital completions by month.
func (v *visit) use() (page.Chart, error) {
	u := &v.Figures.Usage
	return v.useColumns("use", u.Total.Points, v.useHeadline(), v.ProgrammeName())
}

// useColumns draws one series of use as columns, with how many parts of each are known.
func (v *visit) useColumns(name string, points []figures.UsagePoint, headline, place string, query ...string) (page.Chart, error) {
	return v.Chart(page.Timeline{
		Name: name, Headline: headline,
		Subtitle: v.T("web.use.subtitle", page.Args("place", place, "period", v.SpanOf(periodsOf(points)))),
		Periods:  periodsOf(points), Unit: page.UnitCount, Draw: charts.Columns, Query: query,
		Tracks: []page.Track{page.TrackOf(charts.Series{
			Name: v.T("web.series.completed"), Colour: charts.LevelColour(programme.LevelInteractive), Heavy: true,
		}, page.Each(points, countOf)).Noted(shortfalls(v.Words, points))},
		Extra: v.partsColumn(points),
	})
}

func countOf(p figures.UsagePoint) programme.Count { return p.Total.Count }

// shortfalls say of each number what it lacks of its period.
func shortfalls(w i18n.Words, points []figures.UsagePoint) []string {
	return page.Each(points, func(p figures.UsagePoint) string { return page.Shortfall(w, p) })
}

func (v *visit) partsColumn(points []figures.UsagePoint) page.Column {
	return page.Column{Head: v.T("web.parts"), Cells: page.Each(points, func(p figures.UsagePoint) page.Cell {
		if p.Total.Parts.Expected == 0 {
			return page.Cell{}
		}
		text := v.T("web.of", page.Args("part", p.Total.Parts.Reported, "whole", p.Total.Parts.Expected))
		return page.Cell{Text: text, Value: page.Raw(int64(p.Total.Parts.Reported)) + "/" + page.Raw(int64(p.Total.Parts.Expected))}
	})}
}

// useHeadline says how many digital completions the month had and, like for like, how that is against the year before.
// Totals are not set against each other: who reports differs (docs/rules.md#rising-flat-and-falling).
func (v *visit) useHeadline() string {
	u := &v.Figures.Usage
	headline, year := v.trendHeadline(u.Completed), &u.Growth.LastYear
	if year.Direction == "" {
		return headline
	}
	return headline + ". " + page.Compared(v.Words, year.Comparison, year.Period)
}

// trendHeadline says how many digital completions the month had, and what that number lacks.
func (v *visit) trendHeadline(total figures.UsageTotal) string {
	month := v.Month(v.Figures.Usage.Month)
	if !total.Known() {
		return v.T("web.use.unknown", page.Args("month", month))
	}
	headline := v.T("web.use.headline", page.Args("n", total.Value, "month", month))
	if partial := v.Partial(total); partial != "" {
		return headline + " (" + partial + ")"
	}
	return headline
}

// likeForLike draws like-for-like growth month by month.
func (v *visit) likeForLike() (page.Chart, error) {
	return v.ratios("growth", v.growthHeadline(), "web.growth.subtitle", v.Figures.Usage.LikeForLike, charts.Columns)
}

// growthHeadline says where use goes since the month before, and whether who reports moved the total another way.
func (v *visit) growthHeadline() string {
	g := &v.Figures.Usage.Growth
	headline := page.Compared(v.Words, g.Comparison, g.Previous)
	if g.Streak > 1 {
		headline += ". " + v.T("web.growth.streak", page.Args("n", g.Streak))
	}
	if g.Step != "" {
		headline += ". " + v.Step(string(g.Step))
	}
	return headline
}

// takeUp draws the digital share of completed transactions month by month.
func (v *visit) takeUp() (page.Chart, error) {
	t := &v.Figures.Usage.TakeUp
	headline := v.T("web.take_up.unknown", page.Args("period", v.Period(t.Period)))
	if t.Value.Known() {
		headline = v.T("web.take_up.headline", page.Args("share", v.Percent(t.Value), "period", v.Period(t.Period)))
	}
	return v.ratios("take-up", headline, "web.take_up.subtitle", v.Figures.Usage.TakeUps, charts.Lines)
}

func (v *visit) ratios(name, headline, subtitle string, points []figures.RatioPoint, draw func(charts.Plot) (json.RawMessage, error)) (page.Chart, error) {
	periods := page.Each(points, func(p figures.RatioPoint) civil.Period { return p.Period })
	look := charts.Series{
		Name: v.T("web.series." + name), Colour: charts.LevelColour(programme.LevelInteractive),
		Dash: charts.Solid, Symbol: "circle", Heavy: true,
	}
	values := page.Each(points, func(p figures.RatioPoint) programme.Ratio { return p.Value })
	if name == "take-up" {
		look.Colour = charts.Accent
		look.Label = v.lastLabel(values)
	}
	return v.Chart(page.Timeline{
		Name: name, Headline: headline,
		Subtitle: v.T(subtitle, page.Args("place", v.ProgrammeName(), "period", v.SpanOf(periods))),
		Periods:  periods, Unit: page.UnitPercent, Draw: draw, Tracks: []page.Track{page.TrackOf(look, values)},
	})
}

// lastLabel words the newest known ratio.
func (v *visit) lastLabel(values []programme.Ratio) string {
	for _, value := range slices.Backward(values) {
		if value.Known() {
			return v.Percent(value)
		}
	}
	return ""
}

// split draws use by channel or level, a line each.
func (v *visit) split(name, headline, subtitle string, list []figures.UsageSeries, word func(key string) string, query ...string) (page.Chart, error) {
	if len(list) == 0 {
		return v.Chart(page.Timeline{Name: name, Headline: headline, Subtitle: subtitle, Unit: page.UnitCount})
	}
	periods := periodsOf(list[0].Points)
	tracks := make([]page.Track, 0, len(list))
	for i, s := range list {
		tracks = append(tracks, page.TrackOf(charts.Series{
			Name: word(s.Key), Label: word(s.Key), Colour: charts.SeriesColour(i), Dash: charts.SeriesDash(i), Symbol: charts.SeriesSymbol(i),
		}, page.Each(s.Points, countOf)).Noted(shortfalls(v.Words, s.Points)))
	}
	return v.Chart(page.Timeline{
		Name: name, Headline: headline, Subtitle: subtitle, Periods: periods, Unit: page.UnitCount,
		Draw: charts.Lines, Tracks: tracks, Query: query,
	})
}

// channels draws completions by channel, digital or not.
func (v *visit) channels() (page.Chart, error) {
	u := &v.Figures.Usage
	list := page.Filter(u.ByChannel, anyKnown)
	return v.split("channels", v.channelHeadline(list),
		v.T("web.channels.subtitle", page.Args("place", v.ProgrammeName(), "period", v.SpanOf(periodsOf(u.Total.Points)))),
		list, func(key string) string { return v.T("base.channel." + key) })
}

func (v *visit) channelHeadline(list []figures.UsageSeries) string {
	var sum, most int64
	largest := ""
	for _, s := range list {
		if p, found := pointOf(s.Points, v.Figures.Usage.Month.Period()); found && p.Known() {
			sum += p.Value
			if p.Value > most {
				most, largest = p.Value, s.Key
			}
		}
	}
	if largest == "" {
		return v.T("web.channels.unknown")
	}
	return v.T("web.channels.headline", page.Args("channel", v.T("base.channel."+largest),
		"share", v.Percent(programme.RatioOf(float64(most), float64(sum))), "month", v.Month(v.Figures.Usage.Month)))
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
