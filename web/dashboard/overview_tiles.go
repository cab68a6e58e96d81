package dashboard

import (
	"mirsad/internal/figures"
	"mirsad/web/page"
)

// tiles are the overview's headline figures.
func (v *visit) tiles() []page.Tile {
	return []page.Tile{v.CountedTile(), v.endToEndTile(), v.PaceTile(), v.completedTile(), v.growthTile(), v.coverageTile()}
}

func (v *visit) endToEndTile() page.Tile {
	verified, claimed := &v.Figures.Verified, &v.Figures.Claimed
	return page.Tile{
		Label: v.T("web.tile.end_to_end"), Figure: v.Whole("progress.end_to_end", verified.EndToEnd),
		Unit: v.T("web.verified"),
		Notes: []page.Note{
			{Label: v.T("web.claimed"), Figure: v.Whole("progress.claimed.end_to_end", claimed.EndToEnd)},
			{Label: v.T("web.note.share_of_counted"), Figure: v.PercentOf("", page.RatioOf(verified.EndToEnd, verified.Counted))},
			{Label: v.T("web.note.last_month"), Figure: v.CountOf("", verified.At(v.Figures.On.Month()-1).EndToEnd)},
			{Label: v.T("web.note.last_year"), Figure: v.CountOf("", verified.At(v.Figures.On.Month()-12).EndToEnd)},
		},
	}
}

func (v *visit) completedTile() page.Tile {
	u := &v.Figures.Usage
	year, _ := pointOf(u.Total.Points, (u.Month - 12).Period())
	return page.Tile{
		Label: v.T("web.tile.completed"), Figure: v.CountOf("usage.completed", u.Completed.Count),
		Unit: v.T("web.in_month", page.Args("month", v.Month(u.Month))), Partial: v.Partial(u.Completed),
		Notes: []page.Note{
			{Label: v.T("web.note.last_month"), Figure: v.CountOf("usage.growth.previous_total", u.Growth.PreviousTotal.Count)},
			{Label: v.T("web.note.last_year"), Figure: v.CountOf("", year.Count)},
			{Label: v.T("web.note.take_up"), Figure: v.PercentOf("usage.take_up.value", u.TakeUp.Value)},
			{Label: v.T("web.note.take_up_covers"), Figure: v.PercentOf("usage.take_up.covered_share", u.TakeUp.CoveredShare)},
		},
	}
}

func (v *visit) growthTile() page.Tile {
	g, h := &v.Figures.Usage.Growth, v.Figures.Headline(figures.HeadlineLikeForLike)
	tile := page.Tile{
		Status: v.HeadlineStatus(&h),
		Label:  v.T("web.tile.growth"), Figure: v.Growth("usage.growth.like_for_like", g.LikeForLike),
		Unit: v.T("web.same_services", page.Args("n", g.ServicesInBoth)),
		Notes: []page.Note{
			{Label: v.T("web.note.naive"), Figure: v.Growth("usage.growth.naive", g.Naive), Tone: page.ToneOf(g.Naive)},
			{Label: v.T("web.note.services_in_both"), Figure: v.Whole("usage.growth.services_in_both", g.ServicesInBoth)},
			{Label: v.T("web.note.streak"), Figure: v.Whole("usage.growth.streak", g.Streak)},
			{Label: v.T("web.note.streak_end"), Figure: page.Figure{Text: v.streakEnd(g.StreakEnd)}},
		},
	}
	if lunar := g.LastLunarYear; lunar != nil {
		tile.Notes = append(tile.Notes, page.Note{
			Label:  v.T("web.note.last_lunar_year", page.Args("month", v.Period(lunar.Period))),
			Figure: v.Growth("usage.growth.last_lunar_year.like_for_like", lunar.LikeForLike), Tone: page.ToneOf(lunar.LikeForLike),
		})
	}
	return tile
}

func (v *visit) streakEnd(end figures.StreakEnd) string {
	if end == "" {
		return v.T("web.streak_end.start")
	}
	return v.T("web.streak_end." + string(end))
}

func (v *visit) coverageTile() page.Tile {
	c := &v.Figures.Coverage
	return page.Tile{
		Label: v.T("web.tile.coverage"), Figure: v.PercentOf("coverage.share", c.Share),
		Unit: v.T("web.of_services", page.Args("n", c.Services)),
		Notes: []page.Note{
			{Label: v.T("web.note.mobile"), Figure: v.PercentOf("coverage.mobile_share", c.MobileShare)},
			{Label: v.T("web.note.web_and_mobile"), Figure: v.Whole("coverage.both", c.Both)},
			{Label: v.T("web.note.catalogue"), Figure: v.Whole("coverage.services", c.Services)},
			{Label: v.T("web.note.catalogue_last_month"), Figure: v.CountOf("coverage.last_month_services", c.LastMonthServices)},
		},
	}
}
