package accounttest

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/audit"
	"mirsad/internal/guard"
	"mirsad/internal/route"
)

// Password is everybody's.
const Password = "correct horse battery"

// Site is routes behind the guard and behind what finds out who makes a request.
type Site struct {
	T       *testing.T
	Clock   *Clock
	Store   *Memory // nil: the real engine
	Audit   *audit.Recorder
	Metrics *prometheus.Registry // of the audit record
	// Who finds out who makes a request.
	Who     func(http.Handler) http.Handler
	Handler http.Handler

	told int // audit rows that Refusals has returned
}

// New returns a site without routes, whose audit record is not started: it writes when it settles.
func New(t *testing.T, store audit.Store, clock *Clock, cfg audit.Configuration) *Site {
	t.Helper()
	s := &Site{T: t, Clock: clock, Metrics: prometheus.NewRegistry()}
	s.Store, _ = store.(*Memory)
	cfg.Operator = "operator/test"
	var err error
	s.Audit, err = audit.New(cfg, audit.Dependencies{
		Store: store, Logger: slog.New(slog.DiscardHandler), Now: clock.Now, Registerer: s.Metrics,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Guarded serves routes as a site does: behind who makes a request, and the guard.
func (s *Site) Guarded(cfg guard.Configuration, routes ...[]route.Route) http.Handler {
	s.T.Helper()
	registry, err := route.NewRegistry(route.Problems{}, routes...)
	if err != nil {
		s.T.Fatal(err)
	}
	guarded, err := guard.New(cfg, guard.Dependencies{Routes: registry, Audit: s.Audit, Now: s.Clock.Now})
	if err != nil {
		s.T.Fatal(err)
	}
	return s.Who(guarded.Handler())
}

// With is the same site with another handler.
func (s *Site) With(handler http.Handler) *Site {
	other := *s
	other.Handler = handler
	return &other
}

// Settled returns everything written down so far.
func (s *Site) Settled() []audit.Row {
	s.T.Helper()
	s.Audit.Settle(s.T.Context())
	return s.Store.Written()
}

// Refusals returns the audit's refused rows since the last call, as action, object and reason.
func (s *Site) Refusals() string {
	s.T.Helper()
	var refused []string
	rows := s.Settled()
	for _, row := range rows[s.told:] {
		if row.Outcome == audit.Refused {
			refused = append(refused, string(row.Action)+" "+row.Object+" "+row.Reason)
		}
	}
	s.told = len(rows)
	return strings.Join(refused, "; ")
}
