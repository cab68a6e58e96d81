package web

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// tile is a headline figure with what it is compared with.
type tile struct {
	Label  string
	Figure figure
	Unit   string
	Notes  []note
	// Status is none where no target sets one.
	Status *status
	// Partial says how many of the parts are known, when not all are.
	Partial string
}

// note is one comparison under a tile's figure.
type note struct {
	Label  string
	Figure figure
	Tone   tone
}

// tone is what a comparison means; its sign and words say it too.
type tone string

const (
	toneNone tone = ""
	toneGood tone = "good"
	toneWarn tone = "warn"
	toneBad  tone = "bad"
)

// toneOf reads a difference of which more is better.
func toneOf[T int64 | float64](n programme.Number[T]) tone {
	switch {
	case !n.Known() || n.Value == 0:
		return toneNone
	case n.Value > 0:
		return toneGood
	default:
		return toneBad
	}
}

// toneOfStatus marks a comparison by the status that it gives.
func toneOfStatus(s figures.Status) tone {
	switch s {
	case figures.StatusOnTrack, figures.StatusDone:
		return toneGood
	case figures.StatusAtRisk:
		return toneWarn
	case figures.StatusLate:
		return toneBad
	default:
		return toneNone
	}
}

// headlineStatus is a headline figure's status; nil where no target sets one.
func (v *visit) headlineStatus(h *figures.Headline) *status {
	if h.Status == "" {
		return nil
	}
	standing := v.statusOf(h.Status)
	return &standing
}

// tiles are the overview's headline figures.
func (v *visit) tiles() []tile {
	return []tile{v.countedTile(), v.endToEndTile(), v.paceTile(), v.completedTile(), v.growthTile(), v.coverageTile()}
}

func (v *visit) countedTile() tile {
	p, h := &v.figures.Verified, v.figures.Headline(figures.HeadlineCounted)
	return tile{
		Status: v.headlineStatus(&h),
		Label:  v.T("web.tile.counted"), Figure: v.whole("progress.counted", p.Counted),
		Unit: v.T("web.of_goal", args("n", p.Goal)),
		Notes: []note{
			{Label: v.T("web.claimed"), Figure: v.whole("", v.figures.Claimed.Counted)}, // named where the levels stand
			{Label: v.T("web.note.plan"), Figure: v.count("progress.plan", p.Plan)},
			{Label: v.T("web.note.variance"), Figure: v.signed("progress.variance", p.Variance), Tone: toneOfStatus(h.Status)},
			{Label: v.T("web.note.last_month"), Figure: v.count("progress.last_month", p.LastMonth)},
			{Label: v.T("web.note.last_year"), Figure: v.count("progress.last_year", p.LastYear)},
		},
	}
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

func (v *visit) paceTile() tile {
	p, h := &v.figures.Verified, v.figures.Headline(figures.HeadlineRequiredRate)
	return tile{
		Status: v.headlineStatus(&h),
		Label:  v.T("web.tile.pace"), Figure: v.decimal("progress.required_rate", p.RequiredRate, 1),
		Unit: v.T("web.a_month_for", args("n", p.MonthsLeft)),
		Notes: []note{
			v.paceNote("3", p.RecentRate.Months3), v.paceNote("6", p.RecentRate.Months6),
			{Label: v.T("web.note.schedule_index"), Figure: v.decimal("progress.schedule_index", p.ScheduleIndex, 3)},
			{Label: v.T("web.note.slip_median"), Figure: v.decimal("progress.slip_median", p.SlipMedian, 1)},
		},
	}
}

// paceNote sets the pace of the last months beside the required one.
func (v *visit) paceNote(months string, recent programme.Ratio) note {
	return note{
		Label: v.T("web.note.recent_" + months), Figure: v.decimal("progress.recent_rate.months_"+months, recent, 1),
		Tone: toneOfStatus(v.figures.Verified.PaceStatus(recent)),
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
