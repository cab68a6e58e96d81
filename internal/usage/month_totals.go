package usage

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// TotalSource says what a total rests on.
type TotalSource string

// The sources of a total; empty for one that nothing is known of.
const (
	TotalOfStatement TotalSource = "statement"
	TotalOfEvents    TotalSource = "events"
)

// MeasuredTotal is what is known of one measure of a line, and from what.
type MeasuredTotal struct {
	Measure programme.Measure
	Count   programme.Count
	// Source is empty when nothing was stated and no events came; a statement that no total is provided is a source.
	Source TotalSource
}

// MonthTotals returns what is known of a service's channel in a month, for the measures that are asked of it:
// views only where views were ever reported.
func (x *Index) MonthTotals(service ServiceAt, channel programme.ChannelIndex, month civil.Month) []MeasuredTotal {
	var totals []MeasuredTotal
	for _, measure := range []programme.Measure{
		programme.MeasureViews, programme.MeasureStarted, programme.MeasureCompleted,
	} {
		line, at := Line{service, channel, measure.Index()}, noLine
		if service != NoService {
			at = x.find(line)
		}
		if at == noLine && measure == programme.MeasureViews {
			continue
		}
		totals = append(totals, x.monthTotal(measure, line, at, month))
	}
	return totals
}

func (x *Index) monthTotal(measure programme.Measure, line Line, at lineAt, month civil.Month) MeasuredTotal {
	if line.Service == NoService {
		return MeasuredTotal{Measure: measure, Count: programme.Count{State: programme.NotProvided}}
	}
	got := x.month(asked{line, at, month.Last(), NoEntity}, month)
	total := MeasuredTotal{Measure: measure, Count: got.Count()}
	switch {
	case at != noLine && x.statedIn(at, month):
		total.Source = TotalOfStatement
	case got.Rank == Reported:
		total.Source = TotalOfEvents
	}
	return total
}

// Speaks reports whether a statement or events speak of a service's channel in a month.
func (x *Index) Speaks(service ServiceAt, channel programme.ChannelIndex, month civil.Month) bool {
	if service == NoService {
		return false
	}
	for measure := range programme.MeasureCount {
		at := x.find(Line{service, channel, measure})
		if at == noLine {
			continue
		}
		if c := x.lines[at].at(month); c != nil && c.rank != NoPart {
			return true
		}
	}
	return false
}

// statedIn reports whether what is known of a line's month rests on statements: of the month, or of days that tile it.
func (x *Index) statedIn(at lineAt, month civil.Month) bool {
	c := x.lines[at].at(month)
	return c != nil && c.stated
}
