package adoption

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// bundlesBesideParts finds the bundles that report completions of a period of which their parts report some too: one use
// may then be counted twice (docs/rules.md#findings). Months in a row are one finding.
func (s *search) bundlesBesideParts() []programme.Finding {
	var found []programme.Finding
	s.each(func(l *searchedLine) {
		if l.measure != programme.MeasureCompleted || len(s.Services[l.at].Parts) == 0 {
			return
		}
		for _, known := range s.numbers(l) {
			ofParts := s.ofParts(l, known.Period)
			if known.Rank != usage.Reported || known.Value == 0 || ofParts == 0 {
				continue
			}
			f := s.finding(programme.FindingBundleBesideParts, l, &known)
			f.Against = programme.CountOf(ofParts)
			if n := len(found) - 1; n >= 0 && found[n].Service == f.Service && found[n].Channel == f.Channel && follows(&found[n], &f) {
				found[n].Period = civil.Interval(found[n].Period.From, f.Period.To)
				found[n].Value.Value += f.Value.Value
				found[n].Against.Value += f.Against.Value
				continue
			}
			found = append(found, f)
		}
	})
	return found
}

// ofParts sums what the parts that a bundle has at the end of a period report of it on the same channel.
func (s *search) ofParts(l *searchedLine, p civil.Period) int64 {
	var sum int64
	for _, part := range s.Services[l.at].Parts {
		if !s.IsPartOn(part, l.at, p.To) {
			continue
		}
		for i := range s.lines[part] {
			if of := &s.lines[part][i]; of.channel == l.channel && of.measure == l.measure {
				if known := of.of(p); known.Rank == usage.Reported {
					sum += known.Value
				}
			}
		}
	}
	return sum
}
