package adoption

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// wholesThatDiffer finds the statements for a longer period that are not the sum of their parts: of a year, quarter or
// interval the years, quarters and months in it, of a month its days (docs/rules.md#findings). Where a part is not known
// the others may not be more than the whole. Parts that rest on events may be 5 % away.
func (s *search) wholesThatDiffer() []programme.Finding {
	var found []programme.Finding
	s.each(func(l *searchedLine) {
		byDay := slices.ContainsFunc(l.Stated, func(k usage.Known) bool { return k.Period.Grain == civil.GrainDay })
		for _, known := range s.numbers(l) {
			ofDays := known.Period.Grain == civil.GrainMonth
			if known.Rank != usage.Reported || !known.Stated || known.Period.From == known.Period.To || (ofDays && !byDay) {
				continue
			}
			if f, is := s.wholeDiffers(l, &known); is {
				found = append(found, f)
			}
		}
	})
	return found
}

func (s *search) wholeDiffers(l *searchedLine, whole *usage.Known) (programme.Finding, bool) {
	parts := s.index.PartsOf(l.Line, whole.Period, s.on)
	if parts.Stated == 0 {
		return programme.Finding{}, false // events alone: StatementsThatDiffer speaks of these
	}
	differs := parts.Sum != whole.Value
	switch {
	case !parts.Complete:
		differs = parts.Sum > whole.Value
	case parts.Events:
		differs = farApart(whole.Value, parts.Sum)
	}
	f := s.finding(programme.FindingWholeDiffers, l, whole)
	against(&f, parts.Sum)
	f.Incomplete = !parts.Complete
	return f, differs
}
