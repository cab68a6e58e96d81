package reports

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// headline is one of the figures at the top: what it is, what it is compared with, how it stands.
type headline struct {
	label     string
	name      string // of its cell, by its path in the figures API
	value     any
	format    string
	against   string
	other     any
	otherName string
	change    any
	changeAs  string // number format of the change
	status    figures.Status
	direction string // up, flat or down, where no target sets a status
	note      string
}

// headlines are the seven figures of the month, most important first.
func (w *workbook) headlines() []headline {
	return []headline{
		w.countedHeadline(), w.endToEndHeadline(), w.rateHeadline(), w.coverageHeadline(),
		w.completedHeadline(), w.growthHeadline(), w.takeUpHeadline(),
	}
}

func (w *workbook) countedHeadline() headline {
	p := &w.figures.Verified
	return headline{
		label: w.T("reports.figure.counted"), name: "progress_counted", value: p.Counted, format: sheet.WholeFormat,
		against: w.T("reports.against.plan"), other: p.Plan, otherName: "progress_plan",
		change: p.Variance, changeAs: sheet.SignedFormat, status: planStatus(p),
		note: w.T("reports.note.counted", i18n.Args{"share": w.Percent(p.Share), "goal": w.Int(int64(p.Goal))}),
	}
}

// planStatus is on track at or above the plan, at risk from nine tenths of it, else late
// (docs/rules.md#standing-of-the-count).
func planStatus(p *figures.Progress) figures.Status {
	switch {
	case !p.Variance.Known():
		return figures.StatusNoData
	case p.Variance.Value >= 0:
		return figures.StatusOnTrack
	case p.ScheduleIndex.Known() && p.ScheduleIndex.Value >= 0.9:
		return figures.StatusAtRisk
	default:
		return figures.StatusLate
	}
}

func (w *workbook) endToEndHeadline() headline {
	p := &w.figures.Verified
	before := w.monthBefore().EndToEnd
	h := headline{
		label: w.T("reports.figure.end_to_end"), name: "progress_end_to_end", value: p.EndToEnd, format: sheet.WholeFormat,
		against: w.T("reports.against.last_month"), other: before, changeAs: sheet.SignedFormat,
	}
	if before.Known() {
		change := int64(p.EndToEnd) - before.Value
		h.change, h.direction = change, direction(float64(change))
	}
	if p.Counted > 0 {
		h.note = w.T("reports.note.end_to_end", i18n.Args{"share": w.Percent(programme.RatioOf(float64(p.EndToEnd), float64(p.Counted)))})
	}
	return h
}

// monthBefore is the burn-up's point one month before the date described.
func (w *workbook) monthBefore() figures.ProgressMonth {
	month := w.figures.On.Month() - 1
	for _, point := range w.figures.Verified.Series {
		if point.Month == month {
			return point
		}
	}
	return figures.ProgressMonth{}
}

func (w *workbook) rateHeadline() headline {
	p := &w.figures.Verified
	h := headline{
		label: w.T("reports.figure.required_rate"), name: "progress_required_rate", value: p.RequiredRate, format: sheet.RateFormat,
		against: w.T("reports.against.recent_rate"), other: p.RecentRate.Months3, otherName: "progress_recent_rate_months_3",
		changeAs: sheet.PointsFormat, status: rateStatus(p), note: w.T("reports.note.months_left", i18n.Args{"n": p.MonthsLeft}),
	}
	if p.RequiredRate.Known() && p.RecentRate.Months3.Known() {
		h.change = programme.Round(p.RecentRate.Months3.Value-p.RequiredRate.Value, 1)
	}
	return h
}

// rateStatus is on track when the last three months went fast enough, at risk from three quarters of it, else late
// (docs/rules.md#standing-of-the-required-rate).
func rateStatus(p *figures.Progress) figures.Status {
	needed, recent := p.RequiredRate, p.RecentRate.Months3
	switch {
	case needed.Known() && needed.Value <= 0:
		return figures.StatusDone
	case !needed.Known() || !recent.Known():
		return figures.StatusNoData
	case recent.Value >= needed.Value:
		return figures.StatusOnTrack
	case recent.Value >= 0.75*needed.Value:
		return figures.StatusAtRisk
	default:
		return figures.StatusLate
	}
}

func (w *workbook) coverageHeadline() headline {
	c := &w.figures.Coverage
	return headline{
		label: w.T("reports.figure.coverage"), name: "coverage_share", value: c.Share, format: sheet.PercentFormat,
		against: w.T("reports.against.mobile"), other: c.MobileShare, otherName: "coverage_mobile_share",
		note: w.T("reports.note.coverage", i18n.Args{"digital": w.Int(int64(c.Digital)), "services": w.Int(int64(c.Services))}),
	}
}

func (w *workbook) completedHeadline() headline {
	u := &w.figures.Usage
	h := headline{
		label: w.T("reports.figure.completed"), name: "usage_completed", value: u.Completed.Count, format: sheet.WholeFormat,
		against: w.T("reports.against.last_month"), other: u.Growth.PreviousTotal.Count,
		change: u.Growth.Naive, changeAs: sheet.GrowthFormat,
		note: w.ofUse(w.T("reports.note.parts", i18n.Args{
			"reported": w.Int(int64(u.Completed.Parts.Reported)), "expected": w.Int(int64(u.Completed.Parts.Expected)),
		})),
	}
	if u.Growth.Naive.Known() {
		h.direction = direction(u.Growth.Naive.Value)
	}
	return h
}

// ofUse adds to a figure's note which month's use it is, where that is not the workbook's own: in a draft of the month
// that runs it is the last ended one.
func (w *workbook) ofUse(note string) string {
	if month := w.figures.Usage.Month; month != w.edition.Month {
		return w.Month(month) + ": " + note
	}
	return note
}

func (w *workbook) growthHeadline() headline {
	g := &w.figures.Usage.Growth
	before := previous(w.figures.Usage.LikeForLike, g.Period)
	h := headline{
		label: w.T("reports.figure.like_for_like"), name: "usage_growth_like_for_like", value: g.LikeForLike, format: sheet.GrowthFormat,
		against: w.T("reports.against.last_month"), other: before,
		change: pointsBetween(g.LikeForLike, before), changeAs: sheet.PointsFormat,
		status: figures.StatusNoData, note: w.ofUse(w.T("reports.note.services_in_both", i18n.Args{"n": g.ServicesInBoth})),
	}
	if g.LikeForLike.Known() {
		h.status = figures.StatusLate
		if g.LikeForLike.Value > 0 {
			h.status = figures.StatusOnTrack
		}
	}
	return h
}

func (w *workbook) takeUpHeadline() headline {
	t := &w.figures.Usage.TakeUp
	before := previous(w.figures.Usage.TakeUps, t.Period)
	h := headline{
		label: w.T("reports.figure.take_up"), name: "usage_take_up_value", value: t.Value, format: sheet.PercentFormat,
		against: w.T("reports.against.last_month"), other: before,
		change: pointsBetween(t.Value, before), changeAs: sheet.PointsFormat,
		note: w.ofUse(w.T("reports.note.take_up", i18n.Args{"services": w.Int(int64(t.Services)), "live": w.Int(int64(t.Live))})),
	}
	if t.Value.Known() && before.Known() {
		h.direction = direction(t.Value.Value - before.Value)
	}
	return h
}

// previous finds the ratio of the period before.
func previous(points []figures.RatioPoint, period civil.Period) programme.Ratio {
	before := period.Previous()
	for _, point := range points {
		if point.Period == before {
			return point.Value
		}
	}
	return programme.Ratio{}
}

// pointsBetween is the difference of two ratios in percentage points, to one decimal; nil when one is missing.
func pointsBetween(now, before programme.Ratio) any {
	if !now.Known() || !before.Known() {
		return nil
	}
	return programme.Round((now.Value-before.Value)*100, 1)
}

func direction(change float64) string {
	switch {
	case change > 0:
		return "up"
	case change < 0:
		return "down"
	default:
		return "flat"
	}
}
