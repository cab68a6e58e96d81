package catalogue

import (
	"time"

	"mirsad/internal/civil"
)

// Knowing says at which moment, and in what version, knowledge was gathered.
type Knowing struct {
	// AsAt is the last instant of the knowledge; Provisional says that it is still growing.
	AsAt        time.Time
	Provisional bool
	DataVersion string
	// Today is the current day in the programme's zone, the On of last resort. While knowledge is provisional, today is
	// not over. Zero: nobody says what day it is.
	Today civil.Date
	// Zone is the programme's, in which a day ends; none means UTC.
	Zone *time.Location
}

// lastDayOver returns the last day that was over at the moment of the knowledge: yesterday while it still grows, else
// the last whole day by its as at. Without a clock every day is over.
func (k Knowing) lastDayOver() civil.Date {
	switch {
	case k.Provisional && !k.Today.IsZero():
		return k.Today - 1
	case k.Provisional, k.AsAt.IsZero():
		return civil.Never
	default:
		return civil.DateOf(k.AsAt.Add(time.Microsecond).In(k.Zone)) - 1 // the as at of a day is its last microsecond
	}
}

// LastEnded returns the last month that has ended on a date: its last day is the date or an earlier one, and was over
// at the moment of the knowledge. Whatever rests on an ended month asks here: a month that still runs says little of
// use, and nothing is owed for it yet.
func (k Knowing) LastEnded(on civil.Date) civil.Month {
	return (min(on, k.lastDayOver()) + 1).Month() - 1
}

// Ended reports whether a period has ended on a date: its last day is the date or an earlier one, and was over at the
// moment of the knowledge (docs/rules.md#running-period).
func (k Knowing) Ended(p civil.Period, on civil.Date) bool { return p.To <= min(on, k.lastDayOver()) }

// Until is the last instant of what is known; zero while the knowledge still grows.
func (k Knowing) Until() time.Time {
	if k.Provisional {
		return time.Time{}
	}
	return k.AsAt
}
