package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// Received counts service-months expected, received, and received by the due day.
type Received struct {
	Expected, Reported, onTime int
}

// Completeness grades what was received (docs/rules.md#completeness): A from 98 % of what is
// expected on time, B from 90 % received, C from 75 %, else D.
func (r Received) Completeness() figures.Completeness {
	c := figures.Completeness{
		Parts: programme.Parts{Reported: r.Reported, Expected: r.Expected},
		Share: programme.RatioOf(float64(r.Reported), float64(r.Expected)),
	}
	switch {
	case r.Expected == 0:
	case r.onTime*100 >= r.Expected*98:
		c.Grade = "A"
	case r.Reported*100 >= r.Expected*90:
		c.Grade = "B"
	case r.Reported*100 >= r.Expected*75:
		c.Grade = "C"
	default:
		c.Grade = "D"
	}
	return c
}

// Add counts others in.
func (r *Received) Add(other Received) {
	r.Expected += other.Expected
	r.Reported += other.Reported
	r.onTime += other.onTime
}

// ReceivedOf reports whether a live service's month is expected, received and on time, over all its channels. A month with
// a gap in its events is not received. Sums of events are on time: they are counted as they arrive.
func (u *Use) ReceivedOf(at catalogue.ServiceAt, s *Span, settings programme.Settings) Received {
	var got Received
	if !s.live {
		return got
	}
	whole := u.part(at, s, programme.EverySet, completedMeasure)
	switch {
	case whole.missing > 0:
		got.Expected = 1
	case whole.rank == usage.Reported:
		got.Expected, got.Reported = 1, 1
		deadline := u.DueOn(settings, s.period).AddDays(1).BeginsIn(u.Zone)
		if u.index.OnTime(u.places[at], completedMeasure, s.period, deadline) {
			got.onTime = 1
		}
	case whole.rank == usage.NotProvided:
		got.Expected = 1
	}
	return got
}
