package programme

// unusedForDays is how long a service is claimed to be end-to-end without a completion before that is a finding.
const unusedForDays = 60

// LevelsWithoutUse finds the live services that have been claimed at level 3 or 4, and live, for 60 days and have no
// completion on a digital channel in them: what is said of the service and what people do with it disagree. Use is kept
// by month, so the last two months that ended stand for the 60 days, and what came since speaks too. Zero and nothing
// reported are told apart; a service whose use was not requested is passed over, and a bundle speaks by its parts.
func (k *Knowledge) LevelsWithoutUse(on Date) []Finding {
	findings := []Finding{}
	for i := range k.services {
		at := int32(i)
		if found, is := k.levelWithoutUse(at, on); is {
			findings = append(findings, found)
		}
	}
	SortFindings(findings)
	return findings
}

func (k *Knowledge) levelWithoutUse(at int32, on Date) (Finding, bool) {
	record := &k.services[at]
	now, before := k.standing(at, on), k.standing(at, on-unusedForDays)
	switch {
	case len(record.parts) > 0, now.version == nil, !now.live(), on-now.rollout.liveSince < unusedForDays:
		return Finding{}, false
	case !now.claimed.EndToEnd(), !before.claimed.EndToEnd():
		return Finding{}, false
	}
	first := k.LastEnded(on) - 1
	completed := Count{State: NotProvided}
	for month := first; month <= on.Month(); month++ {
		s := k.spanOf(at, month.Period(), on)
		part := k.part(at, &s, digitalSet, completedMeasure)
		switch {
		case part.reported() && part.value > 0, part.rank == isNotRequested, part.rank == isNotApplicable:
			return Finding{}, false
		case part.reported():
			completed = CountOf(0)
		}
	}
	owner := ""
	if now.version.entity != none {
		owner = k.entities[now.version.entity].code
	}
	return Finding{
		Kind: FindingLevelWithoutUse, Entity: owner, Service: record.code, Level: now.claimed, Completed: completed,
		Period: Period{Grain: GrainInterval, From: first.First(), To: on},
	}, true
}
