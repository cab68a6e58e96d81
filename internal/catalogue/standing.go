package catalogue

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Standing is the state of one service on one date.
type Standing struct {
	Version *Version // nil: not in the catalogue
	Rollout programme.RolloutState
	// Claimed and Verified are the levels; a bundle's are those of its weakest live part.
	Claimed, Verified programme.Level
	// VerifiedBefore is the highest level verified by the date, whatever was verified since.
	VerifiedBefore programme.Level
	// byParts says that it is a bundle that lives by its parts, and is open on their channels.
	byParts bool
}

// Live reports whether it is open.
func (s *Standing) Live() bool { return s.Rollout.Live() }

// Level is its level on a basis.
func (s *Standing) Level(basis figures.Basis) programme.Level {
	if basis == figures.Claimed {
		return s.Claimed
	}
	return s.Verified
}

// LivesByParts reports whether a service is a bundle of which a part was launched by a date.
func (c *Catalogue) LivesByParts(at ServiceAt, on civil.Date) bool {
	return slices.ContainsFunc(c.Services[at].Parts, func(part ServiceAt) bool {
		s := c.StandingOn(part, on)
		return c.IsPartOn(part, at, on) && s.Rollout.Launched
	})
}

// IsPartOn reports whether a service is a part of a bundle by the catalogue of a date.
func (c *Catalogue) IsPartOn(part, bundle ServiceAt, on civil.Date) bool {
	version := c.Services[part].VersionOn(on)
	return version != nil && version.bundle == bundle
}

// BundleSpanOn returns whether a bundle is live by its parts on any day of a stretch, and the channels that it then has.
func (c *Catalogue) BundleSpanOn(at ServiceAt, from, to civil.Date) (live bool, channels programme.ChannelSet) {
	for _, day := range append(c.turningDays(at, deepestBundle), from) {
		if s := c.StandingOn(at, day); from <= day && day <= to && s.Live() {
			live = true
			channels |= s.Channels()
		}
	}
	return live, channels
}

// Channels returns the channels that the service is open on, or would be when it opens.
func (s *Standing) Channels() programme.ChannelSet {
	if s.byParts {
		return s.Rollout.Given
	}
	var catalogue programme.ChannelSet
	if s.Version != nil {
		catalogue = s.Version.Listed
	}
	return s.Rollout.Channels(catalogue)
}

// deepestBundle bounds bundles within bundles, so that a circle of them ends.
const deepestBundle = 4

// StandingOn returns the state of a service on a date.
func (c *Catalogue) StandingOn(at ServiceAt, on civil.Date) Standing {
	return c.standingWithin(at, on, deepestBundle)
}

func (c *Catalogue) standingWithin(at ServiceAt, on civil.Date, depth int) Standing {
	record := &c.Services[at]
	s := Standing{
		Version: record.VersionOn(on), Rollout: programme.StateOn(record.States, on),
		Claimed: programme.LevelOn(record.Ladder.Claims, on), Verified: programme.LevelOn(record.Ladder.Verified, on),
	}
	for level := programme.LevelIntegrated; level >= programme.LevelInformative; level-- {
		if programme.EverReached(record.Ladder.Verified, level, on) {
			s.VerifiedBefore = level
			break
		}
	}
	if len(record.Parts) > 0 && depth > 0 {
		c.bundle(&s, at, on, depth)
	}
	return s
}

// bundle gives a bundle the level of its weakest live part (docs/rules.md#bundle). One that has no
// launch of its own is live with its first part; one whose parts were never launched keeps its own assessment.
func (c *Catalogue) bundle(s *Standing, at ServiceAt, on civil.Date, depth int) {
	weakest := Standing{Claimed: programme.LevelIntegrated, Verified: programme.LevelIntegrated}
	anyLaunched, anyLive := false, false
	first := programme.RolloutState{FirstLaunch: civil.Never, LiveSince: civil.Never}
	for _, part := range c.Services[at].Parts {
		if !c.IsPartOn(part, at, on) {
			continue
		}
		p := c.standingWithin(part, on, depth-1)
		anyLaunched = anyLaunched || p.Rollout.Launched
		if !p.Live() {
			continue
		}
		anyLive = true
		weakest.Claimed = min(weakest.Claimed, p.Claimed)
		weakest.Verified = min(weakest.Verified, p.Verified)
		first.FirstLaunch = min(first.FirstLaunch, p.Rollout.FirstLaunch)
		first.LiveSince = min(first.LiveSince, p.Rollout.LiveSince)
		first.Given |= p.Channels()
	}
	if !anyLaunched {
		return
	}
	s.Claimed, s.Verified, s.VerifiedBefore = 0, 0, 0
	if !anyLive {
		return
	}
	s.Claimed, s.Verified, s.VerifiedBefore = weakest.Claimed, weakest.Verified, weakest.Verified
	if !s.Rollout.Launched {
		s.byParts, s.Rollout.Launched, s.Rollout.Given = true, true, first.Given
		s.Rollout.FirstLaunch, s.Rollout.LiveSince = first.FirstLaunch, first.LiveSince
	}
}

// firstReached returns, for each basis and level, the first date on which a service was launched and at the
// level; never for none. Nothing that happens later resets it (docs/rules.md#first-date-at-a-level).
func (c *Catalogue) firstReached(at ServiceAt) [figures.BasisCount][5]civil.Date {
	var first [figures.BasisCount][5]civil.Date
	for basis := range first {
		for level := range first[basis] {
			first[basis][level] = civil.Never
		}
	}
	for _, day := range c.turningDays(at, deepestBundle) {
		s := c.StandingOn(at, day)
		if !s.Rollout.Launched {
			continue
		}
		for basis, reached := range [2]programme.Level{s.Verified, s.Claimed} {
			for level := programme.Level(0); level <= reached; level++ {
				first[basis][level] = min(first[basis][level], day)
			}
		}
	}
	return first
}

// turningDays lists the days on which a service's standing can change, in no order.
func (c *Catalogue) turningDays(at ServiceAt, depth int) []civil.Date {
	record := &c.Services[at]
	days := make([]civil.Date, 0, len(record.States)+len(record.Ladder.Claims)+len(record.Ladder.Verified))
	for i := range record.States {
		days = append(days, record.States[i].From)
	}
	for i := range record.Ladder.Claims {
		days = append(days, record.Ladder.Claims[i].On)
	}
	for i := range record.Ladder.Verified {
		days = append(days, record.Ladder.Verified[i].On)
	}
	if depth == 0 {
		return days
	}
	for _, part := range record.Parts {
		for _, version := range c.Services[part].Versions {
			days = append(days, version.From)
		}
		days = append(days, c.turningDays(part, depth-1)...)
	}
	return days
}
