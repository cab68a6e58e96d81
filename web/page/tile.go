package page

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Tile is a headline figure with what it is compared with.
type Tile struct {
	Label  string
	Figure Figure
	Unit   string
	Notes  []Note
	// Status is none where no target sets one.
	Status *Status
	// Partial says how many of the parts are known, when not all are.
	Partial string
}

// Note is one comparison under a tile's figure.
type Note struct {
	Label  string
	Figure Figure
	Tone   Tone
	// Remark says what the figure is over, or what it lacks; empty for nothing.
	Remark string
}

// Tone is what a comparison means; its sign and words say it too.
type Tone string

const (
	toneNone Tone = ""
	toneGood Tone = "good"
	toneWarn Tone = "warn"
	toneBad  Tone = "bad"
)

// ToneOf reads a difference of which more is better.
func ToneOf[T int64 | float64](n programme.Number[T]) Tone {
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
func toneOfStatus(s figures.Status) Tone {
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

// HeadlineStatus is a headline figure's status; nil where no target sets one.
func (w Words) HeadlineStatus(h *figures.Headline) *Status {
	if h.Status == "" {
		return nil
	}
	standing := w.StatusOf(h.Status)
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
			{
				Label: v.T("web.note.variance"), Figure: v.SignedOf("progress.variance", p.Variance),
				Tone: toneOfStatus(h.Status),
			},
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
