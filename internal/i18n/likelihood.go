package i18n

import (
	"mirsad/internal/programme"
)

// Chance writes a probability as a whole percentage, and the ends as less than 1 and more than 99
// (docs/rules.md#likelihood).
func (w Words) Chance(n programme.Ratio) string {
	switch {
	case !n.Known():
		return missing
	case n.Value < 0.01:
		return w.T("base.chance.below")
	case n.Value > 0.99:
		return w.T("base.chance.above")
	default:
		return w.isolate(w.plainDecimal(programme.Round(n.Value*100, 0), 0, false) + "%")
	}
}

// Likelihood words how likely a goal is, by its code and its probability.
func (w Words) Likelihood(code string, probability programme.Ratio) string {
	word := w.T("base.likelihood." + code)
	if !probability.Known() {
		return word
	}
	return w.T("base.likelihood.share", Args{"word": word, "share": w.Chance(probability)})
}
