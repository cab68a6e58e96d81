package ingest

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/ingest/owners"
	"mirsad/ingest/spool"
	"mirsad/internal/programme"
)

// metrics are what the ingestion publishes of itself.
type metrics struct {
	accepted      prometheus.Counter
	refused       *prometheus.CounterVec
	bodies        *prometheus.CounterVec
	retries       prometheus.Counter
	chunkRows     prometheus.Histogram
	chunkSeconds  prometheus.Histogram
	rollupSlices  prometheus.Counter
	rollupSeconds prometheus.Histogram
	visible       prometheus.Histogram
	operator      *prometheus.GaugeVec
	drift         prometheus.Gauge
}

// beginAtZero names what may happen before it does: an increase from nothing is no increase to an alert.
func (m *metrics) beginAtZero() {
	for _, code := range programme.RefusalCodes() {
		m.refused.WithLabelValues(string(code))
	}
	for _, status := range []string{"202", "429", "503"} {
		m.bodies.WithLabelValues(status)
	}
	for _, doing := range []string{doingWrite, doingRollup} {
		m.operator.WithLabelValues(doing)
	}
}

// What the store is asked for, in the metric that shows whether an operator is needed.
const (
	doingWrite  = "write"
	doingRollup = "rollup"
)

// operatorNeeded records whether the last attempt failed in a way that does not pass by waiting.
func (m *metrics) operatorNeeded(doing string, err error) {
	needed := 0.0
	if errors.Is(err, programme.ErrOperator) {
		needed = 1
	}
	m.operator.WithLabelValues(doing).Set(needed)
}

func newMetrics(registerer prometheus.Registerer, s *spool.Spool, now func() time.Time) (*metrics, error) {
	m := &metrics{
		accepted: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "mirsad_ingest_accepted_rows_total", Help: "Rows accepted and on disk in the spool.",
		}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "mirsad_ingest_refused_rows_total", Help: "Rows refused, by code.",
		}, []string{"code"}),
		bodies: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "mirsad_ingest_bodies_total", Help: "Bodies answered, by HTTP status.",
		}, []string{"status"}),
		retries: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "mirsad_ingest_store_retries_total", Help: "Writes to the store that failed and were tried again.",
		}),
		chunkRows: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "mirsad_ingest_chunk_rows", Help: "Rows of the chunks written to the store.",
			Buckets: prometheus.ExponentialBuckets(1, 10, 6),
		}),
		chunkSeconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "mirsad_ingest_chunk_seconds", Help: "Time from taking a chunk to deleting it from the spool.",
			Buckets: prometheus.ExponentialBuckets(0.01, 2, 14),
		}),
		rollupSlices: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "mirsad_rollup_slices_total", Help: "Slices recomputed.",
		}),
		rollupSeconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "mirsad_rollup_seconds", Help: "Time of a recomputation that found dirty slices.",
			Buckets: prometheus.ExponentialBuckets(0.01, 2, 14),
		}),
		visible: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "mirsad_ingest_visible_seconds",
			Help:    "Time from the answer to a chunk's oldest row until it is in the rollups that figures read.",
			Buckets: []float64{0.5, 1, 2, 3, 4, 5, 7, 10, 20, 60, 300, 1800, 7200},
		}),
		operator: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "mirsad_store_operator_needed",
			Help: "1 while the store refuses for a reason that waiting does not mend: rights, tables, disk.",
		}, []string{"doing"}),
		drift: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "mirsad_rollup_drift_slices",
			Help: "Slices of the last days whose rollup differs from their raw events at the last check; " +
				"0 when all is well.",
		}),
	}
	m.beginAtZero()
	for _, collector := range append(spoolGauges(s, now),
		m.accepted, m.refused, m.bodies, m.retries, m.chunkRows, m.chunkSeconds, m.rollupSlices, m.rollupSeconds,
		m.visible, m.operator, m.drift) {
		if err := registerer.Register(collector); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func spoolGauges(s *spool.Spool, now func() time.Time) []prometheus.Collector {
	return []prometheus.Collector{
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "mirsad_spool_rows", Help: "Rows in the spool that are not in the store yet.",
		}, func() float64 { return float64(s.Depth().Rows) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "mirsad_spool_bytes", Help: "Bytes in the spool that are not in the store yet.",
		}, func() float64 { return float64(s.Depth().Bytes) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "mirsad_spool_age_seconds",
			Help: "How long the oldest row has been in the spool; 0 when it is empty.",
		}, func() float64 { return ageOf(s.Depth(), now).Seconds() }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "mirsad_spool_missing_rows",
			Help: "Rows that were acknowledged and lost because the spool's log is damaged; 0 when all is well.",
		}, func() float64 { return float64(s.MissingRows()) }),
	}
}

// ageOf returns how long the oldest row has waited; 0 when none waits.
func ageOf(depth spool.Depth, now func() time.Time) time.Duration {
	if depth.Oldest.IsZero() {
		return 0
	}
	return max(now().Sub(depth.Oldest), 0)
}

// catalogueAge shows how old the catalogue is that events are decided by.
func catalogueAge(c *owners.Catalogue) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "mirsad_catalogue_age_seconds",
		Help: "How long ago the catalogue was read that events are decided by; high before the first reading.",
	}, func() float64 { return c.Age().Seconds() })
}

// rollupLag shows how far the rollups are behind the store.
func rollupLag(r *rollup) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "mirsad_rollup_lag_seconds",
		Help: "How long the oldest row has waited that is in the store and not in the rollups; 0 when none waits.",
	}, func() float64 { return r.lag().Seconds() })
}
