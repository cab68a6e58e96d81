package programme

// TotalSource says what a total rests on.
type TotalSource string

// The sources of a total; empty for one that nothing is known of.
const (
	TotalOfStatement TotalSource = "statement"
	TotalOfEvents    TotalSource = "events"
)

// MeasuredTotal is what is known of one measure of a line, and from what.
type MeasuredTotal struct {
	Measure Measure
	Count   Count
	// Source is empty when nothing was stated and no events came; a statement that no total is provided is a source.
	Source TotalSource
}

// MonthLine is one service on one channel, with its totals of a month.
type MonthLine struct {
	Service string
	Channel Channel
	Totals  []MeasuredTotal
}

// MonthTotals is what stands of an entity's use in a month, one line for each of its services' channels.
type MonthTotals struct {
	Entity string
	Month  Month
	Lines  []MonthLine // by service and channel
}

// MonthTotals returns the totals that an entity owes for a month, as they stand on a date: of every service that it owned
// and that was live on any day of the month, or that is known by its use alone, on the channels it then had and on those
// it reported of. Started and completed are asked of each, views only where views were ever reported.
func (k *Knowledge) MonthTotals(entity string, on Date, month Month) *MonthTotals {
	totals := &MonthTotals{Entity: entity, Month: month}
	owner, known := k.entityIndex[entity]
	if !known {
		return totals
	}
	for i := range k.services {
		record := &k.services[i]
		s := k.spanOf(int32(i), month.Period(), on)
		if s.owner != owner || (!s.live && (record.launches() || record.book == none)) {
			continue
		}
		for channel, code := range Channels() {
			reported := k.book.speaks(record.book, channel, month)
			if !s.channels.has(channel) && !reported {
				continue
			}
			totals.Lines = append(totals.Lines, MonthLine{
				Service: record.code, Channel: code, Totals: k.book.monthTotals(record.book, channel, month),
			})
		}
	}
	return totals
}

// monthTotals returns what is known of a service's channel in a month, for the measures that are asked of it.
func (b *Book) monthTotals(service int32, channel int, month Month) []MeasuredTotal {
	var totals []MeasuredTotal
	for _, measure := range []Measure{MeasureViews, MeasureStarted, MeasureCompleted} {
		m := measureIndex(measure)
		if service == none {
			if measure != MeasureViews {
				totals = append(totals, MeasuredTotal{Measure: measure, Count: Count{State: NotProvided}})
			}
			continue
		}
		at := b.lineOf[b.slot(service, channel, m)]
		if at == none && measure == MeasureViews {
			continue
		}
		total := MeasuredTotal{Measure: measure, Count: Count{State: NotProvided}}
		got := b.month(service, at, m, month, none)
		if total.Count.State = got.rank.state(); got.rank == isReported {
			total.Count = CountOf(got.value)
		}
		switch {
		case at != none && b.statedIn(at, month):
			total.Source = TotalOfStatement
		case got.rank == isReported:
			total.Source = TotalOfEvents
		}
		totals = append(totals, total)
	}
	return totals
}

// speaks reports whether a statement or events speak of a service's channel in a month.
func (b *Book) speaks(service int32, channel int, month Month) bool {
	if service == none {
		return false
	}
	for measure := range measureCount {
		at := b.lineOf[b.slot(service, channel, measure)]
		if at == none {
			continue
		}
		if c := b.lines[at].at(month); c != nil && c.rank != noPart {
			return true
		}
	}
	return false
}

// statedIn reports whether a line's month rests on a statement: of the month, or of days that tile it.
func (b *Book) statedIn(at int32, month Month) bool {
	p := month.Period()
	if _, found := b.stated[statedKey{at, p.Grain, p.From, p.To}]; found {
		return true
	}
	for day := p.From; b.coarse[at] && day <= p.To; day++ {
		if _, found := b.stated[statedKey{at, GrainDay, day, day}]; found {
			return true
		}
	}
	return false
}
