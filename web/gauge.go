package web

// gauge is a straight bar from 0 to the goal with the plan marked on it, drawn without script.
type gauge struct {
	Counted, EndToEnd, Plan int // in thousandths of the goal
	PlanKnown               bool
	Sentence                string
	Goal                    figure
	// Start and End word the ends of the scale; PlanText is the mark.
	PlanText string
	Share    figure
}

func (v *visit) gauge() gauge {
	p := &v.figures.Verified
	return gauge{
		Counted: thousandths(int64(p.Counted), p.Goal), EndToEnd: thousandths(int64(p.EndToEnd), p.Goal),
		Plan: thousandths(p.Plan.Value, p.Goal), PlanKnown: p.Plan.Known(),
		Goal: v.whole("progress.goal", p.Goal), Share: v.percent("progress.share", p.Share),
		PlanText: v.T("web.gauge.plan", args("n", v.Count(p.Plan))),
		Sentence: v.T("web.gauge.sentence", args("counted", p.Counted, "goal", p.Goal, "plan", v.Count(p.Plan), "end_to_end", p.EndToEnd)),
	}
}

// thousandths returns a part of a whole in thousandths, between 0 and 1,000.
func thousandths(part int64, whole int) int {
	if whole <= 0 || part <= 0 {
		return 0
	}
	return int(min(1000, part*1000/int64(whole)))
}
