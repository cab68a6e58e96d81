package reckon

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// received counts service-months expected, received, and received by the due day.
type received struct {
	expected, reported, onTime int
}

// completeness grades what was received (docs/rules.md#completeness): A from 98 % of what is
// expected on time, B from 90 % received, C from 75 %, else D.
func (r received) completeness() figures.Completeness {
	c := figures.Completeness{
		Parts: programme.Parts{Reported: r.reported, Expected: r.expected},
		Share: programme.RatioOf(float64(r.reported), float64(r.expected)),
	}
	switch {
	case r.expected == 0:
	case r.onTime*100 >= r.expected*98:
		c.Grade = "A"
	case r.reported*100 >= r.expected*90:
		c.Grade = "B"
	case r.reported*100 >= r.expected*75:
		c.Grade = "C"
	default:
		c.Grade = "D"
	}
	return c
}

func (r *received) add(other received) {
	r.expected += other.expected
	r.reported += other.reported
	r.onTime += other.onTime
}

// receivedOf reports whether a live service's month is expected, received and on time, over all its channels.
// Sums of events are on time: they are counted as they arrive.
func (u *Use) receivedOf(at serviceAt, s *span, settings programme.Settings) received {
	var got received
	if !s.live {
		return got
	}
	whole := u.part(at, s, programme.EverySet, completedMeasure)
	switch whole.rank {
	case usage.Reported:
		got.expected, got.reported = 1, 1
		deadline := u.dueOn(settings, s.period).AddDays(1).BeginsIn(u.Zone)
		if u.index.OnTime(u.places[at], completedMeasure, s.period, deadline) {
			got.onTime = 1
		}
	case usage.NotProvided:
		got.expected = 1
	}
	return got
}
