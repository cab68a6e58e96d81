package main

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/gather"
	"mirsad/internal/i18n"
	"mirsad/reports"
)

// versionEvery is how long a data version is taken as the newest; with the writer's second and the
// rollup's it keeps what is shown within five seconds of its 202.
const versionEvery = 2 * time.Second

// queries are the parts that only read: the words of both languages, the figures and the workbook.
type queries struct {
	words   *i18n.Bundle
	figures *gather.Figures
	reports *reports.Reports
}

func newQueries(s *store, registry *prometheus.Registry) (*queries, error) {
	words, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	kept, err := gather.New(
		gather.Configuration{Zone: s.zone, VersionEvery: versionEvery},
		gather.Dependencies{Store: s.figures, Now: s.now, Logger: s.log},
	)
	if err != nil {
		return nil, err
	}
	written, err := reports.New(reports.Configuration{}, reports.Dependencies{
		Figures: kept, Anchors: s, Words: words, Logger: s.log, Zone: s.zone, Now: s.now, Registerer: registry,
	})
	if err != nil {
		return nil, err
	}
	return &queries{words: words, figures: kept, reports: written}, nil
}
