package httpserver

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"mirsad/internal/programme"
)

// request is what becomes known of a request while it is handled, for its log line and metrics.
type request struct {
	reference string
	route     string
	actor     string
	err       error
	stack     string
}

type requestKey struct{}

func requestFrom(ctx context.Context) *request {
	known, _ := ctx.Value(requestKey{}).(*request)
	return known
}

// Reference returns the id of the request, which its log line carries; "" outside a request.
func Reference(ctx context.Context) string {
	if known := requestFrom(ctx); known != nil {
		return known.reference
	}
	return ""
}

// NameRoute says which route serves the request, so that metrics count routes and not paths.
func NameRoute(ctx context.Context, route string) {
	if known := requestFrom(ctx); known != nil {
		known.route = route
	}
}

// NameActor says who makes the request, for its log line.
func NameActor(ctx context.Context, actor string) {
	if known := requestFrom(ctx); known != nil {
		known.actor = actor
	}
}

// NoteError keeps an error for the request's one log line; WriteProblem does so itself.
func NoteError(ctx context.Context, err error) {
	if known := requestFrom(ctx); known != nil {
		known.err = err
	}
}

func newReference() string {
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails
	return hex.EncodeToString(random[:])
}

// recorded gives the request its id and, at its end, one log line and its metrics.
func (s *Server) recorded(m *measured, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.dependencies.Now()
		w.Header().Set("Date", began.UTC().Format(http.TimeFormat)) // else it would be the machine's clock
		known := &request{reference: newReference()}
		w.Header().Set("X-Request-Id", known.reference)
		answer := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		inner := r.WithContext(context.WithValue(r.Context(), requestKey{}, known))
		m.inFlight.Inc()
		defer m.inFlight.Dec()

		next.ServeHTTP(answer, inner)

		status := answer.Status()
		if status == 0 {
			status = http.StatusOK // nothing was written, which net/http sends as 200
		}
		if known.route == "" {
			known.route = "other"
		}
		took := s.dependencies.Now().Sub(began)
		m.observe(r.Method, known.route, status, took)
		s.log(r, known, status, answer.BytesWritten(), took)
	})
}

// log writes the request's one line.
func (s *Server) log(r *http.Request, known *request, status, written int, took time.Duration) {
	level := levelOf(r.URL.Path, status)
	if errors.Is(known.err, programme.ErrBusy) {
		level = slog.LevelWarn // it asked for more than goes, which is no fault of the program's
	}
	if !s.dependencies.Logger.Enabled(r.Context(), level) {
		return
	}
	attributes := []slog.Attr{
		slog.String("request_id", known.reference),
		slog.String("method", r.Method),
		slog.String("path", bounded(ShownPath(r.URL.Path))),
		slog.String("route", known.route),
		slog.Int("status", status),
		slog.Int("bytes", written),
		slog.Duration("took", took),
		slog.String("actor", known.actor),
	}
	if known.err != nil {
		attributes = append(attributes, slog.String("error", bounded(known.err.Error())))
	}
	if known.stack != "" {
		attributes = append(attributes, slog.String("stack", known.stack))
	}
	s.dependencies.Logger.LogAttrs(r.Context(), level, "request", attributes...)
}

// longestText is the most that a log line or an answer says of one error or address, in bytes.
const longestText = 4 << 10

// bounded cuts a text that may hold what was sent.
func bounded(text string) string {
	if len(text) <= longestText {
		return text
	}
	return strings.ToValidUTF8(text[:longestText], "") + "…"
}

// BoundAttribute cuts long texts and errors of a log line, whoever writes it; it is slog's ReplaceAttr.
func BoundAttribute(_ []string, attribute slog.Attr) slog.Attr {
	switch value := attribute.Value.Any().(type) {
	case string:
		if len(value) > longestText && attribute.Key != "stack" {
			attribute.Value = slog.StringValue(bounded(value))
		}
	case error:
		attribute.Value = slog.StringValue(bounded(value.Error()))
	}
	return attribute
}

// levelOf keeps what comes many times a second out of the log unless something is wrong.
func levelOf(path string, status int) slog.Level {
	switch {
	case status >= http.StatusInternalServerError:
		return slog.LevelError
	case quiet(path):
		return slog.LevelDebug
	default:
		return slog.LevelInfo
	}
}

// recovered turns a panic into a problem whose reference finds the stack in the log.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault == http.ErrAbortHandler { //nolint:errorlint // net/http compares the value itself
				panic(fault)
			}
			known := requestFrom(r.Context())
			if known != nil {
				known.stack = string(debug.Stack())
			}
			err := fmt.Errorf("panic: %v", fault)
			if answer, wrapped := w.(middleware.WrapResponseWriter); wrapped && answer.Status() != 0 {
				NoteError(r.Context(), err) // the answer has begun: it can only break off
				return
			}
			WriteProblem(w, r, err)
		}()
		next.ServeHTTP(w, r)
	})
}

// quiet reports whether a path is asked for many times a second when all is well.
func quiet(path string) bool {
	return path == "/v1/events" || path == "/healthz" || path == "/readyz" || strings.HasPrefix(path, "/static/")
}
