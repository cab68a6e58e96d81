package figures

// Tested asks for the back-test on which a forecast rests; none means that the forecast has no coverage.
type Tested func() (*Backtest, error)
