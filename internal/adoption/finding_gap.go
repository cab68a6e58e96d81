package adoption

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// gaps finds the gaps in the events of entities (docs/rules.md#gap).
func (s *search) gaps() []programme.Finding {
	var found []programme.Finding
	for _, gap := range s.index.Gaps(s.first.First(), s.on) {
		found = append(found, programme.Finding{
			Kind: programme.FindingGap, Entity: s.reporter(gap.Entity), Period: gap.Period,
			Value: programme.CountOf(gap.Days), Open: gap.Open,
		})
	}
	return found
}

// partialMonths finds the months of which an entity's events lack days, and names these (docs/rules.md#partial-month).
func (s *search) partialMonths() []programme.Finding {
	var found []programme.Finding
	for _, each := range s.index.PartialMonths(s.first, s.last, s.on) {
		days := daysOf(each.Month)
		found = append(found, programme.Finding{
			Kind: programme.FindingPartialMonth, Entity: s.reporter(each.Entity), Period: each.Month.Period(),
			Value: programme.CountOf(days - len(each.Missing)), Against: programme.CountOf(days),
			Days: each.Missing, Services: each.Services,
		})
	}
	return found
}

func daysOf(m civil.Month) int { return int(m.Last()-m.First()) + 1 }
