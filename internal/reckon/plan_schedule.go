package reckon

import (
	"cmp"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// goLive is what the plans say of one service; without a date it is not planned.
type goLive struct {
	code       string     // of the original milestone, its entity's own
	on         civil.Date // original: of its first approved milestone at or above the rule's minimum
	level      programme.Level
	approvedOn civil.Date
	// baseline is the one that set the original date: a later one of the same day does not.
	baseline *baseline
	// current is the date of the newest approved revision; none when that revision dropped it.
	current civil.Date
	// expected is when the entity now expects it.
	expected civil.Date
	// dependsOn names other entities, and reason says why it moved, as the newest revision has them.
	dependsOn []string
	reason    string
}

// planned reports whether any approved plan has the service at a level that counts.
func (g *goLive) planned() bool { return !g.on.IsZero() }

// expectedOn is when an open milestone is expected: as the entity says, else as planned.
func (g *goLive) expectedOn() civil.Date { return cmp.Or(g.expected, g.on) }

// expectedAfter is when an open milestone is expected; none when that day has passed (docs/rules.md#slip).
func (g *goLive) expectedAfter(on civil.Date) civil.Date {
	if expected := g.expectedOn(); expected >= on {
		return expected
	}
	return 0
}

// schedule is what all approved plans say on one date under one rule (docs/rules.md#original-date).
type schedule struct {
	services []goLive
	// named marks the services that any approved plan has, at whatever level.
	named []bool
	// approved holds each entity's first approval; never without one.
	approved []civil.Date
	// first is the day of the programme's first approval; never without one.
	first civil.Date
}

// scheduleOn reads the baselines approved by a date. The first to name a service at the minimum sets its
// original date for good; the newest of each entity draws the current plan.
func (k *Knowledge) scheduleOn(on civil.Date, rule programme.Rule) *schedule {
	return k.scheduleKnown(on, civil.Never, rule)
}

// scheduleKnown is scheduleOn without what was recorded after a day.
func (k *Knowledge) scheduleKnown(on, known civil.Date, rule programme.Rule) *schedule {
	s := &schedule{
		services: make([]goLive, len(k.Services)),
		named:    make([]bool, len(k.Services)),
		approved: make([]civil.Date, len(k.Entities)),
		first:    civil.Never,
	}
	for e := range s.approved {
		s.approved[e] = civil.Never
	}
	newest := make(map[catalogue.EntityAt]*baseline, len(k.Entities))
	for i := range k.baselines {
		b := &k.baselines[i]
		if b.approvedOn > on {
			break
		}
		if b.recordedOn > known {
			continue
		}
		s.first = min(s.first, b.approvedOn)
		s.approved[b.entity] = min(s.approved[b.entity], b.approvedOn)
		newest[b.entity] = b
		s.original(b, rule.MinimumLevel)
	}
	for i := range k.baselines {
		if b := &k.baselines[i]; newest[b.entity] == b {
			s.current(b, rule.MinimumLevel)
		}
	}
	return s
}

func (s *schedule) original(b *baseline, minimum programme.Level) {
	for _, m := range b.milestones {
		s.named[m.service] = true
		if m.level < minimum {
			continue
		}
		planned := &s.services[m.service]
		if planned.on.IsZero() || (planned.baseline == b && m.on < planned.on) {
			*planned = goLive{code: m.code, on: m.on, level: m.level, approvedOn: b.approvedOn, baseline: b}
		}
	}
}

func (s *schedule) current(b *baseline, minimum programme.Level) {
	for _, m := range b.milestones {
		if m.level < minimum {
			continue
		}
		planned := &s.services[m.service]
		if planned.current.IsZero() || m.on < planned.current {
			planned.current, planned.expected = m.on, m.expected
			planned.dependsOn, planned.reason = m.dependsOn, m.reason
		}
	}
}
