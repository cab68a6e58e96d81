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

// dormant reports whether a service has been live for 90 days, reported all its digital channels for the last
// month that ended, and had fewer than 30 digital completions in it. Use is kept by month, so that month is taken
// for the last 30 days. The completions are returned with it.
func (u *Use) dormant(at catalogue.ServiceAt, standing *catalogue.Standing, s *Span, on civil.Date) (bool, int64) {
	digital := s.channels & programme.DigitalSet
	if !standing.Live() || on-standing.Rollout.LiveSince < dormantAfterDays || digital == 0 {
		return false, 0
	}
	var completed int64
	known := false
	for channel := range programme.ChannelCount {
		if !programme.DigitalSet.Has(channel) {
			continue
		}
		line := usage.Line{Service: u.places[at], Channel: channel, Measure: completedMeasure}
		got := u.index.Number(line, s.period, s.on, usage.NoEntity)
		switch {
		case got.Rank == usage.Reported:
			completed += got.Value
			known = true
		case digital.Has(channel) && got.Rank != usage.NotApplicable:
			return false, 0
		}
	}
	return known && completed < dormantBelow, completed
}

// silent reports whether a service reported nothing in its last two due periods
// (docs/rules.md#silent-and-without-numbers): months, or the coarser periods
// in which it has reported so far. One that was not asked, or not live in both, is not silent.
func (u *Use) silent(at catalogue.ServiceAt, standing *catalogue.Standing, settings programme.Settings, on civil.Date) bool {
	record := &u.Services[at]
	if standing.Version == nil || (record.Launches() && !standing.Live()) {
		return false
	}
	grain, last := civil.GrainMonth, civil.Date(0)
	if seen := u.footprint(at); seen.First != civil.Never {
		grain, last = min(seen.Grain, civil.GrainYear), seen.Last
	}
	if !record.Launches() && last == 0 {
		return false
	}
	due := u.lastDue(settings, grain, on)
	for range 2 {
		if !u.missed(at, due, on) {
			return false
		}
		due = due.Previous()
	}
	return true
}

// lastDue returns the last period of a grain whose due day has passed on a date.
func (u *Use) lastDue(s programme.Settings, grain civil.Grain, on civil.Date) civil.Period {
	p := civil.PeriodOf(grain, on).Previous()
	if u.DueOn(s, p) >= on {
		p = p.Previous()
	}
	return p
}

// missed reports whether a service should have reported a period, on any measure, and did not.
func (u *Use) missed(at catalogue.ServiceAt, p civil.Period, on civil.Date) bool {
	record := &u.Services[at]
	s := u.SpanOf(at, p, on)
	if !s.listed || (record.Launches() && !s.live) {
		return false
	}
	if u.places[at] == usage.NoService {
		return true
	}
	if !record.Launches() && u.footprint(at).First > p.To {
		return false
	}
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		if u.index.HadEvents(u.places[at], m) {
			return false
		}
	}
	for measure := range programme.MeasureCount {
		for channel := range programme.ChannelCount {
			got := u.index.Number(usage.Line{Service: u.places[at], Channel: channel, Measure: measure}, p, civil.Never, usage.NoEntity)
			if got.Rank != usage.NotProvided {
				return false
			}
		}
	}
	return true
}
