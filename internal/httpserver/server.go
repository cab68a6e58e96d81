// Package httpserver runs the program's HTTP listeners: it gives every request
// an id, a log line, metrics, security headers and, when something fails, a
// problem (RFC 9457) in two languages. What is served comes in as mounts.
package httpserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"mirsad/internal/programme"
)

// Configuration sets where and how the server listens; a zero time takes the default beside it.
type Configuration struct {
	// Listen is host:port of pages and API; port 0 takes a free one, see Address.
	Listen string
	// MetricsListen is host:port of /metrics; empty: none.
	MetricsListen string
	// BaseURL is the address under which people reach the program; empty: the listen address.
	BaseURL string
	// TrustedProxies are the networks (CIDR) whose X-Forwarded-For is believed; none: the peer is the client.
	TrustedProxies []string

	ReadHeaderTimeout time.Duration // 5 s
	ReadTimeout       time.Duration // 1 min, for the largest body on a slow line
	WriteTimeout      time.Duration // 2 min
	IdleTimeout       time.Duration // 2 min
	// RequestsPerSecond is how many requests one address may make, counted over ten seconds; 0: 200. Events, files that
	// everybody gets and the state of health are not counted: an agency's events have the budget of their token.
	RequestsPerSecond int
	// SignInsPerMinute is how often one address may try to sign in; 0: 20.
	SignInsPerMinute int
}

// Mount is a handler at a pattern of net/http's ServeMux.
type Mount struct {
	Pattern string
	Handler http.Handler
}

// Dependencies are what the server needs.
type Dependencies struct {
	Handlers []Mount
	Registry *prometheus.Registry
	Logger   *slog.Logger
	Now      func() time.Time
	// Ready returns why the program can't take events now; nil: it can. It does not ask the database.
	Ready func(context.Context) error
}

// Server is the program's two HTTP listeners.
type Server struct {
	configuration Configuration
	dependencies  Dependencies

	main     *http.Server
	metrics  *http.Server
	listener net.Listener
	measured net.Listener
	failed   chan error
}

const (
	maxHeaderBytes     = 32 << 10
	defaultSignIns     = 20
	defaultRequests    = 200
	defaultHeaderWait  = 5 * time.Second
	defaultReadWait    = time.Minute
	defaultWriteWait   = 2 * time.Minute
	defaultIdleWait    = 2 * time.Minute
	metricsServingWait = 30 * time.Second
)

// New prepares both listeners; a pattern given twice or a bad network is ErrInvalid.
func New(cfg Configuration, deps Dependencies) (*Server, error) {
	if deps.Registry == nil || deps.Logger == nil || deps.Now == nil {
		return nil, fmt.Errorf("%w: the server needs a registry, a logger and a clock", programme.ErrInvalid)
	}
	s := &Server{configuration: withDefaults(cfg), dependencies: deps, failed: make(chan error, 2)}
	handler, err := s.chain()
	if err != nil {
		return nil, err
	}
	s.main = s.serverOf(handler)
	metrics := http.NewServeMux()
	metrics.Handle("GET /metrics", promhttp.HandlerFor(deps.Registry, promhttp.HandlerOpts{Registry: deps.Registry}))
	s.metrics = s.serverOf(metrics)
	s.metrics.WriteTimeout = metricsServingWait
	return s, nil
}

func withDefaults(cfg Configuration) Configuration {
	for _, each := range []struct {
		set      *time.Duration
		standard time.Duration
	}{
		{&cfg.ReadHeaderTimeout, defaultHeaderWait},
		{&cfg.ReadTimeout, defaultReadWait},
		{&cfg.WriteTimeout, defaultWriteWait},
		{&cfg.IdleTimeout, defaultIdleWait},
	} {
		if *each.set == 0 {
			*each.set = each.standard
		}
	}
	if cfg.RequestsPerSecond == 0 {
		cfg.RequestsPerSecond = defaultRequests
	}
	if cfg.SignInsPerMinute == 0 {
		cfg.SignInsPerMinute = defaultSignIns
	}
	return cfg
}

func (s *Server) serverOf(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: s.configuration.ReadHeaderTimeout,
		ReadTimeout:       s.configuration.ReadTimeout,
		WriteTimeout:      s.configuration.WriteTimeout,
		IdleTimeout:       s.configuration.IdleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.dependencies.Logger.Handler(), slog.LevelDebug),
	}
}

// Start opens both listeners and serves; when the second can't be opened the first is closed again.
func (s *Server) Start(ctx context.Context) error {
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", s.configuration.Listen)
	if err != nil {
		return fmt.Errorf("listen for pages and API: %w", err)
	}
	if s.configuration.MetricsListen != "" {
		s.measured, err = listen.Listen(ctx, "tcp", s.configuration.MetricsListen)
		if err != nil {
			return errors.Join(fmt.Errorf("listen for metrics: %w", err), listener.Close())
		}
		go s.serve(s.metrics, s.measured)
	}
	s.listener = listener
	go s.serve(s.main, listener)
	s.dependencies.Logger.InfoContext(
		ctx, "listening", slog.String("address", s.Address()), slog.String("metrics", s.MetricsAddress()),
	)
	return nil
}

func (s *Server) serve(server *http.Server, listener net.Listener) {
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		s.failed <- fmt.Errorf("serve %s: %w", listener.Addr(), err)
	}
}

// Failed receives the error that ended a listener outside Stop.
func (s *Server) Failed() <-chan error { return s.failed }

// Stop takes no new request, waits for those under way until the context ends, then closes what is left.
func (s *Server) Stop(ctx context.Context) error {
	err := shutdown(ctx, s.main)
	return errors.Join(err, shutdown(ctx, s.metrics))
}

func shutdown(ctx context.Context, server *http.Server) error {
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("stop listening: %w", err), server.Close())
	}
	return nil
}

// Address returns the real host:port of pages and API once started; "" before.
func (s *Server) Address() string { return addressOf(s.listener) }

// MetricsAddress returns the real host:port of /metrics once started; "" when there is none.
func (s *Server) MetricsAddress() string { return addressOf(s.measured) }

func addressOf(listener net.Listener) string {
	if listener == nil {
		return ""
	}
	return listener.Addr().String()
}

// secure reports whether people reach the program over TLS.
func (s *Server) secure() bool { return strings.HasPrefix(s.configuration.BaseURL, "https://") }
