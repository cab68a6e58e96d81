package reports

import (
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// verdict is the month in one sentence.
func (w *workbook) verdict() string {
	p := &w.figures.Verified
	text := w.T("reports.verdict", i18n.Args{
		"counted": w.Int(int64(p.Counted)), "goal": w.Int(int64(p.Goal)), "end_to_end": w.Int(int64(p.EndToEnd)),
	})
	if p.Variance.Known() {
		text += " " + w.planClause(p)
	}
	if forecast := w.forecastClause(); forecast != "" {
		text += " " + forecast
	}
	if n := w.figures.Attention.BehindPlan; n > 0 {
		text += " " + w.T("reports.verdict.behind", i18n.Args{"n": n})
	}
	return text
}

// planClause says how far the count is from the plan.
func (w *workbook) planClause(p *figures.Progress) string {
	args := i18n.Args{"plan": w.Count(p.Plan), "n": abs(p.Variance.Value)}
	switch w.figures.Headline(figures.HeadlineCounted).Direction {
	case figures.DirectionDown:
		return w.T("reports.plan.behind", args)
	case figures.DirectionUp:
		return w.T("reports.plan.ahead", args)
	default:
		return w.T("reports.plan.equal", args)
	}
}

// forecastClause says where the count will be at the target date; nothing without a forecast.
func (w *workbook) forecastClause() string {
	f := &w.figures.Verified.Forecast
	if !f.P50.Known() {
		return ""
	}
	return w.T("reports.verdict.forecast", i18n.Args{
		"p10": w.Count(f.P10), "p90": w.Count(f.P90), "target": w.Date(w.figures.Programme.TargetOn),
	})
}

// forecastMethod says how the forecast was made, or why there is none, and how such forecasts did.
func (w *workbook) forecastMethod() string {
	f := &w.figures.Verified.Forecast
	var text string
	switch f.Method {
	case figures.MethodMonteCarlo:
		text = w.T("forecast.method."+f.Method, i18n.Args{"n": f.Open, "finished": w.Int(int64(f.Finished))})
	case figures.MethodTooLittleHistory:
		return w.T("forecast.method."+f.Method, i18n.Args{"n": f.Finished})
	case figures.MethodTargetPassed:
		return w.T("forecast.method." + f.Method)
	default:
		return ""
	}
	if f.Coverage.Known() {
		return text + " " + w.T("web.forecast.coverage", i18n.Args{"share": w.Percent(f.Coverage)})
	}
	return text + " " + w.T("web.forecast.no_coverage")
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// messages are the three things to take away: the pace, the use, the maturity.
func (w *workbook) messages() []string {
	return []string{w.paceMessage(), w.useMessage(), w.maturityMessage()}
}

func (w *workbook) paceMessage() string {
	p := &w.figures.Verified
	switch {
	case p.Counted >= p.Goal && p.Goal > 0:
		return w.T("reports.message.goal_reached", i18n.Args{"goal": w.Int(int64(p.Goal))})
	case !p.RequiredRate.Known():
		return w.T("reports.message.no_time",
			i18n.Args{"n": p.Goal - p.Counted, "date": w.Date(w.figures.Programme.TargetOn)})
	}
	text := w.T("reports.message.pace", i18n.Args{"n": p.MonthsLeft, "required": w.Decimal(p.RequiredRate, 1)})
	if p.RecentRate.Months3.Known() {
		text += " " + w.T("reports.message.recent", i18n.Args{
			"three": w.Decimal(p.RecentRate.Months3, 1), "six": w.Decimal(p.RecentRate.Months6, 1),
		})
	}
	return text
}

func (w *workbook) useMessage() string {
	g := &w.figures.Usage.Growth
	if !g.LikeForLike.Known() {
		return w.T("reports.message.no_growth", i18n.Args{"month": w.Month(w.figures.Usage.Month)})
	}
	text := w.compared(g.Comparison, g.Previous) + "."
	if g.Step != "" {
		text += " " + w.Step(string(g.Step))
	}
	if year := &g.LastYear; year.Direction != "" {
		text += " " + w.compared(year.Comparison, year.Period) + "."
	}
	if g.Streak > 1 {
		text += " " + w.T("reports.message.streak", i18n.Args{"n": g.Streak})
	}
	if g.Concentration.LargestShare.Known() {
		text += " " + w.T("reports.message.concentration", i18n.Args{
			"service": sheet.Shorten(w.serviceName(g.Concentration.Largest), 60),
			"share":   w.Percent(g.Concentration.LargestShare),
		})
	}
	return text
}

func (w *workbook) maturityMessage() string {
	p := &w.figures.Verified
	if p.Counted == 0 {
		return w.T("reports.message.no_services")
	}
	share := programme.RatioOf(float64(p.EndToEnd), float64(p.Counted))
	text := w.T("reports.message.maturity", i18n.Args{"n": p.EndToEnd, "share": w.Percent(share)})
	if unverified := w.figures.Claimed.EndToEnd - p.EndToEnd; unverified > 0 {
		text += " " + w.T("reports.message.claimed", i18n.Args{"n": unverified})
	}
	return text
}

// decisionsAsked is the most that one meeting can take.
const decisionsAsked = 4

// decisions are what the month asks for, by the lists of what needs attention.
func (w *workbook) decisions() []string {
	a, p := &w.figures.Attention, &w.figures.Verified
	var list []string
	if w.figures.Headline(figures.HeadlineRequiredRate).Status.Behind() {
		list = append(list, w.T("reports.decision.pace", i18n.Args{
			"recent": w.Decimal(p.RecentRate.Months3, 1), "required": w.Decimal(p.PlanRate, 1),
		}))
	}
	if n := len(a.LateEntities); n > 0 {
		list = append(list, w.T("reports.decision.late", i18n.Args{"n": n, "entities": w.someEntities(a.LateEntities)}))
	}
	for _, each := range []struct {
		key   string
		codes []string
	}{{"claimed", a.ClaimedNotVerified}, {"silent", a.Silent}, {"without_numbers", a.WithoutNumbers}, {"dormant", a.Dormant}} {
		if n := len(each.codes); n > 0 {
			list = append(list, w.T("reports.decision."+each.key, i18n.Args{"n": n}))
		}
	}
	if len(list) == 0 {
		return []string{w.T("reports.decision.none")}
	}
	return list[:min(len(list), decisionsAsked)]
}

// someEntities names the first three, worst first, and says how many more there are.
func (w *workbook) someEntities(codes []string) string {
	const named = 3
	names := make([]string, 0, named)
	for _, code := range codes[:min(named, len(codes))] {
		names = append(names, sheet.Shorten(w.entityName(code), 48))
	}
	text := strings.Join(names, w.T("reports.comma"))
	if more := len(codes) - named; more > 0 {
		text += " " + w.T("reports.and_more", i18n.Args{"n": more})
	}
	return text
}

// burnUpSentence is the chart in words, for those who can't see it.
func (w *workbook) burnUpSentence() string {
	p := &w.figures.Verified
	text := w.T("reports.alt.burn_up", i18n.Args{
		"counted": w.Int(int64(p.Counted)), "goal": w.Int(int64(p.Goal)), "plan": w.Count(p.Plan),
		"on": w.Date(w.figures.On),
	})
	if forecast := w.forecastClause(); forecast != "" {
		text += " " + forecast
	}
	return text
}
