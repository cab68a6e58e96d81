package dashboard

import "mirsad/web/page"

// gauge is a straight bar from 0 to the goal with the plan marked on it, drawn without script.
type gauge struct {
	Counted, EndToEnd, Plan int // in thousandths of the goal
	PlanKnown               bool
	Sentence                string
	Goal                    page.Figure
	// Start and End word the ends of the scale; PlanText is the mark.
	PlanText string
	Share    page.Figure
}

func (v *visit) gauge() gauge {
	p := &v.Figures.Verified
	return gauge{
		Counted: thousandths(int64(p.Counted), p.Goal), EndToEnd: thousandths(int64(p.EndToEnd), p.Goal),
		Plan: thousandths(p.Plan.Value, p.Goal), PlanKnown: p.Plan.Known(),
		Goal: v.Whole("progress.goal", p.Goal), Share: v.PercentOf("progress.share", p.Share),
		PlanText: v.T("web.gauge.plan", page.Args("n", v.Count(p.Plan))),
		Sentence: v.T(
			"web.gauge.sentence",
			page.Args("counted", p.Counted, "goal", p.Goal, "plan", v.Count(p.Plan), "end_to_end", p.EndToEnd),
		),
	}
}

// thousandths returns a part of a whole in thousandths, between 0 and 1,000.
func thousandths(part int64, whole int) int {
	if whole <= 0 || part <= 0 {
		return 0
	}
	return int(min(1000, part*1000/int64(whole)))
}
