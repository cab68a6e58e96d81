package i18n

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Growth is a comparison like for like as it is worded, its direction by its code
// (docs/rules.md#rising-flat-and-falling).
type Growth struct {
	Ratio     programme.Ratio
	Direction string
	// Before is the period that is compared with.
	Before civil.Period
	// Services are those compared, LeftOut the lines (service and channel) that are not.
	Services, LeftOut int
}

// Growth says where use goes, against which period and over how much of it: Rising: +10.0% on August 2015 like for like,
// over 12 services, 3 service channels left out.
func (w Words) Growth(g Growth) string {
	if g.Direction == "" || !g.Ratio.Known() {
		return w.T("base.growth.none", Args{"before": w.Period(g.Before)})
	}
	return w.T("base.growth."+g.Direction, Args{
		"growth": w.SignedPercent(g.Ratio), "before": w.Period(g.Before), "over": w.Over(g.Services, g.LeftOut),
	})
}

// Over says over how many services a comparison is, and how much is left out of it.
func (w Words) Over(services, leftOut int) string {
	over := w.T("base.growth.over", Args{"n": services})
	if leftOut == 0 {
		return over
	}
	return w.T("base.growth.left_out", Args{"over": over, "n": leftOut})
}

// Step says that who reports moved a total, and not use; nothing where there is no such step.
func (w Words) Step(step string) string {
	if step == "" {
		return ""
	}
	return w.T("base.growth.step." + step)
}

// Days says of how many days a number is, or, where its parts lack different days, of how many parts some are missing;
// nothing of a whole number (docs/rules.md#partial-month).
func (w Words) Days(covered, expected, partial int) string {
	switch {
	case expected > 0:
		return w.T("base.partial.days", Args{"covered": covered, "n": expected})
	case partial > 0:
		return w.T("base.partial.parts", Args{"n": partial})
	default:
		return ""
	}
}

// ToDate says how much of a period that still runs had ended: of a longer one its months, of a month its days
// (docs/rules.md#running-period); nothing of one that is over.
func (w Words) ToDate(p civil.Period, ended, of int) string {
	switch {
	case of == 0:
		return ""
	case p.Grain > civil.GrainMonth && of <= 12:
		return w.T("base.to_date.months", Args{"ended": ended, "n": of})
	default:
		return w.T("base.to_date.days", Args{"ended": ended, "n": of})
	}
}
