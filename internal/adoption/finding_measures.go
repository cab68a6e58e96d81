package adoption

import (
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// stagesBefore are the stages that a use goes through before another: nothing is submitted or completed that was not
// started.
var stagesBefore = map[programme.Measure][]programme.Measure{
	programme.MeasureSubmitted: {programme.MeasureStarted},
	programme.MeasureCompleted: {programme.MeasureStarted, programme.MeasureSubmitted},
}

// stagesAboveEarlier finds the periods in which more uses of a line were completed than started, submitted than started,
// or completed than submitted (docs/rules.md#findings).
func (s *search) stagesAboveEarlier() []programme.Finding {
	var found []programme.Finding
	s.each(func(l *searchedLine) {
		earlier := stagesBefore[l.measure]
		if len(earlier) == 0 {
			return
		}
		for _, later := range s.numbers(l) {
			if f, is := s.stageAbove(l, &later, earlier); is {
				found = append(found, f)
			}
		}
	})
	return found
}

// carriedOver is how many more uses a month's events may complete than they start, and by how much more: what is started
// on the last day of a month is completed in the next.
const carriedOver = 10

// above reports whether a later stage has more uses than it may.
func above(later, before *usage.Known) bool {
	if later.Stated || before.Stated {
		return later.Value > before.Value
	}
	return later.Value > before.Value+carriedOver && farApart(before.Value, later.Value)
}

// stageAbove compares a number with those of the stages before it; the first that is smaller is named. An earlier stage
// counts only where something speaks of it: who sends completions alone has no starts that are 0.
func (s *search) stageAbove(
	l *searchedLine, later *usage.Known, earlier []programme.Measure,
) (programme.Finding, bool) {
	if later.Rank != usage.Reported {
		return programme.Finding{}, false
	}
	for _, measure := range earlier {
		line := s.other(l, measure)
		if line == nil {
			continue
		}
		before := line.of(later.Period)
		if before.Rank == usage.Reported && before.Spoken && above(later, &before) {
			f := s.finding(programme.FindingStageAboveEarlier, l, later)
			against(&f, before.Value)
			f.AgainstMeasure = measure
			return f, true
		}
	}
	return programme.Finding{}, false
}

// The ratings that a use can have.
const (
	lowestRating  = 1
	highestRating = 5
)

// ratingsOutOfRange finds the periods of a line whose sum of ratings is not from once to five times their count
// (docs/rules.md#findings).
func (s *search) ratingsOutOfRange() []programme.Finding {
	var found []programme.Finding
	s.each(func(l *searchedLine) {
		if l.measure != programme.MeasureRatingSum {
			return
		}
		counts := s.other(l, programme.MeasureRatingCount)
		if counts == nil {
			return
		}
		for _, sum := range s.numbers(l) {
			count := counts.of(sum.Period)
			if sum.Rank != usage.Reported || count.Rank != usage.Reported {
				continue
			}
			if lowestRating*count.Value <= sum.Value && sum.Value <= highestRating*count.Value {
				continue
			}
			f := s.finding(programme.FindingRatingOutOfRange, l, &sum)
			f.Against, f.AgainstMeasure = programme.CountOf(count.Value), programme.MeasureRatingCount
			f.Mean = programme.RateOf(float64(sum.Value), float64(count.Value))
			found = append(found, f)
		}
	})
	return found
}
