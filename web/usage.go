package web

import (
	"fmt"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/charts"
)

// usageView is how services are used: growth, take-up, channels, the largest services, and any series asked for.
type usageView struct {
	ownFrame

	Heading, Lead string
	Tiles         []tile
	Growth        chart
	TakeUp        chart
	Channels      chart
	Parts         []part
	Change        figure
	ChangeText    string
	Concentration []fact
	Top           []topRow
	Action        string
	Dates         []hidden
	Measure       []option
	Grain         []option
	By            []option
	Asked         chart
}

// part is one part of the change of use; the parts of a kind sum to it exactly.
type part struct {
	Label  string
	Figure figure
	Inner  bool
	Tone   tone
}

// topRow is one of the largest services with its share.
type topRow struct {
	Service   link
	Completed figure
	Share     figure
	Width     int
}

func (v *visit) usage() (any, error) {
	u := &v.figures.Usage
	query, err := v.usageQuery()
	if err != nil {
		return nil, err
	}
	view := usageView{
		ownFrame: v.ownFrame(v.T("web.menu.usage")), Heading: v.useHeadline(), Lead: v.growthHeadline(),
		Tiles: []tile{v.completedTile(), v.growthTile(), v.takeUpTile()},
		Parts: v.decomposition(), Change: v.signed("usage.growth.decomposition.change", programme.CountOf(u.Growth.Decomposition.Change)),
		ChangeText:    v.T("web.usage.change", args("from", v.Period(u.Growth.Previous), "to", v.Period(u.Growth.Period))),
		Concentration: v.concentration(), Top: v.top(),
		Action: "/" + string(v.Language) + "/usage", Dates: v.address.others("measure", "grain", "by"),
		Measure: chosenOf("base.measure.", v, string(query.Measure), string(programme.MeasureCompleted), string(programme.MeasureSubmitted), string(programme.MeasureStarted), string(programme.MeasureViews)),
		Grain:   chosenOf("web.grain.", v, query.Grain.String(), "month", "quarter", "year"),
		By:      chosenOf("web.by.", v, byName(query.By), "all", "channel", "level"),
	}
	for _, drawn := range []struct {
		into *chart
		draw func() (chart, error)
	}{{&view.Growth, v.likeForLike}, {&view.TakeUp, v.takeUp}, {&view.Channels, v.channels}, {&view.Asked, v.asked}} {
		if *drawn.into, err = drawn.draw(); err != nil {
			return nil, err
		}
	}
	return view, nil
}

// chosenOf returns a choice of one of the values.
func chosenOf(prefix string, v *visit, chosen string, values ...string) []option {
	return each(values, func(value string) option {
		return option{Value: value, Text: v.T(prefix + value), Chosen: value == chosen}
	})
}

func byName(by figures.UsageBy) string {
	if by == figures.ByNothing {
		return "all"
	}
	return string(by)
}

// usageQuery reads which series the address asks for.
func (v *visit) usageQuery() (figures.UsageQuery, error) {
	q := figures.UsageQuery{Measure: programme.MeasureCompleted, Grain: civil.GrainMonth}
	var err error
	if text := v.address.query.Get("measure"); text != "" {
		if q.Measure, err = programme.ParseMeasure(text); err != nil {
			return figures.UsageQuery{}, err
		}
	}
	if text := v.address.query.Get("grain"); text != "" {
		if q.Grain, err = civil.ParseGrain(text); err != nil {
			return figures.UsageQuery{}, err
		}
	}
	switch text := v.address.query.Get("by"); text {
	case "", "all":
	case string(figures.ByChannel), string(figures.ByLevelOf):
		q.By = figures.UsageBy(text)
	default:
		return figures.UsageQuery{}, fmt.Errorf("%w: by %q is none of all, channel, level", programme.ErrInvalid, text)
	}
	return q, nil
}

// asked draws the series that the address asks for.
func (v *visit) asked() (chart, error) {
	query, err := v.usageQuery()
	if err != nil {
		return chart{}, err
	}
	list, err := v.Source.Usage(v.request.Context(), v.question, query)
	if err != nil {
		return chart{}, fmt.Errorf("ask for use: %w", err)
	}
	measure := v.T("base.measure." + string(query.Measure))
	var periods []civil.Period
	if len(list) > 0 {
		periods = periodsOf(list[0].Points)
	}
	headline := v.T("web.asked.headline", args("measure", measure, "grain", v.T("web.grain."+query.Grain.String()), "by", v.T("web.by."+byName(query.By))))
	subtitle := v.T("web.asked.subtitle", args("measure", measure, "place", v.programmeName(), "period", v.spanOf(periods)))
	if query.By != figures.ByNothing || len(list) != 1 {
		return v.split("usage", headline, subtitle, filter(list, anyKnown), func(key string) string { return v.keyName(query.By, key) })
	}
	return v.chart(timeline{
		name: "usage", headline: headline, subtitle: subtitle, periods: periods, unit: unitCount, draw: charts.Columns,
		tracks: []track{trackOf(charts.Series{Name: measure, Colour: charts.LevelColour(programme.LevelInteractive), Heavy: true},
			each(list[0].Points, func(p figures.UsagePoint) programme.Count { return p.Total.Count }))},
		extra: v.partsColumn(list[0].Points),
	})
}

func (v *visit) keyName(by figures.UsageBy, key string) string {
	if by == figures.ByLevelOf {
		if level, err := programme.ParseLevel(key); err == nil {
			return v.levelName(level)
		}
		return v.levelName(0)
	}
	return v.T("base.channel." + key)
}

func (v *visit) takeUpTile() tile {
	t := &v.figures.Usage.TakeUp
	return tile{
		Label: v.T("web.note.take_up"), Figure: v.percent("usage.take_up.value", t.Value),
		Unit: v.T("web.in_month", args("month", v.Period(t.Period))),
		Notes: []note{
			{Label: v.T("web.note.take_up_covers"), Figure: v.percent("usage.take_up.covered_share", t.CoveredShare)},
			{Label: v.T("web.note.take_up_services"), Figure: v.whole("usage.take_up.services", t.Services)},
			{Label: v.T("web.note.digital_only"), Figure: v.whole("usage.take_up.digital_only", t.DigitalOnly)},
		},
	}
}

// decomposition lists the parts of the change; existing, new and lost sum to it, and so do their own parts.
func (v *visit) decomposition() []part {
	d := &v.figures.Usage.Growth.Decomposition
	at := func(name string, n int64, inner bool) part {
		count := programme.CountOf(n)
		return part{Label: v.T("web.part." + name), Figure: v.signed("usage.growth.decomposition."+name, count), Inner: inner, Tone: toneOf(count)}
	}
	return []part{
		at("existing", d.Existing, false),
		at("new", d.New, false), at("launched", d.Launched, true), at("returned", d.Returned, true),
		at("lost", d.Lost, false), at("retired", d.Retired, true), at("silent", d.Silent, true),
	}
}

func (v *visit) concentration() []fact {
	c := &v.figures.Usage.Growth.Concentration
	largest, five := v.percent("usage.growth.concentration.largest_share", c.LargestShare), v.percent("usage.growth.concentration.top_five_share", c.TopFiveShare)
	without, withoutFive := v.count("usage.growth.concentration.without_largest", c.WithoutLargest), v.count("usage.growth.concentration.without_top_five", c.WithoutTopFive)
	return []fact{
		{Label: v.T("web.concentration.largest"), Figure: &largest},
		{Label: v.T("web.concentration.top_five"), Figure: &five},
		{Label: v.T("web.concentration.without_largest"), Figure: &without},
		{Label: v.T("web.concentration.without_top_five"), Figure: &withoutFive},
	}
}

func (v *visit) top() []topRow {
	list := v.figures.Usage.Top
	rows := make([]topRow, 0, len(list))
	for _, t := range list {
		at := "usage.top." + t.Service + "."
		rows = append(rows, topRow{
			Service: v.serviceLink(t.Service), Width: thousandths(t.Completed, int(max(1, list[0].Completed))),
			Completed: v.count(at+"completed", programme.CountOf(t.Completed)), Share: v.percent(at+"share", t.Share),
		})
	}
	return rows
}
