package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
)

// RecordOf is the record of growth on which a forecast from a date rests.
func (k *Knowledge) RecordOf(on civil.Date, basis figures.Basis) forecast.Record {
	r := k.reckon(on)
	r.series = r.noMonths()
	return r.recordUntil(r.LastEnded(on), r.histories, r.schedule, r.countsThen(r.histories, basis), basis)
}
