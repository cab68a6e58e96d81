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

// MonthTotals returns what is known of a service's channel in a month, for the measures that are asked of it.
func (b *Index) MonthTotals(service int32, channel int, month civil.Month) []MeasuredTotal {
	var totals []MeasuredTotal
	for _, measure := range []programme.Measure{programme.MeasureViews, programme.MeasureStarted, programme.MeasureCompleted} {
		m := programme.MeasureIndex(measure)
		if service == None {
			if measure != programme.MeasureViews {
				totals = append(totals, MeasuredTotal{Measure: measure, Count: programme.Count{State: programme.NotProvided}})
			}
			continue
		}
		at := b.lineOf[b.slot(service, channel, m)]
		if at == None && measure == programme.MeasureViews {
			continue
		}
		total := MeasuredTotal{Measure: measure, Count: programme.Count{State: programme.NotProvided}}
		got := b.month(service, at, m, month, None)
		if total.Count.State = got.Rank.State(); got.Rank == IsReported {
			total.Count = programme.CountOf(got.Value)
		}
		switch {
		case at != None && b.statedIn(at, month):
			total.Source = TotalOfStatement
		case got.Rank == IsReported:
			total.Source = TotalOfEvents
		}
		totals = append(totals, total)
	}
	return totals
}

// Speaks reports whether a statement or events speak of a service's channel in a month.
func (b *Index) Speaks(service int32, channel int, month civil.Month) bool {
	if service == None {
		return false
	}
	for measure := range programme.MeasureCount {
		at := b.lineOf[b.slot(service, channel, measure)]
		if at == None {
			continue
		}
		if c := b.Lines[at].at(month); c != nil && c.rank != NoPart {
			return true
		}
	}
	return false
}

// statedIn reports whether a line's month rests on a statement: of the month, or of days that tile it.
func (b *Index) statedIn(at int32, month civil.Month) bool {
	p := month.Period()
	if _, found := b.Stated[statedKey{at, p.Grain, p.From, p.To}]; found {
		return true
	}
	for day := p.From; b.coarse[at] && day <= p.To; day++ {
		if _, found := b.Stated[statedKey{at, civil.GrainDay, day, day}]; found {
			return true
		}
	}
	return false
}
