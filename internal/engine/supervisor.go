package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// supervise keeps a child running until Stop, always at the same address and with the same passwords, so that
// clients need only try again.
func (e *Engine) supervise() {
	defer close(e.done)
	for {
		child, since := e.running(), e.Now()
		watching, stopWatching := context.WithCancel(e.lifetime)
		go e.watch(watching, child)
		select {
		case <-e.lifetime.Done():
			stopWatching()
			_ = child.signal(syscall.SIGTERM) // it is waited for, and Stop kills it when that takes too long
			<-child.ended
			return
		case <-child.ended:
			stopWatching()
		}
		reason := child.failure()
		e.Logger.Error("engine died", slog.Any("error", reason))
		if !e.restart(e.Now().Sub(since) >= steadyAfter) {
			return
		}
		e.restarts.Add(1)
		if e.OnRestart != nil {
			e.OnRestart(reason)
		}
	}
}

// watch asks the child now and then for an answer, and kills one that gives none: a process that exists may be stopped,
// deadlocked or waiting for a disk that never comes. It must fail twice, for this process may have been stopped itself,
// and then the first answer is late though the child is well.
func (e *Engine) watch(ctx context.Context, child *process) {
	for silent := 0; pause(ctx, e.AnswerWithin/askEvery) == nil; {
		e.publishAgain()
		if e.answers(ctx) || ctx.Err() != nil {
			silent = 0
			continue
		}
		if silent++; silent < mostSilent {
			e.Logger.WarnContext(ctx, "engine does not answer", slog.Duration("within", e.AnswerWithin))
			continue
		}
		e.Logger.ErrorContext(ctx, "engine does not answer and is ended", slog.Duration("within", e.AnswerWithin),
			slog.Int("times", silent))
		child.note(fmt.Sprintf("it gave no answer within %s, %d times", e.AnswerWithin, silent))
		_ = child.signal(syscall.SIGKILL) // its end is waited for
		return
	}
}

// answers reports whether the child answers in time; a refusal is an answer.
func (e *Engine) answers(ctx context.Context) bool {
	limited, stop := context.WithTimeout(ctx, e.AnswerWithin)
	defer stop()
	_, err := askVersion(limited, e.client, e.Endpoint())
	return err == nil || errors.Is(err, errRefused)
}

// publishAgain writes down again where the engine is found when somebody has removed the file.
func (e *Engine) publishAgain() {
	if _, err := os.Stat(filepath.Join(e.folder, endpointFile)); !errors.Is(err, os.ErrNotExist) {
		return
	}
	if err := e.publish(e.Endpoint()); err != nil {
		e.Logger.Warn("endpoint file is gone and can't be written again", slog.Any("error", err))
	}
}

// Restarts returns how often a child had to be started anew since Start.
func (e *Engine) Restarts() int64 { return e.restarts.Load() }

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
