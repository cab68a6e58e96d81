package programme

import (
	"cmp"
	"slices"
)

// findingMonths is how many months findings look at: the month of on and the eleven before it.
const findingMonths = 12

// findingsFrom is the first day that findings of a date look at.
func findingsFrom(on Date) Date { return (on.Month() - findingMonths + 1).First() }

// comparable reports whether a statement is one that events can speak against: a value of a measure that events add to,
// for a period that overlaps a span.
func (b *Book) comparable(key statedKey, said stated, from, to Date) bool {
	return said.rank == isReported && ofEvents(b.lines[key.line].measure) && key.from <= to && key.to >= from
}

// DayStatements returns the services with statements that can be compared only with events by day, and the days that
// these touch: periods of one day, and intervals that begin or end within a month. No service: no days are needed.
func (k *Knowledge) DayStatements(on Date) (services []string, from, to Date) {
	codes := make([]string, len(k.book.events))
	for code, at := range k.book.services {
		codes[at] = code
	}
	wanted := map[int32]bool{}
	first := findingsFrom(on)
	for key, said := range k.book.stated {
		whole := key.from == key.from.Month().First() && key.to == key.to.Month().Last()
		if whole || !k.book.comparable(key, said, first, on) {
			continue
		}
		if len(wanted) == 0 {
			from, to = key.from, key.to
		}
		from, to = min(from, key.from), max(to, key.to)
		wanted[k.book.lines[key.line].service] = true
	}
	for at := range wanted {
		services = append(services, codes[at])
	}
	slices.Sort(services)
	return services, from, to
}

// StatementsThatDiffer finds the statements that are over 5 % away from the sum of events of the same service, channel,
// measure and period (`2-rules.md`, Numbers with a state). A sum stands against a statement where the service has an
// accepted event in every month that the period touches and the line itself has one in the period: that a service sends
// no events at the counter speaks against nothing that is stated of the counter. days are the sums by day of
// DayStatements; the findings come by their Key.
func (k *Knowledge) StatementsThatDiffer(on Date, days []EventSum) []Finding {
	b := k.book
	services := make([]string, len(b.events))
	for code, at := range b.services {
		services[at] = code
	}
	byDay := b.sumsByDay(days)
	first := findingsFrom(on)
	findings := []Finding{}
	for key, said := range b.stated {
		if !b.comparable(key, said, first, on) {
			continue
		}
		sum, found := b.ownEvents(key, byDay)
		if !found || !farApart(said.value, sum) {
			continue
		}
		l := &b.lines[key.line]
		findings = append(findings, Finding{
			Kind: FindingStatementDiffers, Entity: b.codes[said.entity], Service: services[l.service],
			Channel: Channels()[l.channel], Measure: Measures()[l.measure],
			Period:    Period{Grain: key.grain, From: key.from, To: key.to},
			Statement: CountOf(said.value), Events: CountOf(sum),
			Difference: RatioOf(float64(sum-said.value), float64(said.value)),
		})
	}
	SortFindings(findings)
	return findings
}

// SortFindings brings findings into the order of their keys.
func SortFindings(findings []Finding) {
	slices.SortFunc(findings, func(a, b Finding) int { return cmp.Compare(a.Key(), b.Key()) })
}

// farApart reports whether a sum of events is over 5 % of the statement away from it; any event is, from a stated 0.
func farApart(stated, sum int64) bool {
	distance := max(sum-stated, stated-sum)
	return float64(distance)*20 > float64(stated)
}

func (b *Book) sumsByDay(rows []EventSum) map[dayKey]int64 {
	sums := map[dayKey]int64{}
	for i := range rows {
		row := &rows[i]
		service, found := b.services[row.Service]
		c, m := channelIndex(row.Channel), measureIndex(row.Stage.Measure())
		if row.Events <= 0 || !found || c < 0 || m < 0 {
			continue
		}
		if at := b.lineOf[b.slot(service, c, m)]; at != none {
			sums[dayKey{at, row.Period.From}] += row.Uses
		}
	}
	return sums
}

// ownEvents sums a line's events over a period: whole months from the months, what is left from the days. There is no
// sum unless the service has an accepted event in every month and the line has one in the period.
func (b *Book) ownEvents(key statedKey, byDay map[dayKey]int64) (sum int64, found bool) {
	l := &b.lines[key.line]
	for m := key.from.Month(); m <= key.to.Month(); m++ {
		if _, had := b.events[l.service].in(m); !had {
			return 0, false
		}
		if key.from <= m.First() && m.Last() <= key.to {
			if c := l.at(m); c != nil && c.had {
				sum, found = sum+c.uses, true
			}
			continue
		}
		for day := max(key.from, m.First()); day <= min(key.to, m.Last()); day++ {
			if uses, had := byDay[dayKey{key.line, day}]; had {
				sum, found = sum+uses, true
			}
		}
	}
	return sum, found
}
