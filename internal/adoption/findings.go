package adoption

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Findings are all that is doubtful in what is known on a date, in the order of their keys; days are the sums by day of
// DayStatements. What only the raw events can say is sought there, by package gather.
func (u *Use) Findings(on civil.Date, days []programme.EventSum) []programme.Finding {
	s := u.searchOn(on)
	found := slices.Concat(
		u.StatementsThatDiffer(on, days),
		u.LevelsWithoutUse(on),
		s.stagesAboveEarlier(),
		s.ratingsOutOfRange(),
		s.channelsNotListed(),
		s.useOutsideLife(),
		s.farFromUsual(),
		s.repeatedValues(),
		s.wholesThatDiffer(),
		s.bundlesBesideParts(),
		s.gaps(),
		s.partialMonths(),
	)
	figures.SortFindings(found)
	return found
}
