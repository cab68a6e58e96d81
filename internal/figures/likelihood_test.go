package figures_test

import (
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

func TestTheGoalIsAsLikelyAsItsProbabilitySays(t *testing.T) {
	held := programme.RatioOf(60, 100)
	for share, want := range map[float64]figures.Likelihood{
		1: figures.LikelihoodAlmostCertain, 0.95: figures.LikelihoodAlmostCertain, 0.949: figures.LikelihoodLikely,
		0.75: figures.LikelihoodLikely, 0.749: figures.LikelihoodUncertain, 0.251: figures.LikelihoodUncertain,
		0.25: figures.LikelihoodUnlikely, 0.051: figures.LikelihoodUnlikely, 0.05: figures.LikelihoodVeryUnlikely,
		0: figures.LikelihoodVeryUnlikely,
	} {
		p := figures.Progress{Goal: 100, Counted: 99}
		p.Forecast.Probability, p.Forecast.Coverage = programme.Ratio{Value: share, State: programme.Reported}, held
		if got, limited := p.Likelihood(); got != want || limited {
			t.Errorf("%v: %q, limited %v, want %q", share, got, limited, want)
		}
		p.Forecast.Coverage = unknown
		if got, limited := p.Likelihood(); got != want || limited {
			t.Errorf("%v without a back-test: %q, limited %v, want %q", share, got, limited, want)
		}
		p.Counted = 100
		if got, _ := p.Likelihood(); got != figures.LikelihoodReached {
			t.Errorf("%v with the goal reached: %q", share, got)
		}
	}
	none := figures.Progress{Goal: 100, Counted: 99}
	if got, limited := none.Likelihood(); got != "" || limited {
		t.Errorf("without a forecast it is %q", got)
	}
}

// While bands of the past held too few points the surest words are not used, and it is said that this is why.
func TestABackTestThatFailedEndsTheWordsAtLikelyAndUnlikely(t *testing.T) {
	for share, want := range map[float64]struct {
		word    figures.Likelihood
		limited bool
	}{
		1: {figures.LikelihoodLikely, true}, 0.95: {figures.LikelihoodLikely, true}, 0.949: {figures.LikelihoodLikely, false},
		0.5: {figures.LikelihoodUncertain, false}, 0.051: {figures.LikelihoodUnlikely, false},
		0.05: {figures.LikelihoodUnlikely, true}, 0: {figures.LikelihoodUnlikely, true},
	} {
		p := figures.Progress{Goal: 100, Counted: 99}
		p.Forecast.Probability = programme.Ratio{Value: share, State: programme.Reported}
		p.Forecast.Coverage = programme.RatioOf(599, 1000)
		if got, limited := p.Likelihood(); got != want.word || limited != want.limited {
			t.Errorf("%v: %q, limited %v, want %+v", share, got, limited, want)
		}
	}
}

func TestWhatTheGoalTakesWithoutOneKind(t *testing.T) {
	parts := figures.ReachParts{AwaitingVerification: 20, Late: 30, Due: 60}
	got := figures.ReachOf(1000, 900, parts)
	want := figures.Reach{
		Missing: 100, ReachParts: parts,
		AtMost: figures.ReachParts{AwaitingVerification: 990, Late: 980, Due: 950},
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if past := figures.ReachOf(1000, 1001, parts); past.Missing != 0 {
		t.Errorf("past the goal %d are missing", past.Missing)
	}
}
