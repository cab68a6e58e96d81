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

// InputOf is what a forecast from a date rests on, by what was recorded until a day.
func (k *Knowledge) InputOf(on, known civil.Date, basis figures.Basis) *forecast.Input {
	r := k.reckon(on)
	return r.forecastInput(r.histories, r.scheduleKnown(on, known, r.settings.Rule), on, known, basis)
}
