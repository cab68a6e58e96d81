package adoption

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Findings are all that is doubtful in what is known on a date, in the order of their keys; days are the sums by day of
// DayStatements. Ids on several days are sought in the raw events, by package gather.
func (u *Use) Findings(on civil.Date, days []programme.EventSum) []programme.Finding {
	found := slices.Concat(u.StatementsThatDiffer(on, days), u.LevelsWithoutUse(on))
	figures.SortFindings(found)
	return found
}
