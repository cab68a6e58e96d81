package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// leastFinished is the least number of finished milestones that a forecast rests on (docs/rules.md#what-is-forecast).
const leastFinished = 12

// longestForecast bounds the months forecast, whatever the target date is: ten years.
const longestForecast = 120

// noForecast is a forecast without values, with the reason why.
func noForecast(method string, state programme.State) figures.Forecast {
	return figures.Forecast{
		Bands:       forecast.BandsIn(state),
		Probability: programme.Ratio{State: state},
		Coverage:    programme.Ratio{State: programme.NotProvided},
		Scale:       programme.Ratio{State: state},
		Method:      method,
	}
}

// foresee adds the forecast to the progress on one basis, given how such forecasts did. Only those of the verified basis
// are back-tested; the claimed basis has their weights and scale.
func (r *reckoning) foresee(p *figures.Progress, track *forecast.Track) {
	input := r.inputNow(p.Basis)
	var bands map[civil.Month]forecast.Bands
	p.Forecast, bands = r.predict(input, p.Counted, track)
	for i := range p.Series {
		if band, found := bands[p.Series[i].Month]; found {
			p.Series[i].Forecast = band
		}
	}
}

// inputNow gathers what the reckoning's date knows.
func (r *reckoning) inputNow(basis figures.Basis) *forecast.Input {
	input := r.forecastInput(r.histories, r.schedule, r.on, civil.Never, basis)
	if r.settings.TargetOn > r.on && input.Finished >= leastFinished {
		counts := r.countsThen(r.histories, basis)
		input.Record = r.recordUntil(r.LastEnded(r.on), r.histories, r.schedule, counts, basis)
	}
	return input
}

// predict forecasts the count on one basis, at the end of each month up to the target date.
func (r *reckoning) predict(
	input *forecast.Input, counted int, track *forecast.Track,
) (figures.Forecast, map[civil.Month]forecast.Bands) {
	input.Counted = counted
	forecast := noForecast(figures.MethodTooLittleHistory, programme.NotProvided)
	switch {
	case r.settings.TargetOn <= r.on:
		forecast = noForecast(figures.MethodTargetPassed, programme.NotApplicable)
	case input.Finished >= leastFinished:
		return r.forecastBands(input, track)
	}
	forecast.Open, forecast.Finished = len(input.Open), input.Finished
	return forecast, nil
}

func (r *reckoning) forecastBands(
	input *forecast.Input, track *forecast.Track,
) (figures.Forecast, map[civil.Month]forecast.Bands) {
	first := r.on.Month()
	target := r.settings.TargetOn.Month()
	if r.on >= first.Last() {
		first++
	}
	for m := first; m <= target && len(input.Points) < longestForecast-1; m++ {
		if m == target {
			break
		}
		input.Points = append(input.Points, m.Last())
	}
	input.Points = append(input.Points, r.settings.TargetOn)
	sample := track.Draw(input, forecast.Draws, uint64(r.on.Month())) //nolint:gosec // months are positive
	byMonth := map[civil.Month]forecast.Bands{}
	for i, day := range input.Points {
		byMonth[day.Month()] = sample.Bands(i)
	}
	// On's own month has the count on that day, which is known.
	now := programme.CountOf(input.Counted)
	byMonth[r.on.Month()] = forecast.Bands{P10: now, P25: now, P50: now, P75: now, P90: now}
	last := len(input.Points) - 1
	return figures.Forecast{
		Bands:       sample.Bands(last),
		Probability: sample.Reaching(last, r.settings.Goal),
		Coverage:    programme.Ratio{State: programme.NotProvided},
		Scale:       programme.RatioOf(sample.Scale.Band80, 1),
		Widened:     sample.Scale.Widened,
		Method:      figures.MethodMonteCarlo,
		Open:        len(input.Open),
		Finished:    input.Finished,
	}, byMonth
}
