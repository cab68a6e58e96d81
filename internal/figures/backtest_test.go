package figures_test

import (
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

func TestOnlyTheWiderBandDecidesWhetherItIsTooNarrow(t *testing.T) {
	narrow := &figures.Backtest{Within50: programme.RatioOf(1, 10), Within80: programme.RatioOf(9, 10)}
	if narrow.TooNarrow() {
		t.Errorf("%+v is too narrow", narrow)
	}
}
