package figures

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// MonthLine is one service on one channel, with its totals of a month.
type MonthLine struct {
	Service string
	Channel programme.Channel
	Totals  []usage.MeasuredTotal
}

// MonthTotals is what is recorded of an entity's use in a month, one line for each of its services' channels.
type MonthTotals struct {
	Entity string
	Month  civil.Month
	Lines  []MonthLine // by service and channel
}
