package web

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// headlineStatus is a headline figure's status; nil where no target sets one.
func (v *base) headlineStatus(h *figures.Headline) *status {
	if h.Status == "" {
		return nil
	}
	standing := v.statusOf(h.Status)
	return &standing
}

// countedTile is the counted services against the goal, the plan and the past.
func (v *base) countedTile() tile {
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

// paceTile sets the pace that is required for the goal beside the recent one.
func (v *base) paceTile() tile {
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
func (v *base) paceNote(months string, recent programme.Ratio) note {
	return note{
		Label: v.T("web.note.recent_" + months), Figure: v.decimal("progress.recent_rate.months_"+months, recent, 1),
		Tone: toneOfStatus(v.figures.Verified.PaceStatus(recent)),
	}
}

// planVerdict is the page's first sentence: how many of the goal, and against the plan.
func (v *base) planVerdict() string {
	p := &v.figures.Verified
	values := args("counted", p.Counted, "goal", p.Goal, "n", abs(p.Variance.Value))
	switch v.figures.Headline(figures.HeadlineCounted).Direction {
	case figures.DirectionDown:
		return v.T("web.verdict.behind", values)
	case figures.DirectionUp:
		return v.T("web.verdict.ahead", values)
	case figures.DirectionFlat:
		return v.T("web.verdict.on_plan", values)
	default:
		return v.T("web.verdict.no_plan", values)
	}
}
