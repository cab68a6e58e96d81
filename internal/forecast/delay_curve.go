package forecast

import (
	"math"

	"mirsad/internal/civil"
)

// The days between which delays differ; longer ones come after any date that is forecast.
const (
	shortestDelay = -400
	longestDelay  = 1100
	delayDays     = longestDelay - shortestDelay + 1
)

// ownHistoryWeight is the number of finished milestones at which an entity's own history weighs half: n ÷ (n + 10).
const ownHistoryWeight = 10

// delayHalves is after how many days a delay weighs half: practice changes, and the newest says most.
const delayHalves = 180

// How delays beyond all experience end: at the rate of those over 30 days, to which half an ending in 30 days is added.
const (
	tailFrom     = 30
	tailEndings  = .5
	tailExposure = 30
)

// delayCurve is the share of delays that are longer than a day, from shortestDelay on.
type delayCurve struct {
	survival []float64
	finished int
}

// delayCurves are an entity's delays, shrunk to the programme's (docs/rules.md#delay-curve).
type delayCurves struct {
	all      delayCurve
	byEntity map[Entity]*delayCurve
}

// curvesOf estimates the delays of the programme and of each entity.
func curvesOf(delays []Delay) *delayCurves {
	own := map[Entity][]Delay{}
	for _, each := range delays {
		own[each.Entity] = append(own[each.Entity], each)
	}
	rate := endingRate(delays)
	c := &delayCurves{all: curveOf(delays, rate), byEntity: make(map[Entity]*delayCurve, len(own))}
	for entity, list := range own {
		curve := curveOf(list, rate)
		w := float64(curve.finished) / float64(curve.finished+ownHistoryWeight)
		for i := range curve.survival {
			curve.survival[i] = w*curve.survival[i] + (1-w)*c.all.survival[i]
		}
		c.byEntity[entity] = &curve
	}
	return c
}

// of returns an entity's curve; the programme's for one without history.
func (c *delayCurves) of(entity Entity) *delayCurve {
	if own, found := c.byEntity[entity]; found {
		return own
	}
	return &c.all
}

// endingRate is how many of the long delays end in a day.
func endingRate(delays []Delay) float64 {
	endings, exposure := tailEndings, float64(tailExposure)
	for _, each := range delays {
		exposure += float64(max(0, min(each.Days, longestDelay)-tailFrom))
		if !each.Open && each.Days > tailFrom {
			endings++
		}
	}
	return endings / exposure
}

// curveOf is the product-limit estimate of Kaplan and Meier (1958): what is open counts as long as it is known to
// last, so that a history in which only the quick have finished yet does not look quick; older ones weigh less. Past
// all experience it ends at a rate.
func curveOf(delays []Delay, rate float64) delayCurve {
	var endings, leaving [delayDays]float64
	newest := civil.Date(0)
	for i := range delays {
		newest = max(newest, delays[i].Due)
	}
	atRisk := 0.0
	c := delayCurve{survival: make([]float64, delayDays)}
	last := -1
	for _, each := range delays {
		at := max(shortestDelay, min(each.Days, longestDelay)) - shortestDelay
		w := math.Exp2(-float64(max(0, newest-each.Due)) / delayHalves)
		leaving[at] += w
		atRisk += w
		if !each.Open {
			endings[at] += w
			c.finished++
			last = max(last, at)
		}
	}
	left, staying := 1.0, math.Exp(-rate)
	for at := range c.survival {
		switch {
		case at > last && at > -shortestDelay:
			left *= staying
		case endings[at] > 0:
			left *= 1 - min(1, endings[at]/atRisk)
		}
		atRisk -= leaving[at]
		c.survival[at] = left
	}
	return c
}

// longer returns the share of delays longer than a number of days.
func (c *delayCurve) longer(days int) float64 {
	at := days - shortestDelay
	switch {
	case at < 0:
		return 1
	case at >= delayDays:
		return 0
	default:
		return c.survival[at]
	}
}

// quantiles is how many equally likely delays represent a curve; a power of two.
const (
	quantileBits = 6
	quantiles    = 1 << quantileBits
)

// fill writes equally likely delays of those longer than so many days. A delay beyond all experience ends at the rate
// of the tail, which is taken from the curve's last days.
func (c *delayCurve) fill(table []int32, longerThan int) {
	start := c.longer(longerThan)
	if start <= 1e-9 {
		rate := c.lastRate()
		for i := range table {
			table[i] = int32(longerThan + 1 + int(-math.Log(1-(float64(i)+.5)/quantiles)/rate)) //nolint:gosec // days
		}
		return
	}
	at := 0
	for i := range table {
		want := start * (1 - (float64(i)+.5)/quantiles)
		for at < delayDays-1 && c.survival[at] > want {
			at++
		}
		table[i] = int32(at + shortestDelay) //nolint:gosec // days
	}
}

// lastRate is the share of the longest delays that end in a day.
func (c *delayCurve) lastRate() float64 {
	const stretch = 100
	before, after := c.survival[delayDays-1-stretch], c.survival[delayDays-1]
	if after <= 0 {
		return 1.0 / tailExposure
	}
	return math.Log(before/after) / stretch
}

// beyond is the mean delay of those longer than so many days.
func (c *delayCurve) beyond(days int) float64 {
	start := c.longer(days)
	if start <= 1e-9 {
		return float64(days) + 1/c.lastRate()
	}
	rest := 0.0
	for at := max(0, days-shortestDelay); at < delayDays; at++ {
		rest += c.survival[at]
	}
	return float64(max(days, shortestDelay)) + rest/start
}
