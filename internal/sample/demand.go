package sample

import (
	"math"
	"math/rand/v2"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// The one bulk service that dominates use, and its completions in the last month.
const (
	bulkService = "moi-001" // enquire about traffic violations
	bulkVolume  = 600_000
)

// largestDaily is how many of the largest services send their use day by day all along.
const largestDaily = 8

// demand is how much a service is used.
type demand struct {
	*offering
	index int // stable number of the service, for its own stream of chance
	// volume is digital completions a month at the end of the sample, before ramp and season.
	volume        float64
	completion    float64 // completed ÷ started
	viewsPerStart float64
	// mobileFrom is the day the mobile channel opened; none: never.
	mobileFrom civil.Date
	daily      bool
}

// demands draws the use of every service that ever went online.
func demands(authorities []*authority, chance *rand.Rand) []*demand {
	var all []*demand
	for _, a := range authorities {
		for _, o := range a.offerings {
			if o.launched.IsZero() {
				continue
			}
			d := &demand{offering: o, index: len(all)}
			d.volume = 680 * o.procedure.use * math.Exp(1.25*chance.NormFloat64())
			d.completion = .5 + .1*float64(lastLevel(o)) + .12*chance.Float64() - .06
			d.viewsPerStart = 1.4 + 2*chance.Float64()
			if chance.Float64() < .025 {
				d.volume = 4 + 18*chance.Float64() // dormant: online, hardly used
			}
			d.volume = math.Min(d.volume, 60_000)
			if o.Code == bulkService {
				d.volume = bulkVolume
			}
			d.mobileFrom = mobileFrom(o)
			all = append(all, d)
		}
	}
	markDaily(all)
	return all
}

// markDaily marks the largest services.
func markDaily(all []*demand) {
	for range largestDaily {
		var largest *demand
		for _, d := range all {
			if !d.daily && (largest == nil || d.volume > largest.volume) {
				largest = d
			}
		}
		largest.daily = true
	}
}

// mobileFrom returns the day from which the service is used on a mobile phone; none: never.
func mobileFrom(o *offering) civil.Date {
	for _, s := range o.steps {
		if slices.Contains(s.Channels, programme.ChannelMobile) {
			return s.EffectiveOn
		}
	}
	return 0
}

// online reports whether the service can be used on a day.
func (d *demand) online(on civil.Date) bool {
	return d.launched <= on && (d.retired.IsZero() || on < d.retired)
}

// rate is the expected digital completions of a day without rhythm and season: it ramps up after the launch and grows
// with the programme.
func (d *demand) rate(on civil.Date) float64 {
	age := float64(on-d.launched) + 20
	ramp := 1 - math.Exp(-age/200)
	growth := math.Exp(-.027 * float64(reportingOn-on) / 30.4)
	return d.volume / 30.4 * ramp * growth
}

// mobileShare is the part of digital use that is on a mobile phone.
func (d *demand) mobileShare(on civil.Date) float64 {
	if d.mobileFrom.IsZero() || on < d.mobileFrom {
		return 0
	}
	return .25 + .3*math.Min(1, float64(on-d.mobileFrom)/500)
}
