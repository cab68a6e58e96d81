package reports

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// headline is one of the figures at the top, as its row shows it.
type headline struct {
	figures.Headline

	label     string
	name      string // of its cell, by its path in the figures API
	format    string
	against   string
	otherName string // of the cell of what it is compared with
	changeAs  string // number format of the change
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
		Headline: w.figures.Headline(figures.HeadlineCounted),
		label:    w.T("reports.figure.counted"), name: "progress_counted", format: sheet.WholeFormat,
		against: w.T("reports.against.plan"), otherName: "progress_plan", changeAs: sheet.SignedFormat,
		note: w.T("reports.note.counted", i18n.Args{"share": w.Percent(p.Share), "goal": w.Int(int64(p.Goal))}),
	}
}

func (w *workbook) endToEndHeadline() headline {
	p := &w.figures.Verified
	h := headline{
		Headline: w.figures.Headline(figures.HeadlineEndToEnd),
		label:    w.T("reports.figure.end_to_end"), name: "progress_end_to_end", format: sheet.WholeFormat,
		against: w.T("reports.against.last_month"), changeAs: sheet.SignedFormat,
	}
	if p.Counted > 0 {
		share := programme.RatioOf(float64(p.EndToEnd), float64(p.Counted))
		h.note = w.T("reports.note.end_to_end", i18n.Args{"share": w.Percent(share)})
	}
	return h
}

func (w *workbook) rateHeadline() headline {
	return headline{
		Headline: w.figures.Headline(figures.HeadlineRequiredRate),
		label:    w.T("reports.figure.required_rate"), name: "progress_required_rate", format: sheet.RateFormat,
		against: w.T("reports.against.recent_rate"), otherName: "progress_recent_rate_months_3",
		changeAs: sheet.PointsFormat,
		note:     w.T("reports.note.months_left", i18n.Args{"n": w.figures.Verified.MonthsLeft}),
	}
}

func (w *workbook) coverageHeadline() headline {
	c := &w.figures.Coverage
	return headline{
		Headline: w.figures.Headline(figures.HeadlineCoverage),
		label:    w.T("reports.figure.coverage"), name: "coverage_share", format: sheet.PercentFormat,
		against: w.T("reports.against.mobile"), otherName: "coverage_mobile_share",
		note: w.T("reports.note.coverage",
			i18n.Args{"digital": w.Int(int64(c.Digital)), "services": w.Int(int64(c.Services))}),
	}
}

func (w *workbook) completedHeadline() headline {
	total, growth := &w.figures.Usage.Completed, &w.figures.Usage.Growth
	note := w.T("reports.note.parts", i18n.Args{
		"reported": w.Int(int64(total.Parts.Reported)), "expected": w.Int(int64(total.Parts.Expected)),
	})
	if lacks := w.Days(total.Days.Covered, total.Days.Expected, total.Partial); lacks != "" {
		note += " (" + lacks + ")"
	}
	note += w.T("reports.semicolon") + w.compared(growth.Comparison, growth.Previous)
	if growth.Step != "" {
		note += ". " + w.Step(string(growth.Step))
	}
	return headline{
		Headline: w.figures.Headline(figures.HeadlineCompleted),
		label:    w.T("reports.figure.completed"), name: "usage_completed", format: sheet.WholeFormat,
		against: w.T("reports.against.as_reported"), changeAs: sheet.GrowthFormat, note: w.ofUse(note),
	}
}

// compared words a comparison of use like for like with the period before it that is named.
func (w *workbook) compared(c figures.Comparison, before civil.Period) string {
	return w.Growth(i18n.Growth{
		Ratio: c.LikeForLike, Direction: string(c.Direction), Before: before, Services: c.ServicesInBoth, LeftOut: c.LeftOut,
	})
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
	note := w.Over(w.figures.Usage.Growth.ServicesInBoth, w.figures.Usage.Growth.LeftOut)
	if lunar := w.figures.Usage.Growth.LastLunarYear; lunar != nil {
		note = w.T("reports.note.last_lunar_year", i18n.Args{
			"note": note, "month": w.Period(lunar.Period), "growth": w.SignedPercent(lunar.LikeForLike),
		})
	}
	return headline{
		Headline: w.figures.Headline(figures.HeadlineLikeForLike),
		label:    w.T("reports.figure.like_for_like"), name: "usage_growth_like_for_like", format: sheet.GrowthFormat,
		against: w.T("reports.against.last_month"), changeAs: sheet.PointsFormat,
		note: w.ofUse(note),
	}
}

func (w *workbook) takeUpHeadline() headline {
	t := &w.figures.Usage.TakeUp
	return headline{
		Headline: w.figures.Headline(figures.HeadlineTakeUp),
		label:    w.T("reports.figure.take_up"), name: "usage_take_up_value", format: sheet.PercentFormat,
		against: w.T("reports.against.last_month"), changeAs: sheet.PointsFormat,
		note: w.ofUse(w.T("reports.note.take_up",
			i18n.Args{"services": w.Int(int64(t.Services)), "live": w.Int(int64(t.Live))})),
	}
}
