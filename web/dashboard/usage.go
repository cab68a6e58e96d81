package dashboard

import (
	"slices"

	"mirsad/internal/programme"
	"mirsad/web/page"
)

// usageView is how services are used: growth, take-up, channels, the largest services, and any series asked for.
type usageView struct {
	frame

	Heading, Lead string
	Tiles         []page.Tile
	Growth        page.Chart
	TakeUp        page.Chart
	Channels      page.Chart
	Parts         []part
	Change        page.Figure
	ChangeText    string
	Concentration []fact
	Top           []topRow
	Action        string
	Dates         []page.Hidden
	Measure       []page.Option
	Grain         []page.Option
	By            []page.Option
	Asked         page.Chart
}

// part is one part of the change of use; the parts of a kind sum to it exactly.
type part struct {
	Label  string
	Figure page.Figure
	Inner  bool
	Tone   page.Tone
}

// topRow is one of the largest services with its share.
type topRow struct {
	Service   page.Link
	Completed page.Figure
	Share     page.Figure
	Width     int
	// Partial says what the number lacks.
	Partial string
}

func (v *visit) usage() (any, error) {
	u, charts := &v.Figures.Usage, useCharts{v.Visit}
	query, err := charts.usageQuery()
	if err != nil {
		return nil, err
	}
	view := usageView{
		frame: v.frame(v.T("web.menu.usage")), Heading: charts.useHeadline(), Lead: charts.growthHeadline(),
		Tiles:  []page.Tile{v.completedTile(), v.growthTile(), v.takeUpTile()},
		Parts:  v.decomposition(),
		Change: v.SignedOf("usage.growth.decomposition.change", programme.CountOf(u.Growth.Decomposition.Change)),
		ChangeText: v.T(
			"web.usage.change", page.Args("from", v.Period(u.Growth.Previous), "to", v.Period(u.Growth.Period)),
		),
		Concentration: v.concentration(), Top: v.top(),
		Action: "/" + string(v.Language) + "/usage", Dates: v.Address.Others("measure", "grain", "by"),
		Measure: chosenOf(
			"base.measure.", v, string(query.Measure), string(programme.MeasureCompleted),
			string(programme.MeasureSubmitted), string(programme.MeasureStarted), string(programme.MeasureViews),
		),
		Grain: chosenOf("web.grain.", v, query.Grain.String(), "month", "quarter", "year"),
		By:    chosenOf("web.by.", v, byName(query.By), "all", "channel", "level"),
	}
	for _, drawn := range []struct {
		into *page.Chart
		draw func() (page.Chart, error)
	}{
		{&view.Growth, charts.likeForLike},
		{&view.TakeUp, charts.takeUp},
		{&view.Channels, charts.channels},
		{&view.Asked, charts.asked},
	} {
		if *drawn.into, err = drawn.draw(); err != nil {
			return nil, err
		}
	}
	return view, nil
}

// chosenOf returns a choice of one of the values; a chosen one that is not among them is offered too, so that the form
// says what the page shows.
func chosenOf(prefix string, v *visit, chosen string, values ...string) []page.Option {
	if !slices.Contains(values, chosen) {
		values = append(values, chosen)
	}
	return page.Each(values, func(value string) page.Option {
		return page.Option{Value: value, Text: v.T(prefix + value), Chosen: value == chosen}
	})
}

func (v *visit) takeUpTile() page.Tile {
	t := &v.Figures.Usage.TakeUp
	return page.Tile{
		Label: v.T("web.note.take_up"), Figure: v.PercentOf("usage.take_up.value", t.Value),
		Unit: v.T("web.in_month", page.Args("month", v.Period(t.Period))),
		Notes: []page.Note{
			{Label: v.T("web.note.take_up_covers"), Figure: v.PercentOf("usage.take_up.covered_share", t.CoveredShare)},
			{Label: v.T("web.note.take_up_services"), Figure: v.Whole("usage.take_up.services", t.Services)},
			{Label: v.T("web.note.digital_only"), Figure: v.Whole("usage.take_up.digital_only", t.DigitalOnly)},
		},
	}
}

// decomposition lists the parts of the change; existing, new and lost sum to it, and so do their own parts.
func (v *visit) decomposition() []part {
	d := &v.Figures.Usage.Growth.Decomposition
	at := func(name string, n int64, inner bool) part {
		count := programme.CountOf(n)
		return part{
			Label: v.T("web.part." + name), Figure: v.SignedOf("usage.growth.decomposition."+name, count), Inner: inner,
			Tone: page.ToneOf(count),
		}
	}
	return []part{
		at("existing", d.Existing, false),
		at("new", d.New, false), at("launched", d.Launched, true), at("returned", d.Returned, true),
		at("lost", d.Lost, false), at("retired", d.Retired, true), at("silent", d.Silent, true),
	}
}

func (v *visit) concentration() []fact {
	c := &v.Figures.Usage.Growth.Concentration
	largest, five := v.PercentOf("usage.growth.concentration.largest_share", c.LargestShare), v.PercentOf(
		"usage.growth.concentration.top_five_share", c.TopFiveShare,
	)
	without, withoutFive := v.CountOf("usage.growth.concentration.without_largest", c.WithoutLargest), v.CountOf(
		"usage.growth.concentration.without_top_five", c.WithoutTopFive,
	)
	return []fact{
		{Label: v.T("web.concentration.largest"), Figure: &largest},
		{Label: v.T("web.concentration.top_five"), Figure: &five},
		{Label: v.T("web.concentration.without_largest"), Figure: &without},
		{Label: v.T("web.concentration.without_top_five"), Figure: &withoutFive},
	}
}

func (v *visit) top() []topRow {
	list := v.Figures.Usage.Top
	rows := make([]topRow, 0, len(list))
	for _, t := range list {
		at := "usage.top." + t.Service + "."
		var partial string
		if s := v.Named.Services[t.Service]; s != nil {
			partial = v.Partial(s.Completed)
		}
		rows = append(rows, topRow{
			Partial: partial,
			Service: v.ServiceLink(t.Service), Width: thousandths(t.Completed, int(max(1, list[0].Completed))),
			Completed: v.CountOf(at+"completed", programme.CountOf(t.Completed)),
			Share:     v.PercentOf(at+"share", t.Share),
		})
	}
	return rows
}
