package httpserver

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

// What was sent is repeated in a log line up to a bound, whoever writes it.
func TestTextsOfALogLineAreBounded(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{ReplaceAttr: BoundAttribute}))
	logger.Info("sent", slog.String("text", strings.Repeat("ب", 40_000)), slog.Any("error", errors.New(strings.Repeat("x", 40_000))), slog.Int("n", 7))
	if line := log.String(); len(line) > 9<<10 || !strings.Contains(line, `"n":7`) || !strings.Contains(line, "…") {
		t.Errorf("%d bytes", len(line))
	}
}

// Who asks for more than goes is refused with a warning; a fault of the program's is an error.
func TestWhoAsksForTooMuchIsNoFaultOfTheProgram(t *testing.T) {
	for err, level := range map[error]string{
		fmt.Errorf("compute: %w", programme.ErrBusy): "WARN", programme.ErrUnavailable: "ERROR", errors.New("x"): "ERROR", programme.ErrNotFound: "INFO",
	} {
		var log bytes.Buffer
		server, newErr := New(Configuration{}, Dependencies{
			Handlers: []Mount{{Pattern: "/", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { WriteProblem(w, r, err) })}},
			Registry: prometheus.NewRegistry(), Logger: slog.New(slog.NewTextHandler(&log, nil)), Now: clocktest.Now,
		})
		if newErr != nil {
			t.Fatal(newErr)
		}
		w := httptest.NewRecorder()
		server.main.Handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/progress", http.NoBody))
		if !strings.Contains(log.String(), "level="+level) {
			t.Errorf("%v: %s", err, log.String())
		}
		if again := w.Header().Get("Retry-After"); (again != "") != (w.Code == http.StatusServiceUnavailable) {
			t.Errorf("%v: Retry-After %q", err, again)
		}
	}
}
