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
	args := Args{
		"n": max(f.Keys, f.Periods, f.Services), "days": w.days(f.Days), "spans": w.spans(f.Days), "level": int(f.Level),
		"period": w.Period(f.Period), "mean": w.Decimal(f.Mean, 1),
		"statement": w.Count(f.Statement), "events": w.Count(f.Events), "difference": w.SignedPercent(f.Difference),
		"value": w.Count(f.Value), "against": w.Count(f.Against),
		"services": strings.Join(append([]string{f.Service}, f.Others...), w.T("base.comma")),
	}
	for name, code := range map[string]string{
		"channel": "channel." + string(f.Channel), "measure": "measure." + string(f.Measure),
		"against_measure": "measure." + string(f.AgainstMeasure),
	} {
		if w.Has("base." + code) {
			args[name] = w.T("base." + code)
		}
	}
	if len(f.Sources) == 2 {
		args["source"], args["other_source"] = f.Sources[0], f.Sources[1]
	}
	return w.T("base.finding."+f.Wording(), args), w.T("base.finding." + string(f.Kind) + ".remedy")
}

// FindingLimit says that a kind of finding is not listed, or not in full; more is how many are not, where that is known.
func (w Words) FindingLimit(kind programme.FindingKind, reason string, more int) string {
	if more > 0 {
		reason += "_of"
	}
	return w.T("base.finding_limit."+reason, Args{"kind": w.T("base.finding_kind." + string(kind)), "n": more})
}

// spans names days by their runs, the first few of them, and counts the days of the rest.
func (w Words) spans(list []civil.Date) string {
	var names []string
	for i := 0; i < len(list); {
		n := 1
		for i+n < len(list) && list[i+n] == list[i]+civil.Date(n) {
			n++
		}
		if len(names) == namedDays {
			return w.T("base.finding.more_days", Args{"n": len(list) - i, "days": strings.Join(names, w.T("base.comma"))})
		}
		if n > 1 {
			names = append(names, w.T("base.interval", Args{"from": w.Date(list[i]), "to": w.Date(list[i+n-1])}))
		} else {
			names = append(names, w.Date(list[i]))
		}
		i += n
	}
	return strings.Join(names, w.T("base.comma"))
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
