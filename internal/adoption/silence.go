package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// Thresholds of dormancy (docs/rules.md#dormant).
const (
	dormantAfterDays = 90
	dormantBelow     = 30
)

// dormantDays is the stretch of days that dormancy looks at, the last of them included.
const dormantDays = 30

// dormant reports whether a service has been live for 90 days, has all its digital channels reported for the 30 days up to
// a date (or not applicable, one at least reported), and fewer than 30 digital completions in them
// (docs/rules.md#dormant). The completions are returned with it.
func (u *Use) dormant(at catalogue.ServiceAt, standing *catalogue.Standing, on civil.Date) (bool, int64) {
	if !standing.Live() || on-standing.Rollout.LiveSince < dormantAfterDays {
		return false, 0
	}
	s := u.SpanOf(at, civil.Interval(on-dormantDays+1, on), on)
	digital := s.channels & programme.DigitalSet
	var completed int64
	known := false
	for channel := range programme.ChannelCount {
		if !programme.DigitalSet.Has(channel) {
			continue
		}
		line := usage.Line{Service: u.places[at], Channel: channel, Measure: completedMeasure}
		got := u.index.Number(line, s.period, on, usage.NoEntity)
		switch {
		case got.Rank == usage.Reported && !got.Partial():
			completed += got.Value
			known = true
		case digital.Has(channel) && got.Rank != usage.NotApplicable:
			return false, 0
		}
	}
	return known && digital != 0 && completed < dormantBelow, completed
}

// answer is what came of a service for a period.
type answer uint8

// The answers: nothing is owed, a number or an event came, states without a value came, nothing came.
const (
	answerNotOwed answer = iota
	answerOfNumbers
	answerOfStates
	answerMissing
)

// silence reports whether nothing came of a service in its last two due periods, and whether something came and was a
// state without a value each time (docs/rules.md#silent-and-without-numbers). Due periods are months, or the coarser
// periods in which it has reported so far. One that was not asked, or not live in both, is neither.
func (u *Use) silence(
	at catalogue.ServiceAt, standing *catalogue.Standing, settings programme.Settings, on civil.Date,
) (silent, withoutNumbers bool) {
	if standing.Version == nil || (!u.knownByUse(at, on) && !standing.Live()) {
		return false, false
	}
	grain := civil.GrainMonth
	if seen := u.footprint(at); seen.First <= on {
		grain = min(seen.GrainOn(on), civil.GrainYear)
	} else if u.knownByUse(at, on) {
		return false, false
	}
	due := u.lastDue(settings, grain, on)
	first, second := u.answered(at, due, on), u.answered(at, due.Previous(), on)
	silent = first == answerMissing && second == answerMissing
	return silent, first == answerOfStates && second == answerOfStates
}

// lastDue returns the last period of a grain whose due day has passed on a date.
func (u *Use) lastDue(s programme.Settings, grain civil.Grain, on civil.Date) civil.Period {
	p := civil.PeriodOf(grain, on).Previous()
	if u.DueOn(s, p) >= on {
		p = p.Previous()
	}
	return p
}

// answered is what came of a service for a period that is over, on any channel and measure.
func (u *Use) answered(at catalogue.ServiceAt, p civil.Period, on civil.Date) answer {
	s := u.SpanOf(at, p, on)
	if !s.listed || (!u.knownByUse(at, on) && !s.live) {
		return answerNotOwed
	}
	if u.places[at] == usage.NoService {
		return answerMissing
	}
	if u.knownByUse(at, on) && u.footprint(at).First > p.To {
		return answerNotOwed
	}
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		if u.index.HadEvents(u.places[at], m) {
			return answerOfNumbers
		}
	}
	return u.stated(at, p, on)
}

// stated is what was said of a period without events.
func (u *Use) stated(at catalogue.ServiceAt, p civil.Period, on civil.Date) answer {
	found := answerMissing
	for measure := range programme.MeasureCount {
		for channel := range programme.ChannelCount {
			line := usage.Line{Service: u.places[at], Channel: channel, Measure: measure}
			switch u.index.StatedWithin(line, p, on) {
			case usage.Reported:
				return answerOfNumbers
			case usage.NoPart:
			default:
				found = answerOfStates
			}
		}
	}
	return found
}
