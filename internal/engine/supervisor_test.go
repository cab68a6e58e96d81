package engine

import (
	"context"
	"log/slog"
	"strings"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/clocktest"
)

// A child that exists and does not answer is no better than one that has died.
func TestAChildThatHangsIsRestarted(t *testing.T) {
	restarted := make(chan error, 1)
	e, err := New(
		Configuration{DataDir: t.TempDir(), Library: needLibrary(t), MemoryBytes: 1 << 30, AnswerWithin: 2 * time.Second},
		Dependencies{
			Logger: slog.New(slog.NewTextHandler(t.Output(), nil)), Now: clocktest.Now,
			OnRestart: func(reason error) { restarted <- reason },
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	frozen := e.Endpoint().PID
	if err := syscall.Kill(frozen, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	select {
	case reason := <-restarted:
		if !strings.Contains(reason.Error(), "no answer") {
			t.Errorf("the reason is %q", reason)
		}
	case <-time.After(2 * time.Minute):
		t.Fatal("an engine that hangs is not restarted")
	}
	if got := e.Endpoint().PID; got == frozen {
		t.Error("it is the same process")
	}
	if got := mustAsk(t, e.Endpoint(), UserWeb, "SELECT 1"); got != "1" || e.Restarts() != 1 {
		t.Errorf("it answers %s after %d restarts", got, e.Restarts())
	}
}
