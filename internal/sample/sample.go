// Package sample generates a sample programme: a government of 40 entities and 1,400 services with their plans,
// rollouts and two and a half years of use, all from one seed.
//
// Everything in it is invented and labelled as sample data wherever it shows; only the points that its counts pass
// through were published (docs/rules.md#counted). The same seed gives the same facts and the same events
// to the byte, so loading it twice changes nothing.
package sample

import (
	"math/rand/v2"

	"mirsad/internal/programme"
)

// Programme is the sample programme of one seed. It is immutable and safe for use by many goroutines.
type Programme struct {
	seed        uint64
	authorities []*authority
	demands     []*demand
}

// New generates the sample programme of a seed; every seed meets the same calibrated counts.
func New(seed uint64) *Programme {
	chance := rand.New(rand.NewPCG(seed, 0x6d6972736164)) //nolint:gosec // a sample must be repeatable, not secret
	authorities := readNames(namesFile)
	giveHabits(authorities, chance)
	s := schedule{chance: chance, authorities: authorities}
	s.lay()
	live(authorities, chance)
	dependOn(authorities, chance)
	return &Programme{seed: seed, authorities: authorities, demands: demands(authorities, chance)}
}

// Name returns the name under which the sample is loaded.
func (p *Programme) Name() string { return "sample" }

// Events yields the rollouts and then, month by month, the use of all services; verify marks a rollout whose level
// the programme office has verified. It ends with the first error of yield.
func (p *Programme) Events(yield func(event programme.CloudEvent, verify bool) error) error {
	if err := p.rollouts(yield); err != nil {
		return err
	}
	for m := firstUse; m <= lastUse; m++ {
		if err := p.monthOfUse(m, yield); err != nil {
			return err
		}
	}
	return nil
}
