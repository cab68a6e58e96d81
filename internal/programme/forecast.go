package programme

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

// Bands are percentiles of a forecast count: half of the futures end between P25 and P75, four of five between P10 and
// P90.
type Bands struct {
	P10 Count `json:"p10"`
	P25 Count `json:"p25"`
	P50 Count `json:"p50"`
	P75 Count `json:"p75"`
	P90 Count `json:"p90"`
}

// bandsIn is bands without values.
func bandsIn(state State) Bands {
	none := Count{State: state}
	return Bands{P10: none, P25: none, P50: none, P75: none, P90: none}
}

// bands returns the percentiles of the draws at a point.
func (d *drawn) bands(point int) Bands {
	at := func(share float64) Count { return CountOf(d.percentile(point, share)) }
	return Bands{P10: at(.10), P25: at(.25), P50: at(.50), P75: at(.75), P90: at(.90)}
}

// noForecast is a forecast without values, with the reason why.
func noForecast(method string, state State) Forecast {
	return Forecast{
		Bands: bandsIn(state), Probability: Ratio{State: state}, Coverage: Ratio{State: NotProvided}, Method: method,
	}
}

// predict forecasts the count on one basis, at the end of each month up to the target date.
func (r *reckoning) predict(o *outlook, counted int) (Forecast, map[Month]Bands) {
	o.counted = counted
	forecast := noForecast(MethodTooLittleHistory, NotProvided)
	switch {
	case r.settings.TargetOn <= r.on:
		forecast = noForecast(MethodTargetPassed, NotApplicable)
	case o.finished >= leastFinished:
		return r.forecastBands(o)
	}
	forecast.Open, forecast.Finished = len(o.open), o.finished
	return forecast, nil
}

func (r *reckoning) forecastBands(o *outlook) (Forecast, map[Month]Bands) {
	first := r.on.Month()
	target := r.settings.TargetOn.Month()
	if r.on >= first.Last() {
		first++
	}
	for m := first; m <= target && len(o.points) < longestForecast-1; m++ {
		if m == target {
			break
		}
		o.points = append(o.points, m.Last())
	}
	o.points = append(o.points, r.settings.TargetOn)
	d := o.draw(forecastDraws, uint64(r.on.Month())) //nolint:gosec // months are positive
	byMonth := map[Month]Bands{}
	for i, day := range o.points {
		byMonth[day.Month()] = d.bands(i)
	}
	// On's own month stands for on itself, where the count is known.
	now := CountOf(o.counted)
	byMonth[r.on.Month()] = Bands{P10: now, P25: now, P50: now, P75: now, P90: now}
	last := len(o.points) - 1
	return Forecast{
		Bands: d.bands(last), Probability: d.reaching(last, r.settings.Goal), Coverage: Ratio{State: NotProvided},
		Method: MethodMonteCarlo, Open: len(o.open), Finished: o.finished,
	}, byMonth
}
