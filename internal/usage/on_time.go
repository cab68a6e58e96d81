package usage

import (
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// OnTime reports whether every value stated of a service's measure for a period was there before the deadline.
func (x *Index) OnTime(service ServiceAt, measure programme.MeasureIndex, p civil.Period, deadline time.Time) bool {
	for channel := range programme.ChannelCount {
		at := x.find(Line{service, channel, measure})
		if at == noLine {
			continue
		}
		said, found := x.stated[statedKey{at, p}]
		if found && said.rank == Reported && !said.reported.Before(deadline) {
			return false
		}
	}
	return true
}
