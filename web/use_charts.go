package web

import (
	"encoding/json"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/charts"
)

// use draws digital completions by month.
func (v *visit) use() (chart, error) {
	u := &v.figures.Usage
	return v.useColumns("use", u.Total.Points, v.useHeadline(), v.programmeName())
}

// useColumns draws one series of use as columns, with how many parts of each are known.
func (v *visit) useColumns(name string, points []figures.UsagePoint, headline, place string, query ...string) (chart, error) {
	return v.chart(timeline{
		name: name, headline: headline,
		subtitle: v.T("web.use.subtitle", args("place", place, "period", v.spanOf(periodsOf(points)))),
		periods:  periodsOf(points), unit: unitCount, draw: charts.Columns, query: query,
		tracks: []track{trackOf(charts.Series{
			Name: v.T("web.series.completed"), Colour: charts.LevelColour(programme.LevelInteractive), Heavy: true,
		}, each(points, func(p figures.UsagePoint) programme.Count { return p.Total.Count }))},
		extra: v.partsColumn(points),
	})
}

func (v *visit) partsColumn(points []figures.UsagePoint) column {
	return column{head: v.T("web.parts"), cells: each(points, func(p figures.UsagePoint) cell {
		if p.Total.Parts.Expected == 0 {
			return cell{}
		}
		text := v.T("web.of", args("part", p.Total.Parts.Reported, "whole", p.Total.Parts.Expected))
		return cell{Text: text, Value: raw(int64(p.Total.Parts.Reported)) + "/" + raw(int64(p.Total.Parts.Expected))}
	})}
}

// useHeadline compares the month's digital completions with the same month a year before.
func (v *visit) useHeadline() string {
	u := &v.figures.Usage
	month := v.Month(u.Month)
	if !u.Completed.Known() {
		return v.T("web.use.unknown", args("month", month))
	}
	now := v.Count(u.Completed.Count)
	before, found := pointOf(u.Total.Points, (u.Month - 12).Period())
	if !found || !before.Known() || before.Value == 0 {
		return v.T("web.use.headline_first", args("n", now, "month", month))
	}
	growth := programme.RatioOf(float64(u.Completed.Value-before.Value), float64(before.Value))
	return v.T("web.use.headline", args("n", now, "month", month, "growth", v.SignedPercent(growth), "before", v.Month(u.Month-12)))
}

// likeForLike draws like-for-like growth month by month.
func (v *visit) likeForLike() (chart, error) {
	return v.ratios("growth", v.growthHeadline(), "web.growth.subtitle", v.figures.Usage.LikeForLike, charts.Columns)
}

func (v *visit) growthHeadline() string {
	g := &v.figures.Usage.Growth
	switch {
	case !g.LikeForLike.Known():
		return v.T("web.growth.unknown", args("period", v.Period(g.Period)))
	case g.Streak > 1:
		return v.T("web.growth.streak", args("n", g.Streak))
	default:
		return v.T("web.growth.headline", args("growth", v.SignedPercent(g.LikeForLike), "period", v.Period(g.Period)))
	}
}

// takeUp draws the digital share of completed transactions month by month.
func (v *visit) takeUp() (chart, error) {
	t := &v.figures.Usage.TakeUp
	headline := v.T("web.take_up.unknown", args("period", v.Period(t.Period)))
	if t.Value.Known() {
		headline = v.T("web.take_up.headline", args("share", v.Percent(t.Value), "period", v.Period(t.Period)))
	}
	return v.ratios("take-up", headline, "web.take_up.subtitle", v.figures.Usage.TakeUps, charts.Lines)
}

func (v *visit) ratios(name, headline, subtitle string, points []figures.RatioPoint, draw func(charts.Plot) (json.RawMessage, error)) (chart, error) {
	periods := each(points, func(p figures.RatioPoint) civil.Period { return p.Period })
	look := charts.Series{
		Name: v.T("web.series." + name), Colour: charts.LevelColour(programme.LevelInteractive),
		Dash: charts.Solid, Symbol: "circle", Heavy: true,
	}
	values := each(points, func(p figures.RatioPoint) programme.Ratio { return p.Value })
	if name == "take-up" {
		look.Colour = charts.Accent
		look.Label = v.lastLabel(values)
	}
	return v.chart(timeline{
		name: name, headline: headline,
		subtitle: v.T(subtitle, args("place", v.programmeName(), "period", v.spanOf(periods))),
		periods:  periods, unit: unitPercent, draw: draw, tracks: []track{trackOf(look, values)},
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
func (v *visit) split(name, headline, subtitle string, list []figures.UsageSeries, word func(key string) string, query ...string) (chart, error) {
	if len(list) == 0 {
		return v.chart(timeline{name: name, headline: headline, subtitle: subtitle, unit: unitCount})
	}
	periods := periodsOf(list[0].Points)
	tracks := make([]track, 0, len(list))
	for i, s := range list {
		tracks = append(tracks, trackOf(charts.Series{
			Name: word(s.Key), Label: word(s.Key), Colour: charts.SeriesColour(i), Dash: charts.SeriesDash(i), Symbol: charts.SeriesSymbol(i),
		}, each(s.Points, func(p figures.UsagePoint) programme.Count { return p.Total.Count })))
	}
	return v.chart(timeline{
		name: name, headline: headline, subtitle: subtitle, periods: periods, unit: unitCount,
		draw: charts.Lines, tracks: tracks, query: query,
	})
}

// channels draws completions by channel, digital or not.
func (v *visit) channels() (chart, error) {
	u := &v.figures.Usage
	list := filter(u.ByChannel, anyKnown)
	return v.split("channels", v.channelHeadline(list),
		v.T("web.channels.subtitle", args("place", v.programmeName(), "period", v.spanOf(periodsOf(u.Total.Points)))),
		list, func(key string) string { return v.T("base.channel." + key) })
}

func (v *visit) channelHeadline(list []figures.UsageSeries) string {
	var sum, most int64
	largest := ""
	for _, s := range list {
		if p, found := pointOf(s.Points, v.figures.Usage.Month.Period()); found && p.Known() {
			sum += p.Value
			if p.Value > most {
				most, largest = p.Value, s.Key
			}
		}
	}
	if largest == "" {
		return v.T("web.channels.unknown")
	}
	return v.T("web.channels.headline", args("channel", v.T("base.channel."+largest),
		"share", v.Percent(programme.RatioOf(float64(most), float64(sum))), "month", v.Month(v.figures.Usage.Month)))
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
	return each(points, func(p figures.UsagePoint) civil.Period { return p.Period })
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
