package programme

import (
	"time"

	"mirsad/internal/civil"
)

// EventKey identifies a usage event within its entity, service and report date: xxh3-128 of source and id
// (docs/rules.md#identity-of-an-event).
type EventKey [16]byte

// UsageEvent is one or more uses of a service at a stage on a channel: one row per identity
// (entity, report date, key, service); the later version replaces, Count 0 voids: such an event is none.
type UsageEvent struct {
	Key        EventKey
	Entity     string
	Service    string
	ReportDate civil.Date // in the programme's zone
	Channel    Channel
	Stage      Stage
	Count      uint64
	DurationMS uint64 // 0: not given
	Rating     uint8  // 1 to 5; 0: not given
	OccurredAt time.Time
	// Source is the event's; empty for one that was stored before sources were.
	Source string
	// Version is the time of receipt in µs, strictly increasing per spool.
	Version uint64
}

// Statement is an entity's total for a service, channel, measure and period; the newest recorded counts.
type Statement struct {
	Entity     string
	Service    string
	Channel    Channel
	Measure    Measure
	Period     civil.Period
	State      State
	Value      int64 // 0 unless State is Reported
	Source     string
	EventID    string
	Actor      string
	RecordedAt time.Time
	// ReceivedAt is when a replayed row was first received: what was recorded after it goes before it. Not stored;
	// zero otherwise.
	ReceivedAt time.Time
}

// Slice is what a rollup is recomputed for: one entity's one day.
type Slice struct {
	Entity     string
	ReportDate civil.Date
}

// Drift is a slice whose rollup is not what its raw events say.
type Drift struct {
	Slice
	Identities, Uses         int64 // of the raw events
	RollupEvents, RollupUses int64
}

// EventSum is what the rollup holds of a service, channel and stage over a period (a day or a month).
type EventSum struct {
	Entity  string
	Service string
	Period  civil.Period
	Channel Channel
	Stage   Stage
	Events  int64 // distinct identities
	Uses    int64 // sum of their counts
}

// SourceSum is what one source of events sent of a service, channel and stage in a month, day by day.
type SourceSum struct {
	Entity  string
	Service string
	Channel Channel
	Stage   Stage
	Month   civil.Month
	Source  string
	Days    []civil.Date
	Uses    []int64 // of each of the days
}

// SentDay is a day on which an entity had an accepted event.
type SentDay struct {
	Entity string
	Day    civil.Date
}

// Use is what an index of use is built from: sums of events, and the statements beside them.
type Use struct {
	Months []EventSum // Period is a month
	// Days are needed only for figures by day, and for months that have statements by day; they cover DaysFrom to
	// DaysTo.
	Days             []EventSum
	DaysFrom, DaysTo civil.Date
	// Sent are the days on which each entity had an accepted event, in any order, and Holidays those on which none is
	// expected: gaps are found by them (docs/rules.md#gap). An entity without any day has no gap.
	Sent       []SentDay
	Holidays   map[civil.Date]bool
	Statements []Statement // all versions recorded by the as-at; the newest counts
}
