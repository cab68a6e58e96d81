package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// unusedForDays is how long a service is claimed to be end-to-end without a completion before that is a finding.
const unusedForDays = 60

// LevelsWithoutUse finds the live services that have been claimed at level 3 or 4, and live, for 60 days and have no
// completion on a digital channel in them: what is said of the service and what people do with it disagree. Use is kept
// by month, so the last two months that ended are taken for the 60 days, and later use counts too. Zero and nothing
// reported are kept apart (docs/rules.md#findings); a service whose use was not requested is passed over, and a bundle
// speaks by its parts.
func (u *Use) LevelsWithoutUse(on civil.Date) []programme.Finding {
	findings := []programme.Finding{}
	for i := range u.services {
		at := serviceAt(i)
		if found, is := u.levelWithoutUse(at, on); is {
			findings = append(findings, found)
		}
	}
	figures.SortFindings(findings)
	return findings
}

func (u *Use) levelWithoutUse(at serviceAt, on civil.Date) (programme.Finding, bool) {
	record := &u.services[at]
	now, before := u.standing(at, on), u.standing(at, on-unusedForDays)
	switch {
	case len(record.parts) > 0, now.version == nil, !now.live(), on-now.rollout.LiveSince < unusedForDays:
		return programme.Finding{}, false
	case !now.claimed.EndToEnd(), !before.claimed.EndToEnd():
		return programme.Finding{}, false
	}
	first := u.LastEnded(on) - 1
	completed := programme.Count{State: programme.NotProvided}
	for month := first; month <= on.Month(); month++ {
		s := u.spanOf(at, month.Period(), on)
		part := u.part(at, &s, programme.DigitalSet, completedMeasure)
		switch {
		case part.reported() && part.value > 0, part.rank == usage.NotRequested, part.rank == usage.NotApplicable:
			return programme.Finding{}, false
		case part.reported():
			completed = programme.CountOf(0)
		}
	}
	owner := ""
	if now.version.entity != noEntity {
		owner = u.entities[now.version.entity].code
	}
	return programme.Finding{
		Kind:      programme.FindingLevelWithoutUse,
		Entity:    owner,
		Service:   record.code,
		Level:     now.claimed,
		Completed: completed,
		Period:    civil.Period{Grain: civil.GrainInterval, From: first.First(), To: on},
	}, true
}
