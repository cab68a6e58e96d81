package httpserver

import (
	"fmt"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// measured are the metrics of requests.
type measured struct {
	inFlight prometheus.Gauge
	took     *prometheus.HistogramVec
}

func newMeasured(registry prometheus.Registerer) (*measured, error) {
	m := &measured{
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "mirsad_http_requests_in_flight", Help: "Requests being served.",
		}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "mirsad_http_request_duration_seconds", Help: "Time to serve a request, by route, method and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .3, 1, 3, 10},
		}, []string{"route", "method", "status"}),
	}
	for _, each := range []prometheus.Collector{m.inFlight, m.took} {
		if err := registry.Register(each); err != nil {
			return nil, fmt.Errorf("register request metrics: %w", err)
		}
	}
	return m, nil
}

// methods are those counted by name; a client may send any other word.
var methods = map[string]bool{"GET": true, "HEAD": true, "POST": true, "PUT": true, "DELETE": true}

func (m *measured) observe(method, route string, status int, took time.Duration) {
	if !methods[method] {
		method = "other"
	}
	m.took.WithLabelValues(route, method, strconv.Itoa(status)).Observe(took.Seconds())
}
