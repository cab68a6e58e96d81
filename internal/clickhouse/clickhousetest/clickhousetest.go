// Package clickhousetest gives each test a migrated database of its own on a real engine.
package clickhousetest

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"testing"
	"time"

	"mirsad/internal/clickhouse"
	"mirsad/internal/clocktest"
	"mirsad/internal/engine"
)

// Main runs a package's tests and stops the engine after them; call it from TestMain. In the engine's child,
// which is the same test binary, it is the engine.
func Main(m *testing.M) {
	if engine.ChildHook() {
		return
	}
	code := m.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "clickhousetest:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// New returns a migrated and empty database of the test's own; a later test gets it again, empty. Without the engine's
// library the test is skipped with the reason; when CI=true it fails.
func New(tb testing.TB) *clickhouse.DB {
	tb.Helper()
	return NewWith(tb, clocktest.Now, time.UTC)
}

// NewWith is New with a clock and the programme's zone.
func NewWith(tb testing.TB, now func() time.Time, zone *time.Location) *clickhouse.DB {
	tb.Helper()
	endpoint := Endpoint(tb)
	copies, err := shared.template(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	name := shared.take()
	db, err := clickhouse.Open(tb.Context(),
		clickhouse.Configuration{URL: endpoint.URL, Passwords: endpoint.Passwords, Database: name, Zone: zone},
		clickhouse.Dependencies{Logger: slog.New(slog.DiscardHandler), Now: now})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
		shared.give(name)
	})
	if err := copies.restore(tb.Context(), endpoint.PID, name); err != nil {
		tb.Fatal(err)
	}
	return db
}

// Endpoint returns the test process's engine, started when first asked for; under -short there is none. Databases of
// tests are test_00 to test_63.
func Endpoint(tb testing.TB) engine.Endpoint {
	tb.Helper()
	if testing.Short() {
		tb.Skip("-short: needs the engine")
	}
	running, err := shared.start()
	if errors.Is(err, engine.ErrNoLibrary) && os.Getenv("CI") != "true" {
		tb.Skip(err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return running.Endpoint()
}
