package page

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// HeadlineStatus is a headline figure's status; nil where no target sets one.
func (v *Visit) HeadlineStatus(h *figures.Headline) *Status {
	if h.Status == "" {
		return nil
	}
	standing := v.StatusOf(h.Status)
	return &standing
}

// CountedTile is the counted services against the goal, the plan and the past.
func (v *Visit) CountedTile() Tile {
	p, h := &v.Figures.Verified, v.Figures.Headline(figures.HeadlineCounted)
	return Tile{
		Status: v.HeadlineStatus(&h),
		Label:  v.T("web.tile.counted"), Figure: v.Whole("progress.counted", p.Counted),
		Unit: v.T("web.of_goal", Args("n", p.Goal)),
		Notes: []Note{
			{Label: v.T("web.counted_claimed"), Figure: v.Whole("", v.Figures.Claimed.Counted)}, // named where the levels stand
			{Label: v.T("web.note.plan"), Figure: v.CountOf("progress.plan", p.Plan)},
			{Label: v.T("web.note.variance"), Figure: v.SignedOf("progress.variance", p.Variance), Tone: toneOfStatus(h.Status)},
			{Label: v.T("web.note.last_month"), Figure: v.CountOf("progress.last_month", p.LastMonth)},
			{Label: v.T("web.note.last_year"), Figure: v.CountOf("progress.last_year", p.LastYear)},
		},
	}
}

// PaceTile sets the pace that is required for the goal beside the recent one.
func (v *Visit) PaceTile() Tile {
	p, h := &v.Figures.Verified, v.Figures.Headline(figures.HeadlineRequiredRate)
	return Tile{
		Status: v.HeadlineStatus(&h),
		Label:  v.T("web.tile.pace"), Figure: v.DecimalOf("progress.required_rate", p.RequiredRate, 1),
		Unit: v.T("web.a_month_for", Args("n", p.MonthsLeft)),
		Notes: []Note{
			v.paceNote("3", p.RecentRate.Months3), v.paceNote("6", p.RecentRate.Months6),
			{Label: v.T("web.note.schedule_index"), Figure: v.DecimalOf("progress.schedule_index", p.ScheduleIndex, 3)},
			{Label: v.T("web.note.slip_median"), Figure: v.DecimalOf("progress.slip_median", p.SlipMedian, 1)},
		},
	}
}

// paceNote sets the pace of the last months beside the required one.
func (v *Visit) paceNote(months string, recent programme.Ratio) Note {
	return Note{
		Label: v.T("web.note.recent_" + months), Figure: v.DecimalOf("progress.recent_rate.months_"+months, recent, 1),
		Tone: toneOfStatus(v.Figures.Verified.PaceStatus(recent)),
	}
}

// PlanVerdict is the page's first sentence: how many of the goal, and against the plan.
func (v *Visit) PlanVerdict() string {
	p := &v.Figures.Verified
	values := Args("counted", p.Counted, "goal", p.Goal, "n", Abs(p.Variance.Value))
	switch v.Figures.Headline(figures.HeadlineCounted).Direction {
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
