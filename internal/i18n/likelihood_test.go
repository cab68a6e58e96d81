package i18n

import (
	"strings"
	"testing"

	"mirsad/internal/programme"
)

// isolates are the marks that keep the direction of an argument: other tests look at them.
var isolates = strings.NewReplacer("\u2066", "", "\u2068", "", "\u2069", "")

func TestAChanceIsAWholePercentageAndItsEndsAreBounds(t *testing.T) {
	for value, want := range map[float64][2]string{
		0: {"<1%", "أقل من 1%"}, 0.009: {"<1%", "أقل من 1%"}, 0.01: {"1%", "1%"}, 0.014: {"1%", "1%"}, 0.015: {"2%", "2%"},
		0.425: {"43%", "43%"}, 0.99: {"99%", "99%"}, 0.991: {">99%", "أكثر من 99%"}, 1: {">99%", "أكثر من 99%"},
	} {
		for i, language := range []Language{English, Arabic} {
			got := load(t).In(language).Chance(programme.Ratio{Value: value, State: programme.Reported})
			if got := isolates.Replace(got); got != want[i] {
				t.Errorf("%v in %s: %q, want %q", value, language, got, want[i])
			}
		}
	}
	if got := load(t).In(English).Chance(programme.Ratio{State: programme.NotProvided}); got != missing {
		t.Errorf("no chance is %q", got)
	}
}

func TestALikelihoodHasAWordAndItsProbability(t *testing.T) {
	words := load(t).In(English)
	if got := words.Likelihood("likely", programme.RatioOf(82, 100)); got != "Likely (82%)" {
		t.Errorf("%q", got)
	}
	if got := words.Likelihood("reached", programme.Ratio{State: programme.NotApplicable}); got != "Reached" {
		t.Errorf("%q", got)
	}
}
