package sample

import (
	"slices"

	"mirsad/internal/civil"
)

// retire ends one counted service on each day of retirement.
func (s *schedule) retire() {
	for _, day := range retirements {
		candidates := s.longLive(day)
		candidates[s.chance.IntN(len(candidates))].retired = day
	}
}

// succeed replaces a few services by another of the same object, on one day: the unit counts on without a gap.
func (s *schedule) succeed() {
	for i := range successions {
		day := workingDayBefore(civil.NewDate(2015, 10, 11).AddDays(i * 70))
		for _, old := range s.longLive(day) {
			if successor := s.offlineSibling(old); successor != nil {
				old.retired, successor.launched = day, day
				successor.Succeeds = []string{old.Code}
				break
			}
		}
	}
}

// longLive returns, in a random order, the counted services launched under the programme at least half a year before
// the day.
func (s *schedule) longLive(day civil.Date) []*offering {
	var found []*offering
	for _, a := range s.authorities {
		for _, o := range a.offerings {
			if !o.launched.IsZero() && o.launched <= day.AddDays(-180) && o.retired.IsZero() &&
				!o.existing && !o.unverified && len(o.parts) == 0 && len(o.Succeeds) == 0 {
				found = append(found, o)
			}
		}
	}
	shuffle(found, s.chance)
	return found
}

// offlineSibling returns a service of the same object that is neither online nor planned, or nil.
func (s *schedule) offlineSibling(old *offering) *offering {
	at := slices.IndexFunc(s.pool, func(o *offering) bool {
		return o.owner == old.owner && o.object == old.object && o.launched.IsZero()
	})
	if at < 0 {
		return nil
	}
	sibling := s.pool[at]
	s.pool = slices.Delete(s.pool, at, at+1)
	return sibling
}

// launchParts puts the parts of a bundle online together with it.
func (s *schedule) launchParts() {
	for _, a := range s.authorities {
		for _, o := range a.offerings {
			for _, part := range o.parts {
				part.launched = o.launched
			}
		}
	}
}
