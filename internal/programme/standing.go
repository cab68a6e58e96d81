package programme

// standing is where one service stands on one date.
type standing struct {
	version *catalogueVersion // nil: not in the catalogue
	rollout rolloutState
	// claimed and verified are the levels; a bundle's are those of its weakest live part.
	claimed, verified Level
	// verifiedBefore is the highest level verified by the date, whatever was verified since.
	verifiedBefore Level
}

func (s *standing) live() bool { return s.rollout.live() }

func (s *standing) level(basis Basis) Level {
	if basis == Claimed {
		return s.claimed
	}
	return s.verified
}

// channels returns the channels on which the service stands, or would when it opens.
func (s *standing) channels() channelSet {
	var catalogue channelSet
	if s.version != nil {
		catalogue = s.version.channels
	}
	return s.rollout.channels(catalogue)
}

// deepestBundle bounds bundles within bundles, so that a circle of them ends.
const deepestBundle = 4

// standing returns where a service stands on a date.
func (k *Knowledge) standing(at int32, on Date) standing {
	return k.standingWithin(at, on, deepestBundle)
}

func (k *Knowledge) standingWithin(at int32, on Date, depth int) standing {
	record := &k.services[at]
	s := standing{
		version: record.catalogueOn(on), rollout: stateOn(record.states, on),
		claimed: levelOn(record.ladder.claims, on), verified: levelOn(record.ladder.verified, on),
	}
	for level := LevelIntegrated; level >= LevelInformative; level-- {
		if everReached(record.ladder.verified, level, on) {
			s.verifiedBefore = level
			break
		}
	}
	if len(record.parts) > 0 && depth > 0 {
		k.bundle(&s, at, on, depth)
	}
	return s
}

// bundle gives a bundle the level of its weakest live part (`2-rules.md`, The counting rule, 1). One that has no
// launch of its own is live with its first part; one whose parts were never launched keeps its own assessment.
func (k *Knowledge) bundle(s *standing, at int32, on Date, depth int) {
	weakest := standing{claimed: LevelIntegrated + 1, verified: LevelIntegrated + 1}
	anyLaunched, anyLive := false, false
	first := rolloutState{firstLaunch: never, liveSince: never}
	for _, part := range k.services[at].parts {
		version := k.services[part].catalogueOn(on)
		if version == nil || version.partOf != at {
			continue
		}
		p := k.standingWithin(part, on, depth-1)
		anyLaunched = anyLaunched || p.rollout.launched
		if !p.live() {
			continue
		}
		anyLive = true
		weakest.claimed = min(weakest.claimed, p.claimed)
		weakest.verified = min(weakest.verified, p.verified)
		first.firstLaunch = min(first.firstLaunch, p.rollout.firstLaunch)
		first.liveSince = min(first.liveSince, p.rollout.liveSince)
		first.given |= p.channels()
	}
	if !anyLaunched {
		return
	}
	s.claimed, s.verified, s.verifiedBefore = 0, 0, 0
	if !anyLive {
		return
	}
	s.claimed, s.verified, s.verifiedBefore = weakest.claimed, weakest.verified, weakest.verified
	if !s.rollout.launched {
		s.rollout.launched, s.rollout.explicit, s.rollout.given = true, true, first.given
		s.rollout.firstLaunch, s.rollout.liveSince = first.firstLaunch, first.liveSince
	}
}

// firstReached returns, for each basis and level, the first date on which a service was launched and at the
// level; never for none. Nothing that happens later resets it.
func (k *Knowledge) firstReached(at int32) [2][5]Date {
	var first [2][5]Date
	for basis := range first {
		for level := range first[basis] {
			first[basis][level] = never
		}
	}
	for _, day := range k.turningDays(at, deepestBundle) {
		s := k.standing(at, day)
		if !s.rollout.launched {
			continue
		}
		for basis, reached := range [2]Level{s.verified, s.claimed} {
			for level := Level(0); level <= reached; level++ {
				first[basis][level] = min(first[basis][level], day)
			}
		}
	}
	return first
}

// turningDays lists the days on which a service's standing can change, in no order.
func (k *Knowledge) turningDays(at int32, depth int) []Date {
	record := &k.services[at]
	days := make([]Date, 0, len(record.states)+len(record.ladder.claims)+len(record.ladder.verified))
	for i := range record.states {
		days = append(days, record.states[i].from)
	}
	for i := range record.ladder.claims {
		days = append(days, record.ladder.claims[i].on)
	}
	for i := range record.ladder.verified {
		days = append(days, record.ladder.verified[i].on)
	}
	if depth == 0 {
		return days
	}
	for _, part := range record.parts {
		for _, version := range k.services[part].versions {
			days = append(days, version.from)
		}
		days = append(days, k.turningDays(part, depth-1)...)
	}
	return days
}

// ownClause returns the first of clauses 1 to 6 that fails for a service of the catalogue, "" for none; what
// existed before and succession need other services, see census.
func ownClause(r Rule, s *standing, basis Basis) Clause {
	switch {
	case s.version.PartOf != "":
		return ClausePartOfBundle
	case !r.inScope(s.version.Audience):
		return ClauseOutOfScope
	case !s.rollout.launched:
		return ClauseNotLaunched
	case s.rollout.retired:
		return ClauseRetired
	case s.level(basis) >= r.MinimumLevel:
		return ""
	case basis == Verified && s.claimed >= r.MinimumLevel && s.verifiedBefore < r.MinimumLevel:
		return ClauseClaimedNotVerified
	default:
		return ClauseBelowMinimum
	}
}
