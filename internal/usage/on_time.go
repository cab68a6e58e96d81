package usage

import (
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// OnTime reports whether every value stated of a service's measure for a period was there before the deadline.
func (b *Index) OnTime(service int32, measure int, p civil.Period, deadline time.Time) bool {
	for c := range programme.ChannelCount {
		at := b.lineOf[b.slot(service, c, measure)]
		if at == None {
			continue
		}
		said, found := b.Stated[statedKey{at, p.Grain, p.From, p.To}]
		if found && said.rank == IsReported && !said.reported.Before(deadline) {
			return false
		}
	}
	return true
}
