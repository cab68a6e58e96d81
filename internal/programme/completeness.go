package programme

import (
	"cmp"
	"time"
)

// received counts service-months expected, received, and received by the due day.
type received struct {
	expected, reported, onTime int
}

// completeness grades what was received (docs/rules.md#completeness): A from 98 % of what is
// expected on time, B from 90 % received, C from 75 %, else D.
func (r received) completeness() Completeness {
	c := Completeness{
		Parts: Parts{Reported: r.reported, Expected: r.expected},
		Share: RatioOf(float64(r.reported), float64(r.expected)),
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

// defaultDueDay is the day of the next month by which a month's data is on time, unless settings say otherwise.
const defaultDueDay = 10

// dueOn returns the last day on which a period's data is on time (docs/rules.md#due-day-of-a-period): the day that the
// calendar of due days has in the month after the period, else the programme's due day.
func (k *Knowledge) dueOn(s Settings, p Period) Date {
	if day, found := k.dueDays[p.To.Month()+1]; found {
		return day
	}
	return s.dueOn(p)
}

// dueOn returns the programme's due day for a period.
func (s Settings) dueOn(p Period) Date {
	next := p.To.Month() + 1
	return min(next.First().AddDays(cmp.Or(s.DueDay, defaultDueDay)-1), next.Last())
}

// receivedOf tells whether a live service's month is expected, received and on time, over all its channels.
// Sums of events are on time: they are counted as they arrive.
func (k *Knowledge) receivedOf(at int32, s *span, settings Settings) received {
	completed := measureIndex(MeasureCompleted)
	var got received
	if !s.live {
		return got
	}
	whole := k.part(at, s, everySet, completed)
	switch whole.rank {
	case isReported:
		got.expected, got.reported = 1, 1
		deadline := k.dueOn(settings, s.period).AddDays(1).BeginsIn(k.Zone)
		if k.book.onTime(k.services[at].book, completed, s.period, deadline) {
			got.onTime = 1
		}
	case isNotProvided:
		got.expected = 1
	}
	return got
}

// onTime reports whether every value stated of a service's measure for a period was there before the deadline.
func (b *Book) onTime(service int32, measure int, p Period, deadline time.Time) bool {
	for c := range channelCount {
		at := b.lineOf[b.slot(service, c, measure)]
		if at == none {
			continue
		}
		said, found := b.stated[statedKey{at, p.Grain, p.From, p.To}]
		if found && said.rank == isReported && !said.reported.Before(deadline) {
			return false
		}
	}
	return true
}
