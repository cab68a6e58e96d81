package main

import (
	"context"
	"fmt"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/programme"
)

// takesEvents returns why events can't be taken now; nil: they can, whatever the database does.
func (s *service) takesEvents(ctx context.Context) error {
	if !s.tokens.Known() {
		return fmt.Errorf("%w: tokens were not read for an hour", programme.ErrUnavailable)
	}
	return s.ingest.Check(ctx)
}

// gauges show how old that is what requests are decided by, and how the engine fares; their sources are made later.
func (s *service) gauges() []prometheus.Collector {
	gauge := func(name, help string, read func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, read)
	}
	return []prometheus.Collector{
		gauge("mirsad_settings_age_seconds", "How long ago the programme's settings were read.",
			func() float64 { return s.inForce.Age().Seconds() }),
		gauge("mirsad_tokens_age_seconds", "How long ago the tokens were read; after an hour none is accepted.",
			func() float64 { return s.tokens.Age().Seconds() }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "mirsad_engine_restarts_total", Help: "How often the embedded engine died or hung and was started anew.",
		}, func() float64 {
			if s.store.engine == nil {
				return 0
			}
			return float64(s.store.engine.Restarts())
		}),
	}
}
