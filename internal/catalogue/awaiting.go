package catalogue

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// AwaitsSince returns the day from which a live service claims a level, or a higher one, by a claim that nobody has
// decided on by a date; never when no claim of it waits (docs/rules.md#standing-of-a-milestone). A bundle waits while
// each of its live parts has the level or waits for it, and since the newest of their claims.
func (c *Catalogue) AwaitsSince(at ServiceAt, level programme.Level, on civil.Date) civil.Date {
	return c.awaitsWithin(at, level, on, deepestBundle)
}

func (c *Catalogue) awaitsWithin(at ServiceAt, level programme.Level, on civil.Date, depth int) civil.Date {
	s := c.standingWithin(at, on, depth)
	if s.Version == nil || !s.Live() || s.Claimed < level || s.Verified >= level {
		return civil.Never
	}
	if launched := c.launchedParts(at, on, depth); len(launched) > 0 {
		return c.partsAwait(launched, level, on, depth-1)
	}
	ladder := &c.Services[at].Ladder
	newest := programme.NewestOn(ladder.Claims, on)
	if newest == nil || !ladder.WaitsOn(newest, on) {
		return civil.Never
	}
	return newest.On
}

// launchedParts lists the parts of a bundle that were ever launched by a date; none for what is no bundle.
func (c *Catalogue) launchedParts(at ServiceAt, on civil.Date, depth int) []ServiceAt {
	var parts []ServiceAt
	if depth == 0 {
		return nil
	}
	for _, part := range c.Services[at].Parts {
		version := c.Services[part].VersionOn(on)
		if version == nil || version.bundle != at {
			continue
		}
		if s := c.standingWithin(part, on, depth-1); s.Rollout.Launched {
			parts = append(parts, part)
		}
	}
	return parts
}

func (c *Catalogue) partsAwait(parts []ServiceAt, level programme.Level, on civil.Date, depth int) civil.Date {
	var since civil.Date
	for _, part := range parts {
		s := c.standingWithin(part, on, depth)
		if !s.Live() || s.Verified >= level {
			continue
		}
		since = max(since, c.awaitsWithin(part, level, on, depth))
	}
	return since
}
