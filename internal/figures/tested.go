package figures

// Tested asks for the back-test on which a forecast rests; none means that it is to be worked
// out with it.
type Tested func() (*Backtest, error)
