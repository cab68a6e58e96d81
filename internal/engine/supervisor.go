package engine

import (
	"context"
	"log/slog"
	"syscall"
	"time"
)

// supervise keeps a child running until Stop, always at the same address and with the same passwords, so that
// clients need only try again.
func (e *Engine) supervise() {
	defer close(e.done)
	for {
		child, since := e.running(), e.Now()
		select {
		case <-e.lifetime.Done():
			_ = child.signal(syscall.SIGTERM) // it is waited for, and Stop kills it when that takes too long
			<-child.ended
			return
		case <-child.ended:
		}
		reason := child.failure()
		e.Logger.Error("engine died", slog.Any("error", reason))
		if !e.restart(e.Now().Sub(since) >= steadyAfter) {
			return
		}
		if e.OnRestart != nil {
			e.OnRestart(reason)
		}
	}
}

// restart tries until a child answers; false when the engine is stopped meanwhile.
func (e *Engine) restart(afresh bool) bool {
	if afresh {
		e.backOff = 0
	}
	for {
		e.backOff = min(max(2*e.backOff, shortestPause), longestPause)
		if pause(e.lifetime, e.backOff) != nil {
			return false
		}
		err := e.run(e.lifetime, e.Endpoint())
		if err == nil {
			return true
		}
		if e.lifetime.Err() != nil {
			return false
		}
		e.Logger.Error(
			"engine does not come back", slog.Any("error", err),
			slog.Duration("next_try_after", min(2*e.backOff, longestPause)),
		)
	}
}

// pause waits, or returns early with the context's error.
func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
