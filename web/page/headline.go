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
			{Label: v.T("web.claimed"), Figure: v.Whole("", v.Figures.Claimed.Counted)}, // named where the levels stand
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

// ReachView is what the goal still takes, and the milestones that would bring it nearer.
type ReachView struct {
	Missing Figure
	Rows    []reachRow
}

// reachRow is one kind of milestones, and how far the count comes without them.
type reachRow struct {
	Label          string
	Number, AtMost Figure
}

// ReachOf shows what is missing to the goal (docs/rules.md#reach-to-the-goal).
func ReachOf(v *Visit) ReachView {
	r := &v.Figures.Verified.Reach
	view := ReachView{Missing: v.Whole("progress.reach.missing", r.Missing)}
	for _, each := range []struct {
		name           string
		number, atMost int
	}{
		{"awaiting_verification", r.AwaitingVerification, r.AtMost.AwaitingVerification},
		{"late", r.Late, r.AtMost.Late},
		{"due", r.Due, r.AtMost.Due},
	} {
		view.Rows = append(view.Rows, reachRow{
			Label: v.T("base.reach." + each.name), Number: v.Whole("progress.reach."+each.name, each.number),
			AtMost: v.Whole("progress.reach.at_most_without."+each.name, each.atMost),
		})
	}
	return view
}

// ChanceOf shows a probability as a whole percentage.
func ChanceOf(v *Visit, name string, n programme.Ratio) Figure { return known(v, name, n, v.Chance(n)) }

// LikelihoodNote says in a word how likely the goal is.
func LikelihoodNote(v *Visit) Note {
	p := &v.Figures.Verified
	note := Note{Label: v.T("base.likelihood"), Figure: ChanceOf(v, "progress.forecast.probability", p.Forecast.Probability)}
	if word, _ := p.Likelihood(); word != "" {
		note.Figure.Text, note.Figure.Unknown = v.Likelihood(string(word), p.Forecast.Probability), false
	}
	return note
}

// LikelihoodLimit says that a surer word is not used, and why; "" where that is not so.
func LikelihoodLimit(v *Visit) string {
	p := &v.Figures.Verified
	if _, limited := p.Likelihood(); !limited {
		return ""
	}
	return v.T("base.likelihood.limited", Args("share", v.Percent(p.Forecast.Coverage)))
}
