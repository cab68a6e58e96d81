package programme

import (
	"slices"
	"time"
)

// Book answers what a service's use was, by the rules of numbers with a state.
// It is immutable and safe for use by many goroutines.
type Book struct {
	services map[string]int32
	entities map[string]int32
	codes    []string // of the entities, by place

	lines  []line
	lineOf []int32     // by slot: the place in lines, or none
	events []presence  // by service: where it has accepted events
	prints []footprint // by service
	// stated holds the newest statement of each line and period.
	stated map[statedKey]stated
	// coarse says that a line has statements for anything but a month.
	coarse []bool
	// shares splits the sums of events of a month in which several entities reported one line.
	shares map[shareKey][]share

	days       map[dayKey]int64 // sums of events by line and day
	dayBy      map[dayKey]int32 // the entity that reported them
	entityDays map[entityDay]bool
	from, to   Date // what the days cover
}

const measureCount = 6

// measureIndex is the measure's place in Measures; -1 for none of them.
func measureIndex(m Measure) int {
	switch m {
	case MeasureViews:
		return 0
	case MeasureStarted:
		return 1
	case MeasureSubmitted:
		return 2
	case MeasureCompleted:
		return 3
	case MeasureRatingCount:
		return 4
	case MeasureRatingSum:
		return 5
	default:
		return -1
	}
}

// ofEvents reports whether sums of events add to the measure.
func ofEvents(measure int) bool { return measure >= 0 && measure <= 3 }

// rank is a state by its precedence in an aggregate, lower first; 0 is no part at all.
type rank uint8

const (
	noPart rank = iota
	isReported
	isNotProvided
	isNotRequested
	isNotApplicable
)

var rankStates = [...]State{NotProvided, Reported, NotProvided, NotRequested, NotApplicable}

func (r rank) state() State { return rankStates[r] }

func rankOf(s State) rank {
	switch s {
	case Reported:
		return isReported
	case NotRequested:
		return isNotRequested
	case NotApplicable:
		return isNotApplicable
	default:
		return isNotProvided
	}
}

// first returns the one that an aggregate of both takes.
func (r rank) first(other rank) rank {
	if r == noPart || (other != noPart && other < r) {
		return other
	}
	return r
}

// reach is the stretch of months that something covers.
type reach struct {
	first  Month
	months int
}

// line is one service, channel and measure: what is known of it by month.
type line struct {
	reach

	service          int32
	channel, measure int
	cells            []cell // one a month from first on
}

// cell is one month of a line.
type cell struct {
	value int64 // by the rules 1 to 3
	uses  int64 // sum of events
	rank  rank  // noPart where neither a statement nor a row of events speaks
	// had says that the month has accepted events on this line.
	had bool
	// entity reported the value, and usesBy the events; several when two entities did.
	entity, usesBy int32
}

// several stands for more than one entity.
const several = int32(-2)

// at returns the line's cell for a month; nil outside of what it knows.
func (l *line) at(m Month) *cell {
	if i := int(m - l.first); i >= 0 && i < len(l.cells) {
		return &l.cells[i]
	}
	return nil
}

// presence is in which months a service had an accepted event, and of which entity.
type presence struct {
	reach

	entity []int32 // none where it had no event
}

func (p *presence) in(m Month) (entity int32, had bool) {
	if i := int(m - p.first); i >= 0 && i < len(p.entity) && p.entity[i] != none {
		return p.entity[i], true
	}
	return none, false
}

// footprint is when and how a service reported anything.
type footprint struct {
	first     Date  // the earliest day of what was reported; never for nothing
	last      Date  // the latest day
	grain     Grain // the finest grain reported, a month at least; 0 for nothing
	reporters []int32
}

// add widens a footprint by something reported.
func (f *footprint) add(p Period, entity int32) {
	f.first, f.last = min(f.first, p.From), max(f.last, p.To)
	grain := max(p.Grain, GrainMonth)
	if f.grain == 0 || grain < f.grain {
		f.grain = grain
	}
	if !slices.Contains(f.reporters, entity) {
		f.reporters = append(f.reporters, entity)
	}
}

type (
	statedKey struct {
		line  int32
		grain Grain
		from  Date
		to    Date
	}
	// stated is the newest statement of a line and period.
	stated struct {
		value    int64
		rank     rank
		entity   int32
		at       time.Time
		reported time.Time // when a value was first reported; zero for never
		row      int32     // its place in what the book was built from
	}
	shareKey struct {
		line  int32
		month Month
	}
	share struct {
		entity int32
		uses   int64
	}
	dayKey struct {
		line int32
		day  Date
	}
	entityDay struct {
		entity int32
		day    Date
	}
)

// Value returns the number of a service, channel and measure for a period (docs/rules.md#value-of-a-line).
func (b *Book) Value(service string, channel Channel, measure Measure, period Period) Count {
	at, found := b.services[service]
	c, m := channelIndex(channel), measureIndex(measure)
	if !found || c < 0 || m < 0 {
		return Count{State: NotProvided}
	}
	got := b.number(at, c, m, period, none)
	if got.rank != isReported {
		return Count{State: got.rank.state()}
	}
	return CountOf(got.value)
}
