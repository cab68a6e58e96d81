package adoption

import (
	"mirsad/internal/catalogue"
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
	for i := range u.Services {
		at := catalogue.ServiceAt(i)
		if found, is := u.levelWithoutUse(at, on); is {
			findings = append(findings, found)
		}
	}
	figures.SortFindings(findings)
	return findings
}

func (u *Use) levelWithoutUse(at catalogue.ServiceAt, on civil.Date) (programme.Finding, bool) {
	record := &u.Services[at]
	now, before := u.StandingOn(at, on), u.StandingOn(at, on-unusedForDays)
	switch {
	case len(record.Parts) > 0, now.Version == nil, !now.Live(), on-now.Rollout.LiveSince < unusedForDays:
		return programme.Finding{}, false
	case !now.Claimed.EndToEnd(), !before.Claimed.EndToEnd():
		return programme.Finding{}, false
	}
	first := u.LastEnded(on) - 1
	completed := programme.Count{State: programme.NotProvided}
	for month := first; month <= on.Month(); month++ {
		s := u.SpanOf(at, month.Period(), on)
		part := u.part(at, &s, programme.DigitalSet, completedMeasure)
		switch {
		case part.reported() && part.value > 0, part.rank == usage.NotRequested, part.rank == usage.NotApplicable:
			return programme.Finding{}, false
		case part.reported():
			completed = programme.CountOf(0)
		}
	}
	owner := ""
	if now.Version.Owner != catalogue.NoEntity {
		owner = u.Entities[now.Version.Owner].Code
	}
	return programme.Finding{
		Kind:      programme.FindingLevelWithoutUse,
		Entity:    owner,
		Service:   record.Code,
		Level:     now.Claimed,
		Completed: completed,
		Period:    civil.Period{Grain: civil.GrainInterval, From: first.First(), To: on},
	}, true
}
