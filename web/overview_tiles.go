package web

import (
	"mirsad/internal/figures"
)

// tiles are the overview's headline figures.
func (v *visit) tiles() []tile {
	return []tile{v.countedTile(), v.endToEndTile(), v.paceTile(), v.completedTile(), v.growthTile(), v.coverageTile()}
}

func (v *visit) endToEndTile() tile {
	verified, claimed := &v.figures.Verified, &v.figures.Claimed
	return tile{
		Label: v.T("web.tile.end_to_end"), Figure: v.whole("progress.end_to_end", verified.EndToEnd),
		Unit: v.T("web.verified"),
		Notes: []note{
			{Label: v.T("web.claimed"), Figure: v.whole("progress.claimed.end_to_end", claimed.EndToEnd)},
			{Label: v.T("web.note.share_of_counted"), Figure: v.percent("", ratioOf(verified.EndToEnd, verified.Counted))},
			{Label: v.T("web.note.last_month"), Figure: v.count("", verified.At(v.figures.On.Month()-1).EndToEnd)},
			{Label: v.T("web.note.last_year"), Figure: v.count("", verified.At(v.figures.On.Month()-12).EndToEnd)},
		},
	}
}

func (v *visit) completedTile() tile {
	u := &v.figures.Usage
	year, _ := pointOf(u.Total.Points, (u.Month - 12).Period())
	return tile{
		Label: v.T("web.tile.completed"), Figure: v.count("usage.completed", u.Completed.Count),
		Unit: v.T("web.in_month", args("month", v.Month(u.Month))), Partial: v.partial(u.Completed),
		Notes: []note{
			{Label: v.T("web.note.last_month"), Figure: v.count("usage.growth.previous_total", u.Growth.PreviousTotal.Count)},
			{Label: v.T("web.note.last_year"), Figure: v.count("", year.Count)},
			{Label: v.T("web.note.take_up"), Figure: v.percent("usage.take_up.value", u.TakeUp.Value)},
			{Label: v.T("web.note.take_up_covers"), Figure: v.percent("usage.take_up.covered_share", u.TakeUp.CoveredShare)},
		},
	}
}

func (v *visit) growthTile() tile {
	g, h := &v.figures.Usage.Growth, v.figures.Headline(figures.HeadlineLikeForLike)
	return tile{
		Status: v.headlineStatus(&h),
		Label:  v.T("web.tile.growth"), Figure: v.growth("usage.growth.like_for_like", g.LikeForLike),
		Unit: v.T("web.same_services", args("n", g.ServicesInBoth)),
		Notes: []note{
			{Label: v.T("web.note.naive"), Figure: v.growth("usage.growth.naive", g.Naive), Tone: toneOf(g.Naive)},
			{Label: v.T("web.note.services_in_both"), Figure: v.whole("usage.growth.services_in_both", g.ServicesInBoth)},
			{Label: v.T("web.note.streak"), Figure: v.whole("usage.growth.streak", g.Streak)},
			{Label: v.T("web.note.streak_end"), Figure: figure{Text: v.streakEnd(g.StreakEnd)}},
		},
	}
}

func (v *visit) streakEnd(end figures.StreakEnd) string {
	if end == "" {
		return v.T("web.streak_end.start")
	}
	return v.T("web.streak_end." + string(end))
}

func (v *visit) coverageTile() tile {
	c := &v.figures.Coverage
	return tile{
		Label: v.T("web.tile.coverage"), Figure: v.percent("coverage.share", c.Share),
		Unit: v.T("web.of_services", args("n", c.Services)),
		Notes: []note{
			{Label: v.T("web.note.mobile"), Figure: v.percent("coverage.mobile_share", c.MobileShare)},
			{Label: v.T("web.note.web_and_mobile"), Figure: v.whole("coverage.both", c.Both)},
			{Label: v.T("web.note.catalogue"), Figure: v.whole("coverage.services", c.Services)},
			{Label: v.T("web.note.catalogue_last_month"), Figure: v.count("coverage.last_month_services", c.LastMonthServices)},
		},
	}
}
