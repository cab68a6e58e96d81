package figures

// Likelihood is how likely the goal is by the target date, as a code, worded by i18n: base.likelihood.<code>.
type Likelihood string

// The words of likelihood, the surest first; without a forecast there is none.
const (
	LikelihoodReached       Likelihood = "reached"
	LikelihoodAlmostCertain Likelihood = "almost_certain"
	LikelihoodLikely        Likelihood = "likely"
	LikelihoodUncertain     Likelihood = "uncertain"
	LikelihoodUnlikely      Likelihood = "unlikely"
	LikelihoodVeryUnlikely  Likelihood = "very_unlikely"
)

// Likelihoods lists the words, the surest first.
func Likelihoods() []Likelihood {
	return []Likelihood{
		LikelihoodReached, LikelihoodAlmostCertain, LikelihoodLikely, LikelihoodUncertain, LikelihoodUnlikely,
		LikelihoodVeryUnlikely,
	}
}

// leastSure is the share of back-tested points that the 80 % band has to have held for the surest words.
const leastSure = 0.6

// Reached reports whether the count is at the goal.
func (p *Progress) Reached() bool { return p.Goal > 0 && p.Counted >= p.Goal }

// Likelihood words the probability of the goal; "" without one. While the back-test held too seldom the words end at
// likely and unlikely, and limited says so where that changed the word (docs/rules.md#likelihood).
func (p *Progress) Likelihood() (word Likelihood, limited bool) {
	probability, held := p.Forecast.Probability, p.Forecast.Coverage
	switch {
	case p.Reached():
		return LikelihoodReached, false
	case !probability.Known():
		return "", false
	}
	unsure := held.Known() && held.Value < leastSure
	switch share := probability.Value; {
	case share >= 0.95 && !unsure:
		return LikelihoodAlmostCertain, false
	case share >= 0.75:
		return LikelihoodLikely, share >= 0.95
	case share <= 0.05 && !unsure:
		return LikelihoodVeryUnlikely, false
	case share <= 0.25:
		return LikelihoodUnlikely, share <= 0.05
	default:
		return LikelihoodUncertain, false
	}
}
