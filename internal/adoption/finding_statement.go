package adoption

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// findingMonths is how many months findings look at: the month of on and the eleven before it.
const findingMonths = 12

// findingsFrom is the first day that findings of a date look at.
func findingsFrom(on civil.Date) civil.Date { return (on.Month() - findingMonths + 1).First() }

// DayStatements returns the services with statements that can be compared only with events by day, and the days that
// these touch: periods of one day, and intervals that begin or end within a month. No service: no days are needed.
func (u *Use) DayStatements(on civil.Date) (services []string, from, to civil.Date) {
	return u.index.DaysToCompare(findingsFrom(on), on)
}

// StatementsThatDiffer finds the statements that are over 5 % away from the sum of events of the same service,
// channel, measure and period (docs/rules.md#findings); which have such a sum, usage.Index.Comparisons says. days are
// the sums by day of DayStatements; the findings come by their Key.
func (u *Use) StatementsThatDiffer(on civil.Date, days []programme.EventSum) []programme.Finding {
	findings := []programme.Finding{}
	for _, c := range u.index.Comparisons(findingsFrom(on), on, days) {
		if !farApart(c.Stated, c.Events) {
			continue
		}
		findings = append(findings, programme.Finding{
			Kind: programme.FindingStatementDiffers, Entity: c.Entity, Service: c.Service,
			Channel: c.Channel, Measure: c.Measure, Period: c.Period,
			Statement: programme.CountOf(c.Stated), Events: programme.CountOf(c.Events),
			Difference: programme.RatioOf(float64(c.Events-c.Stated), float64(c.Stated)),
		})
	}
	figures.SortFindings(findings)
	return findings
}

// farApart reports whether a sum of events is over 5 % of the statement away from it; any event is, from a stated 0.
func farApart(stated, sum int64) bool {
	distance := max(sum-stated, stated-sum)
	return float64(distance)*20 > float64(stated)
}
