package dashboard

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// tiles are the overview's headline figures.
func (v *visit) tiles() []page.Tile {
	return []page.Tile{
		v.CountedTile(), v.endToEndTile(), v.PaceTile(), v.completedTile(), v.growthTile(), v.coverageTile(),
	}
}

func (v *visit) endToEndTile() page.Tile {
	verified, claimed := &v.Figures.Verified, &v.Figures.Claimed
	return page.Tile{
		Label: v.T("web.tile.end_to_end"), Figure: v.Whole("progress.end_to_end", verified.EndToEnd),
		Unit: v.T("web.unit.verified"),
		Notes: []page.Note{
			{Label: v.T("web.counted_claimed"), Figure: v.Whole("progress.claimed.end_to_end", claimed.EndToEnd)},
			{
				Label:  v.T("web.note.share_of_counted"),
				Figure: v.PercentOf("", page.RatioOf(verified.EndToEnd, verified.Counted)),
			},
			{Label: v.T("web.note.last_month"), Figure: v.CountOf("", verified.At(v.Figures.On.Month()-1).EndToEnd)},
			{Label: v.T("web.note.last_year"), Figure: v.CountOf("", verified.At(v.Figures.On.Month()-12).EndToEnd)},
		},
	}
}

func (v *visit) completedTile() page.Tile {
	u := &v.Figures.Usage
	before, year := &u.Growth.PreviousTotal, &u.Growth.LastYear
	return page.Tile{
		Label: v.T("web.tile.completed"), Figure: v.CountOf("usage.completed", u.Completed.Count),
		Unit: v.T("web.in_month", page.Args("month", v.Month(u.Month))), Partial: v.Partial(u.Completed),
		Notes: []page.Note{
			{
				Label:  v.T("web.note.last_month"),
				Figure: v.CountOf("usage.growth.previous_total", before.Count), Remark: v.Partial(*before),
			},
			{
				Label:  v.T("web.note.last_year"),
				Figure: v.CountOf("usage.growth.last_year.total", year.Total.Count), Remark: v.Partial(year.Total),
			},
			{
				Label:  v.T("web.note.growth_last_year"),
				Figure: v.Growth("usage.growth.last_year.like_for_like", year.LikeForLike),
				Tone:   page.ToneOfUse(year.Direction), Remark: v.Over(year.ServicesInBoth, year.LeftOut),
			},
			{Label: v.T("web.note.take_up"), Figure: v.PercentOf("usage.take_up.value", u.TakeUp.Value)},
			{
				Label:  v.T("web.note.take_up_covers"),
				Figure: v.PercentOf("usage.take_up.covered_share", u.TakeUp.CoveredShare),
			},
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
			{
				Label: v.T("web.note.direction"), Figure: page.Figure{Text: directionOf(v.Words, g.Direction)},
				Tone: page.ToneOfUse(g.Direction),
			},
			{
				Label: v.T("web.note.naive"), Figure: v.Growth("usage.growth.naive", g.Naive),
				Remark: v.Step(string(g.Step)),
			},
			{Label: v.T("web.note.left_out"), Figure: v.Whole("usage.growth.left_out", g.LeftOut)},
			{
				Label:  v.T("web.note.services_in_both"),
				Figure: v.Whole("usage.growth.services_in_both", g.ServicesInBoth),
			},
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

// directionOf words where use goes, as the workbook does; the dash where nothing is compared.
func directionOf(w page.Words, d figures.Direction) string {
	if d == "" {
		return w.Count(programme.Count{})
	}
	return w.T("base.direction." + string(d))
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
			{
				Label:  v.T("web.note.catalogue_last_month"),
				Figure: v.CountOf("coverage.last_month_services", c.LastMonthServices),
			},
		},
	}
}
