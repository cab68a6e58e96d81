package figures

import (
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
// month that ended, and had fewer than 30 digital completions in it. Use is kept by month, so that month stands
// for the last 30 days. The completions are returned with it.
func (k *Knowledge) dormant(at int32, c *census, s *span) (bool, int64) {
	standing := &c.services[at]
	digital := s.channels & programme.DigitalSet
	book := k.services[at].book
	if !standing.live() || c.on-standing.rollout.LiveSince < dormantAfterDays || digital == 0 || book == usage.None {
		return false, 0
	}
	var completed int64
	known := false
	for channel := range programme.ChannelCount {
		if !programme.DigitalSet.Has(channel) {
			continue
		}
		got := k.book.Number(book, channel, programme.MeasureIndex(programme.MeasureCompleted), s.period, usage.None)
		switch {
		case got.Rank == usage.IsReported:
			completed += got.Value
			known = true
		case digital.Has(channel) && got.Rank != usage.IsNotApplicable:
			return false, 0
		}
	}
	return known && completed < dormantBelow, completed
}

// silent reports whether a service reported nothing in its last two due periods
// (docs/rules.md#silent-and-without-numbers): months, or the coarser periods
// in which it has reported so far. One that was not asked, or not live in both, is not silent.
func (k *Knowledge) silent(at int32, c *census, settings programme.Settings) bool {
	record := &k.services[at]
	if c.services[at].version == nil || (record.launches() && !c.services[at].live()) {
		return false
	}
	grain, last := civil.GrainMonth, civil.Date(0)
	if record.book != usage.None {
		if seen := &k.book.Prints[record.book]; seen.First != civil.Never {
			grain, last = min(seen.Grain, civil.GrainYear), seen.Last
		}
	}
	if !record.launches() && last == 0 {
		return false
	}
	due := k.lastDue(settings, grain, c.on)
	for range 2 {
		if !k.missed(at, due, c.on) {
			return false
		}
		due = due.Previous()
	}
	return true
}

// lastDue returns the last period of a grain whose due day has passed on a date.
func (k *Knowledge) lastDue(s programme.Settings, grain civil.Grain, on civil.Date) civil.Period {
	p := civil.PeriodOf(grain, on).Previous()
	if k.dueOn(s, p) >= on {
		p = p.Previous()
	}
	return p
}

// missed reports whether a service should have reported a period, on any measure, and did not.
func (k *Knowledge) missed(at int32, p civil.Period, on civil.Date) bool {
	record := &k.services[at]
	s := k.spanOf(at, p, on)
	if !s.listed || (record.launches() && !s.live) {
		return false
	}
	if record.book == usage.None {
		return true
	}
	if !record.launches() && k.book.Prints[record.book].First > p.To {
		return false
	}
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		if _, had := k.book.Events[record.book].In(m); had {
			return false
		}
	}
	for measure := range programme.MeasureCount {
		for channel := range programme.ChannelCount {
			got := k.book.Number(record.book, channel, measure, p, usage.None)
			if got.Rank != usage.IsNotProvided {
				return false
			}
		}
	}
	return true
}
