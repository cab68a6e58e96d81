package usage

import (
	"slices"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Index answers what a service's use was, by the rules of numbers with a state.
// It is immutable and safe for use by many goroutines.
type Index struct {
	Services map[string]int32
	entities map[string]int32
	Codes    []string // of the entities, by place

	Lines  []line
	lineOf []int32     // by slot: the place in lines, or none
	Events []presence  // by service: where it has accepted events
	Prints []footprint // by service
	// Stated holds the newest statement of each line and period.
	Stated map[statedKey]stated
	// coarse says that a line has statements for anything but a month.
	coarse []bool
	// shares splits the sums of events of a month in which several entities reported one line.
	shares map[shareKey][]share

	days       map[dayKey]int64 // sums of events by line and day
	dayBy      map[dayKey]int32 // the entity that reported them
	entityDays map[entityDay]bool
	from, to   civil.Date // what the days cover
}

// ofEvents reports whether sums of events add to the measure.
func ofEvents(measure int) bool { return measure >= 0 && measure <= 3 }

// Rank is a state by its precedence in an aggregate, lower first; 0 is no part at all.
type Rank uint8

const (
	NoPart Rank = iota
	IsReported
	IsNotProvided
	IsNotRequested
	IsNotApplicable
)

var rankStates = [...]programme.State{programme.NotProvided, programme.Reported, programme.NotProvided, programme.NotRequested, programme.NotApplicable}

func (r Rank) State() programme.State { return rankStates[r] }

func rankOf(s programme.State) Rank {
	switch s {
	case programme.Reported:
		return IsReported
	case programme.NotRequested:
		return IsNotRequested
	case programme.NotApplicable:
		return IsNotApplicable
	default:
		return IsNotProvided
	}
}

// First returns the one that an aggregate of both takes.
func (r Rank) First(other Rank) Rank {
	if r == NoPart || (other != NoPart && other < r) {
		return other
	}
	return r
}

// reach is the stretch of months that something covers.
type reach struct {
	first  civil.Month
	months int
}

// line is one service, channel and measure: what is known of it by month.
type line struct {
	reach

	Service          int32
	Channel, Measure int
	cells            []cell // one a month from first on
}

// cell is one month of a line.
type cell struct {
	value int64 // by the rules 1 to 3
	uses  int64 // sum of events
	rank  Rank  // noPart where neither a statement nor a row of events speaks
	// had says that the month has accepted events on this line.
	had bool
	// entity reported the value, and usesBy the events; several when two entities did.
	entity, usesBy int32
}

// several stands for more than one entity.
const several = int32(-2)

// at returns the line's cell for a month; nil outside of what it knows.
func (l *line) at(m civil.Month) *cell {
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

func (p *presence) In(m civil.Month) (entity int32, had bool) {
	if i := int(m - p.first); i >= 0 && i < len(p.entity) && p.entity[i] != None {
		return p.entity[i], true
	}
	return None, false
}

// footprint is when and how a service reported anything.
type footprint struct {
	First     civil.Date  // the earliest day of what was reported; never for nothing
	Last      civil.Date  // the latest day
	Grain     civil.Grain // the finest grain reported, a month at least; 0 for nothing
	Reporters []int32
}

// add widens a footprint by something reported.
func (f *footprint) add(p civil.Period, entity int32) {
	f.First, f.Last = min(f.First, p.From), max(f.Last, p.To)
	grain := max(p.Grain, civil.GrainMonth)
	if f.Grain == 0 || grain < f.Grain {
		f.Grain = grain
	}
	if !slices.Contains(f.Reporters, entity) {
		f.Reporters = append(f.Reporters, entity)
	}
}

type (
	statedKey struct {
		Line  int32
		Grain civil.Grain
		From  civil.Date
		To    civil.Date
	}
	// stated is the newest statement of a line and period.
	stated struct {
		Value    int64
		rank     Rank
		Entity   int32
		at       time.Time
		reported time.Time // when a value was first reported; zero for never
		row      int32     // its place in what the book was built from
	}
	shareKey struct {
		line  int32
		month civil.Month
	}
	share struct {
		entity int32
		uses   int64
	}
	dayKey struct {
		line int32
		day  civil.Date
	}
	entityDay struct {
		entity int32
		day    civil.Date
	}
)

// Value returns the number of a service, channel and measure for a period (docs/rules.md#value-of-a-line).
func (b *Index) Value(service string, channel programme.Channel, measure programme.Measure, period civil.Period) programme.Count {
	at, found := b.Services[service]
	c, m := programme.ChannelIndex(channel), programme.MeasureIndex(measure)
	if !found || c < 0 || m < 0 {
		return programme.Count{State: programme.NotProvided}
	}
	got := b.Number(at, c, m, period, None)
	if got.Rank != IsReported {
		return programme.Count{State: got.Rank.State()}
	}
	return programme.CountOf(got.Value)
}
