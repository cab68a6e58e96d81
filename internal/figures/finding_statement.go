package figures

import (
	"cmp"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// findingMonths is how many months findings look at: the month of on and the eleven before it.
const findingMonths = 12

// findingsFrom is the first day that findings of a date look at.
func findingsFrom(on civil.Date) civil.Date { return (on.Month() - findingMonths + 1).First() }

// DayStatements returns the services with statements that can be compared only with events by day, and the days that
// these touch: periods of one day, and intervals that begin or end within a month. No service: no days are needed.
func (k *Knowledge) DayStatements(on civil.Date) (services []string, from, to civil.Date) {
	codes := make([]string, len(k.book.Events))
	for code, at := range k.book.Services {
		codes[at] = code
	}
	wanted := map[int32]bool{}
	first := findingsFrom(on)
	for key, said := range k.book.Stated {
		whole := key.From == key.From.Month().First() && key.To == key.To.Month().Last()
		if whole || !k.book.Comparable(key, said, first, on) {
			continue
		}
		if len(wanted) == 0 {
			from, to = key.From, key.To
		}
		from, to = min(from, key.From), max(to, key.To)
		wanted[k.book.Lines[key.Line].Service] = true
	}
	for at := range wanted {
		services = append(services, codes[at])
	}
	slices.Sort(services)
	return services, from, to
}

// StatementsThatDiffer finds the statements that are over 5 % away from the sum of events of the same service, channel,
// measure and period (docs/rules.md#findings). A sum stands against a statement where the service has an
// accepted event in every month that the period touches and the line itself has one in the period: that a service sends
// no events at the counter speaks against nothing that is stated of the counter. days are the sums by day of
// DayStatements; the findings come by their Key.
func (k *Knowledge) StatementsThatDiffer(on civil.Date, days []programme.EventSum) []programme.Finding {
	b := k.book
	services := make([]string, len(b.Events))
	for code, at := range b.Services {
		services[at] = code
	}
	byDay := b.SumsByDay(days)
	first := findingsFrom(on)
	findings := []programme.Finding{}
	for key, said := range b.Stated {
		if !b.Comparable(key, said, first, on) {
			continue
		}
		sum, found := b.OwnEvents(key, byDay)
		if !found || !farApart(said.Value, sum) {
			continue
		}
		l := &b.Lines[key.Line]
		findings = append(findings, programme.Finding{
			Kind: programme.FindingStatementDiffers, Entity: b.Codes[said.Entity], Service: services[l.Service],
			Channel: programme.Channels()[l.Channel], Measure: programme.Measures()[l.Measure],
			Period:    civil.Period{Grain: key.Grain, From: key.From, To: key.To},
			Statement: programme.CountOf(said.Value), Events: programme.CountOf(sum),
			Difference: programme.RatioOf(float64(sum-said.Value), float64(said.Value)),
		})
	}
	SortFindings(findings)
	return findings
}

// SortFindings brings findings into the order of their keys.
func SortFindings(findings []programme.Finding) {
	slices.SortFunc(findings, func(a, b programme.Finding) int { return cmp.Compare(a.Key(), b.Key()) })
}

// farApart reports whether a sum of events is over 5 % of the statement away from it; any event is, from a stated 0.
func farApart(stated, sum int64) bool {
	distance := max(sum-stated, stated-sum)
	return float64(distance)*20 > float64(stated)
}
