package forecast

import (
	"math"

	"mirsad/internal/civil"
)

// Track is how the forecasts of past month ends did: what the forecasters of the pool are weighted by, and the scale of
// its bands. Only what had come true by a month is looked at in it.
type Track struct{ trials []trial }

// trial is one forecast of the past and what came of it.
type trial struct {
	months int         // ahead
	came   civil.Month // that was forecast
	// scores are the forecasters' CRPS.
	scores [forecasters]float64
	// distance is from the median to what came, in half-widths of the pool's 80 % band on that side, before the scale.
	distance float64
	held     bool // by the 80 % band as it was given
}

// TrialDraws is how many futures each forecaster draws for a past month end: enough for percentiles of a back-test.
const TrialDraws = 250

// Try forecasts from a past month end with what the track knew then, and notes how that did: came holds the count at
// the end of each month after it.
func (t *Track) Try(in *Input, seed uint64, came []int) *Sample {
	sample, each := t.draw(in, TrialDraws, seed)
	for i, count := range came {
		tried := trial{months: i + 1, came: in.Points[i].Month(), distance: sample.distance(i, count)}
		b := sample.Bands(i)
		tried.held = b.P10.Value <= int64(count) && int64(count) <= b.P90.Value
		for j := range each {
			tried.scores[j] = crps(each[j][i], count-in.Counted)
		}
		t.trials = append(t.trials, tried)
	}
	return sample
}

// Draws is how many futures of each forecaster a forecast draws (docs/rules.md#draws).
const Draws = 2000

// Draw draws so many futures of each forecaster. The same input, seed and track give the same sample. Without a track
// all weigh the same.
func (t *Track) Draw(in *Input, draws int, seed uint64) *Sample {
	sample, _ := t.draw(in, draws, seed)
	return sample
}

func (t *Track) draw(in *Input, draws int, seed uint64) (*Sample, [forecasters]futures) {
	on := in.Record.last()
	each := in.drawEach(draws, seed)
	for j := range each {
		each[j].sort()
	}
	return &Sample{counts: pool(in.Counted, &each, t.weightsAt(on)), Scale: t.ScaleAt(on)}, each
}

// How past scores become weights: what came so many months ago weighs half, and none falls below a least weight.
const (
	scoreHalves  = 9
	scoreOffset  = .5 // services: differences below it say little
	scoreTrust   = 3
	weightSteep  = 3
	leastWeight  = .1
	scoredMonths = 1<<1 | 1<<2 | 1<<3 | 1<<4 | 1<<6 | 1<<9 | 1<<12
)

// weightsAt weights the forecasters by their past scores: exponential weights, as of experts (Cesa-Bianchi and Lugosi,
// Prediction, Learning, and Games, 2006, chapter 2).
func (t *Track) weightsAt(on civil.Month) [forecasters]float64 {
	var loss [forecasters]float64
	total := 0.0
	for i := range t.trialsOrNone() {
		tried := &t.trials[i]
		if tried.came > on || scoredMonths>>tried.months&1 == 0 {
			continue
		}
		mean := scoreOffset
		for _, score := range tried.scores {
			mean += score / forecasters
		}
		w := math.Exp2(-float64(on-tried.came)/scoreHalves) / math.Sqrt(float64(tried.months))
		for j, score := range tried.scores {
			loss[j] += w * (score + scoreOffset) / mean
		}
		total += w
	}
	var weights [forecasters]float64
	for j := range weights {
		weights[j] = 1
		if total > 0 {
			weights[j] = math.Exp(-weightSteep * (loss[j]/total - 1) * total / (total + scoreTrust))
		}
	}
	return normal(atLeast(normal(weights)))
}

func (t *Track) trialsOrNone() []trial {
	if t == nil {
		return nil
	}
	return t.trials
}

func atLeast(weights [forecasters]float64) [forecasters]float64 {
	for j := range weights {
		weights[j] = max(weights[j], leastWeight)
	}
	return weights
}

// normal makes weights sum to 1.
func normal(weights [forecasters]float64) [forecasters]float64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for j := range weights {
		weights[j] /= sum
	}
	return weights
}
