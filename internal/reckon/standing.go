package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// standing is the state of one service on one date.
type standing struct {
	version *catalogueVersion // nil: not in the catalogue
	rollout programme.RolloutState
	// claimed and verified are the levels; a bundle's are those of its weakest live part.
	claimed, verified programme.Level
	// verifiedBefore is the highest level verified by the date, whatever was verified since.
	verifiedBefore programme.Level
}

func (s *standing) live() bool { return s.rollout.Live() }

func (s *standing) level(basis figures.Basis) programme.Level {
	if basis == figures.Claimed {
		return s.claimed
	}
	return s.verified
}

// channels returns the channels that the service is open on, or would be when it opens.
func (s *standing) channels() programme.ChannelSet {
	var catalogue programme.ChannelSet
	if s.version != nil {
		catalogue = s.version.channels
	}
	return s.rollout.Channels(catalogue)
}

// deepestBundle bounds bundles within bundles, so that a circle of them ends.
const deepestBundle = 4

// standing returns the state of a service on a date.
func (c *Catalogue) standing(at serviceAt, on civil.Date) standing {
	return c.standingWithin(at, on, deepestBundle)
}

func (c *Catalogue) standingWithin(at serviceAt, on civil.Date, depth int) standing {
	record := &c.services[at]
	s := standing{
		version: record.catalogueOn(on), rollout: programme.StateOn(record.states, on),
		claimed: programme.LevelOn(record.ladder.Claims, on), verified: programme.LevelOn(record.ladder.Verified, on),
	}
	for level := programme.LevelIntegrated; level >= programme.LevelInformative; level-- {
		if programme.EverReached(record.ladder.Verified, level, on) {
			s.verifiedBefore = level
			break
		}
	}
	if len(record.parts) > 0 && depth > 0 {
		c.bundle(&s, at, on, depth)
	}
	return s
}

// bundle gives a bundle the level of its weakest live part (docs/rules.md#bundle). One that has no
// launch of its own is live with its first part; one whose parts were never launched keeps its own assessment.
func (c *Catalogue) bundle(s *standing, at serviceAt, on civil.Date, depth int) {
	weakest := standing{claimed: programme.LevelIntegrated + 1, verified: programme.LevelIntegrated + 1}
	anyLaunched, anyLive := false, false
	first := programme.RolloutState{FirstLaunch: civil.Never, LiveSince: civil.Never}
	for _, part := range c.services[at].parts {
		version := c.services[part].catalogueOn(on)
		if version == nil || version.partOf != at {
			continue
		}
		p := c.standingWithin(part, on, depth-1)
		anyLaunched = anyLaunched || p.rollout.Launched
		if !p.live() {
			continue
		}
		anyLive = true
		weakest.claimed = min(weakest.claimed, p.claimed)
		weakest.verified = min(weakest.verified, p.verified)
		first.FirstLaunch = min(first.FirstLaunch, p.rollout.FirstLaunch)
		first.LiveSince = min(first.LiveSince, p.rollout.LiveSince)
		first.Given |= p.channels()
	}
	if !anyLaunched {
		return
	}
	s.claimed, s.verified, s.verifiedBefore = 0, 0, 0
	if !anyLive {
		return
	}
	s.claimed, s.verified, s.verifiedBefore = weakest.claimed, weakest.verified, weakest.verified
	if !s.rollout.Launched {
		s.rollout.Launched, s.rollout.Explicit, s.rollout.Given = true, true, first.Given
		s.rollout.FirstLaunch, s.rollout.LiveSince = first.FirstLaunch, first.LiveSince
	}
}

// firstReached returns, for each basis and level, the first date on which a service was launched and at the
// level; never for none. Nothing that happens later resets it (docs/rules.md#first-date-at-a-level).
func (c *Catalogue) firstReached(at serviceAt) [figures.BasisCount][5]civil.Date {
	var first [figures.BasisCount][5]civil.Date
	for basis := range first {
		for level := range first[basis] {
			first[basis][level] = civil.Never
		}
	}
	for _, day := range c.turningDays(at, deepestBundle) {
		s := c.standing(at, day)
		if !s.rollout.Launched {
			continue
		}
		for basis, reached := range [2]programme.Level{s.verified, s.claimed} {
			for level := programme.Level(0); level <= reached; level++ {
				first[basis][level] = min(first[basis][level], day)
			}
		}
	}
	return first
}

// turningDays lists the days on which a service's standing can change, in no order.
func (c *Catalogue) turningDays(at serviceAt, depth int) []civil.Date {
	record := &c.services[at]
	days := make([]civil.Date, 0, len(record.states)+len(record.ladder.Claims)+len(record.ladder.Verified))
	for i := range record.states {
		days = append(days, record.states[i].From)
	}
	for i := range record.ladder.Claims {
		days = append(days, record.ladder.Claims[i].On)
	}
	for i := range record.ladder.Verified {
		days = append(days, record.ladder.Verified[i].On)
	}
	if depth == 0 {
		return days
	}
	for _, part := range record.parts {
		for _, version := range c.services[part].versions {
			days = append(days, version.from)
		}
		days = append(days, c.turningDays(part, depth-1)...)
	}
	return days
}
