package programme_test

import (
	"testing"

	"mirsad/internal/programme"
)

// A finding is worded by its kind, and by what is not known of it.
func TestTheWordingOfAFinding(t *testing.T) {
	known, rate := programme.CountOf(1), programme.RatioOf(1, 2)
	for want, f := range map[string]programme.Finding{
		"level_without_use":              {Kind: programme.FindingLevelWithoutUse, Completed: known},
		"level_without_use.not_provided": {Kind: programme.FindingLevelWithoutUse, Difference: rate, Mean: rate},
		"statement_differs":              {Kind: programme.FindingStatementDiffers, Difference: rate},
		"statement_differs.from_zero":    {Kind: programme.FindingStatementDiffers, Completed: known, Mean: rate},
		"rating_out_of_range":            {Kind: programme.FindingRatingOutOfRange, Mean: rate},
		"rating_out_of_range.no_ratings": {Kind: programme.FindingRatingOutOfRange, Completed: known, Difference: rate},
		"whole_differs":                  {Kind: programme.FindingWholeDiffers, Open: true},
		"whole_differs.incomplete":       {Kind: programme.FindingWholeDiffers, Incomplete: true},
		"gap":                            {Kind: programme.FindingGap, Incomplete: true},
		"gap.open":                       {Kind: programme.FindingGap, Open: true},
		"far_from_usual":                 {Kind: programme.FindingFarFromUsual, Open: true, Incomplete: true},
	} {
		for _, unknown := range []*programme.Ratio{&f.Difference, &f.Mean} {
			if *unknown == (programme.Ratio{}) {
				unknown.State = programme.NotProvided
			}
		}
		if f.Completed == (programme.Count{}) {
			f.Completed.State = programme.NotProvided
		}
		if got := f.Wording(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
