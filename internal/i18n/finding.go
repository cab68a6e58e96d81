package i18n

import (
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// namedDays is how many of a finding's days are named before the rest is counted.
const namedDays = 3

// Finding words what was found, in numbers, and what to do about it.
func (w Words) Finding(f *programme.Finding) (text, remedy string) {
	key := "base.finding." + string(f.Kind)
	remedy = w.T(key + ".remedy")
	if f.Kind == programme.FindingIDOnTwoDays {
		return w.T(key, Args{"n": f.Keys, "days": w.days(f.Days)}), remedy
	}
	if f.Kind == programme.FindingLevelWithoutUse {
		if !f.Completed.Known() {
			key += ".not_provided"
		}
		return w.T(key, Args{"level": int(f.Level), "period": w.Period(f.Period)}), remedy
	}
	if !f.Difference.Known() {
		key += ".from_zero"
	}
	return w.T(key, Args{
		"period":     w.Period(f.Period),
		"channel":    w.T("base.channel." + string(f.Channel)),
		"measure":    w.T("base.measure." + string(f.Measure)),
		"statement":  w.Count(f.Statement),
		"events":     w.Count(f.Events),
		"difference": w.SignedPercent(f.Difference),
	}), remedy
}

// days names the first few days and counts the rest.
func (w Words) days(list []civil.Date) string {
	names := make([]string, min(len(list), namedDays))
	for i := range names {
		names[i] = w.Date(list[i])
	}
	named := strings.Join(names, w.T("base.comma"))
	if more := len(list) - len(names); more > 0 {
		return w.T("base.finding.more_days", Args{"n": more, "days": named})
	}
	return named
}
