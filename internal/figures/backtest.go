package figures

import (
	"mirsad/internal/civil"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// leastHeld is the share of points that the 80 % band has to have held, at the least, to be relied on.
const leastHeld = 0.7

// TooNarrow reports whether the 80 % band held too seldom for the forecast to be relied on.
func (b *Backtest) TooNarrow() bool { return b.Within80.Known() && b.Within80.Value < leastHeld }

// Backtest is what the forecast would have said at past month ends, beside what was counted then.
type Backtest struct {
	Points   []BacktestPoint   `json:"points"` // by the month forecast from, then by the horizon
	Horizons []BacktestHorizon `json:"horizons"`
	// Within50 and Within80 are the shares of all points inside the bands; not_provided without any.
	Within50 programme.Ratio `json:"within_50"`
	Within80 programme.Ratio `json:"within_80"`
	// Track is what the forecast of the date learns from it; it is in no answer.
	Track *forecast.Track `json:"-"`
}

// BacktestPoint is one forecast of the past.
type BacktestPoint struct {
	From    civil.Month `json:"from"`    // the forecast is made at its end
	Horizon int         `json:"horizon"` // months on
	Month   civil.Month `json:"month"`   // that was forecast
	forecast.Bands
	Counted  int  `json:"counted"` // at the end of the month, as known then
	Within50 bool `json:"within_50"`
	Within80 bool `json:"within_80"`
	// AsKnownThen says that only what was recorded by then was used; otherwise the programme kept no record yet, and
	// what was in effect was used.
	AsKnownThen bool `json:"as_known_then"`
}

// BacktestHorizon is how often the bands held so many months on.
type BacktestHorizon struct {
	Months   int             `json:"months"`
	Points   int             `json:"points"`
	Within50 programme.Ratio `json:"within_50"`
	Within80 programme.Ratio `json:"within_80"`
	// Below and Above are how many of the counts came lower than the 80 % band and higher: the direction of the misses.
	Below int `json:"below"`
	Above int `json:"above"`
}

// BacktestKey names everything that a back-test rests on: while it is the same, so is the back-test, whatever use was
// reported meanwhile.
type BacktestKey string
