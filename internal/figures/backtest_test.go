package figures_test

import (
	"errors"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

func TestABandIsTooNarrowBelowSevenTenths(t *testing.T) {
	for name, test := range map[string]struct {
		held programme.Ratio
		want bool
	}{
		"most held":          {programme.RatioOf(8, 10), false},
		"seven tenths":       {programme.RatioOf(7, 10), false},
		"just less":          {programme.RatioOf(699, 1000), true},
		"none held":          {programme.RatioOf(0, 10), true},
		"nothing was tested": {unknown, false},
	} {
		if got := (&figures.Backtest{Within80: test.held}).TooNarrow(); got != test.want {
			t.Errorf("%s: too narrow is %v, want %v", name, got, test.want)
		}
	}
}

func TestCoverageIsOfTheWiderBand(t *testing.T) {
	tested := figures.Tested(func() (*figures.Backtest, error) {
		return &figures.Backtest{Within50: programme.RatioOf(5, 10), Within80: programme.RatioOf(8, 10)}, nil
	})
	if got, err := tested.Coverage(); err != nil || got != programme.RatioOf(8, 10) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAForecastThatNobodyTestedHasNoCoverage(t *testing.T) {
	if got, err := figures.Tested(nil).Coverage(); err != nil || got != unknown {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestABacktestThatFailsIsAnErrorOfItsCoverage(t *testing.T) {
	fails := errors.New("the store is away")
	tested := figures.Tested(func() (*figures.Backtest, error) { return nil, fails })
	if got, err := tested.Coverage(); !errors.Is(err, fails) || got.Known() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestOnlyTheWiderBandDecidesWhetherItIsTooNarrow(t *testing.T) {
	narrow := &figures.Backtest{Within50: programme.RatioOf(1, 10), Within80: programme.RatioOf(9, 10)}
	if narrow.TooNarrow() {
		t.Errorf("%+v is too narrow", narrow)
	}
}
