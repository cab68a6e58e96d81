package reckon

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// WhatIf forecasts the count with and without a scenario. An entity that the programme does not know is a FaultsError.
// The back-test is of the verified basis only, so it is not used for another.
func (k *Knowledge) WhatIf(
	on civil.Date, basis figures.Basis, scenario figures.Scenario, tested figures.Tested,
) (*figures.WhatIf, error) {
	var found programme.Faults
	for _, shift := range scenario {
		if shift.Kind != figures.ShiftLevel && k.FindEntity(shift.Of) == catalogue.NoEntity {
			found.Add("shift", "unknown_code", "value", shift.Of)
		}
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	r := k.reckon(on)
	counted := r.now.tally(basis).counted.Total()
	r.series = r.noMonths()
	b, err := r.resultOf(tested)
	if err != nil {
		return nil, err
	}
	before, after := r.inputNow(basis), r.inputNow(basis)
	what := &figures.WhatIf{Scenario: scenario, Moved: r.shift(after, scenario)}
	what.Before = r.side(before, counted, b.Track)
	what.After = r.side(after, counted, b.Track)
	if basis != figures.Verified {
		return what, nil
	}
	what.Before.Coverage, what.After.Coverage = b.Within80, b.Within80
	return what, nil
}

// shift moves the milestones of a forecast that are still to go live, and returns how many.
func (r *reckoning) shift(input *forecast.Input, scenario figures.Scenario) int {
	milestones := map[string]*figures.MilestoneFigures{}
	list := r.milestoneFigures()
	for i := range list {
		milestones[list[i].Service] = &list[i]
	}
	var moved int
	for i := range input.Open {
		m := milestones[r.Services[input.Open[i].Service].Code]
		if m == nil || !input.Open[i].Live.IsZero() {
			continue
		}
		input.Open[i].Shift = scenario.Moves(m)
		moved += one(input.Open[i].Shift != 0)
	}
	return moved
}

func (r *reckoning) side(input *forecast.Input, counted int, track *forecast.Track) figures.WhatIfSide {
	forecast, byMonth := r.predict(input, counted, track)
	side := figures.WhatIfSide{Forecast: forecast, Months: []figures.BandMonth{}}
	for m := r.on.Month(); m <= r.settings.TargetOn.Month(); m++ {
		if bands, found := byMonth[m]; found {
			side.Months = append(side.Months, figures.BandMonth{Month: m, Bands: bands})
		}
	}
	return side
}
