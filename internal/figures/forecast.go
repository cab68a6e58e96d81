package figures

import (
	"mirsad/internal/civil"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// Methods of a forecast, worded by i18n: forecast.method.<code>.
const (
	// MethodMonteCarlo draws each open milestone's delay from its entity's history, shrunk to the programme's.
	MethodMonteCarlo = "monte_carlo"
	// MethodTooLittleHistory says that fewer than 12 milestones are finished.
	MethodTooLittleHistory = "too_little_history"
	// MethodTargetPassed says that the target date is not in the future.
	MethodTargetPassed = "target_passed"
)

// leastFinished is the least number of finished milestones that a forecast rests on (docs/rules.md#what-is-forecast).
const leastFinished = 12

// longestForecast bounds the months forecast, whatever the target date is: ten years.
const longestForecast = 120

// noForecast is a forecast without values, with the reason why.
func noForecast(method string, state programme.State) Forecast {
	return Forecast{
		Bands:       forecast.BandsIn(state),
		Probability: programme.Ratio{State: state},
		Coverage:    programme.Ratio{State: programme.NotProvided},
		Method:      method,
	}
}

// predict forecasts the count on one basis, at the end of each month up to the target date.
func (r *reckoning) predict(input *forecast.Input, counted int) (Forecast, map[civil.Month]forecast.Bands) {
	input.Counted = counted
	forecast := noForecast(MethodTooLittleHistory, programme.NotProvided)
	switch {
	case r.settings.TargetOn <= r.on:
		forecast = noForecast(MethodTargetPassed, programme.NotApplicable)
	case input.Finished >= leastFinished:
		return r.forecastBands(input)
	}
	forecast.Open, forecast.Finished = len(input.Open), input.Finished
	return forecast, nil
}

func (r *reckoning) forecastBands(input *forecast.Input) (Forecast, map[civil.Month]forecast.Bands) {
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
	sample := input.Draw(forecast.Draws, uint64(r.on.Month())) //nolint:gosec // months are positive
	byMonth := map[civil.Month]forecast.Bands{}
	for i, day := range input.Points {
		byMonth[day.Month()] = sample.Bands(i)
	}
	// On's own month stands for on itself, where the count is known.
	now := programme.CountOf(input.Counted)
	byMonth[r.on.Month()] = forecast.Bands{P10: now, P25: now, P50: now, P75: now, P90: now}
	last := len(input.Points) - 1
	return Forecast{
		Bands:       sample.Bands(last),
		Probability: sample.Reaching(last, r.settings.Goal),
		Coverage:    programme.Ratio{State: programme.NotProvided},
		Method:      MethodMonteCarlo,
		Open:        len(input.Open),
		Finished:    input.Finished,
	}, byMonth
}
