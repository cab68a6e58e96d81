package page

import (
	"mirsad/internal/programme"
)

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
