package usage

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Index answers what a service's use was, by the rules of numbers with a state.
// It is immutable and safe for use by many goroutines.
type Index struct {
	services     map[string]ServiceAt
	serviceCodes []string
	entities     map[string]EntityAt
	entityCodes  []string

	lines      []series
	lineOf     []lineAt    // by slot
	events     []presence  // by service
	footprints []Footprint // by service
	// stated holds the newest statement of each line and period.
	stated map[statedKey]stated
	// shares splits the sums of events of a month in which several entities reported one line.
	shares map[monthKey][]share

	// statedParts are the months of which a line has statements of a part: of days, or of stretches.
	statedParts map[monthKey]bool
	feeds       []*feed       // by entity; nil for one whose days are not known, which then has no gap
	channels    []civil.Month // by service and channel: the first month with an accepted event; noMonth for none

	byDay
}

// byDay is what is known of events day by day, over the days from and to; zero for none.
type byDay struct {
	from, to civil.Date
	sums     map[dayKey]daySum
	sent     map[entityDay]bool        // whether an entity had an accepted event on a day
	served   map[serviceDay]EntityAt   // who sent events of a service on a day: the first by code of several
	firsts   map[channelKey]civil.Date // the first of the days with an event of a service on a channel
}

// covers reports whether the events of each day of a stretch are known.
func (d *byDay) covers(from, to civil.Date) bool { return d.from != 0 && d.from <= from && to <= d.to }

// noMonth is after every month.
const noMonth = civil.Month(1 << 30)

type (
	// monthKey names a line's month, dayKey a line's day.
	monthKey struct {
		line  lineAt
		month civil.Month
	}
	dayKey struct {
		line lineAt
		day  civil.Date
	}
	entityDay struct {
		entity EntityAt
		day    civil.Date
	}
	serviceDay struct {
		service ServiceAt
		day     civil.Date
	}
	channelKey struct {
		service ServiceAt
		channel programme.ChannelIndex
	}
	// daySum is a line's sum of events on a day, and the entity that reported it: the first by code of several.
	daySum struct {
		uses   int64
		entity EntityAt
	}
	// share is what one entity reported of a month's events.
	share struct {
		entity EntityAt
		uses   int64
	}
)

// Services lists the codes of the services that anything is known of, each at its place.
func (x *Index) Services() []string { return x.serviceCodes }

// Entities lists the codes of the entities that reported anything, each at its place.
func (x *Index) Entities() []string { return x.entityCodes }

// slotsOfService is how many lines a service can have.
const slotsOfService = int(programme.ChannelCount) * int(programme.MeasureCount)

// slot is the place of a line in lineOf.
func slot(l Line) int {
	return int(l.Service)*slotsOfService + int(l.Channel)*int(programme.MeasureCount) + int(l.Measure)
}

// find returns the place of a line's series; noLine for one that nothing is known of.
func (x *Index) find(l Line) lineAt { return x.lineOf[slot(l)] }

// lineOfEvents returns the line that a sum of events adds to; noLine for one that is not indexed.
func (x *Index) lineOfEvents(row *programme.EventSum) lineAt {
	service, found := x.services[row.Service]
	l := Line{service, row.Channel.Index(), row.Stage.Measure().Index()}
	if !found || l.Channel == programme.NoChannel || l.Measure == programme.NoMeasure {
		return noLine
	}
	return x.find(l)
}

// Value returns the number of a service, channel and measure for a period, as on a day (docs/rules.md#value-of-a-line).
func (x *Index) Value(
	service string, channel programme.Channel, measure programme.Measure, period civil.Period, on civil.Date,
) programme.Count {
	at, found := x.services[service]
	l := Line{at, channel.Index(), measure.Index()}
	if !found || l.Channel == programme.NoChannel || l.Measure == programme.NoMeasure {
		return programme.Count{State: programme.NotProvided}
	}
	return x.Number(l, period, on, NoEntity).Count()
}
