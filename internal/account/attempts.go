package account

import (
	"errors"
	"net/http"
	"sync"
	"time"

	"mirsad/internal/httpserver"
)

// attempts counts failed sign-ins by address, known or not, and makes each further one wait longer. It lives
// in memory: with several web processes each counts its own.
type attempts struct {
	now func() time.Time

	mu     sync.Mutex
	failed map[string]failures
}

type failures struct {
	count int
	last  time.Time
}

const (
	freeAttempts    = 5
	firstWait       = time.Second
	longestWait     = 15 * time.Minute
	failuresKept    = 10_000
	failureLifetime = time.Hour
)

func newAttempts(now func() time.Time) *attempts {
	return &attempts{now: now, failed: map[string]failures{}}
}

// attemptsError is an ErrTooManyAttempts that knows when the next try is taken.
type attemptsError struct{ after time.Duration }

// Error and Unwrap are those of ErrTooManyAttempts: the header says how long to wait.
func (e *attemptsError) Error() string { return ErrTooManyAttempts.Error() }

func (e *attemptsError) Unwrap() error { return ErrTooManyAttempts }

// AskAgain sets Retry-After for an ErrTooManyAttempts, and reports whether the error is one.
func AskAgain(header http.Header, err error) bool {
	if wait, is := errors.AsType[*attemptsError](err); is {
		httpserver.SetRetryAfter(header, wait.after)
	}
	return errors.Is(err, ErrTooManyAttempts)
}

// begin counts an attempt as failed before its outcome is known, so that many at once can't slip through;
// ErrTooManyAttempts when it comes before its wait is over.
func (a *attempts) begin(address string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	before := a.failed[address]
	if now.Sub(before.last) > failureLifetime {
		before = failures{}
	}
	if next := before.last.Add(waitAfter(before.count)); now.Before(next) {
		return &attemptsError{after: next.Sub(now)}
	}
	if len(a.failed) >= failuresKept {
		a.forgetOld(now)
	}
	a.failed[address] = failures{count: before.count + 1, last: now}
	return nil
}

// succeeded forgets an address's failures.
func (a *attempts) succeeded(address string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.failed, address)
}

// waitAfter doubles from one second after the free attempts up to a quarter of an hour.
func waitAfter(count int) time.Duration {
	if count < freeAttempts {
		return 0
	}
	wait := firstWait
	for range count - freeAttempts {
		if wait >= longestWait {
			return longestWait
		}
		wait *= 2
	}
	return min(wait, longestWait)
}

// forgetOld drops what has no effect any more, and failing that the longest quiet: the map stays bounded.
func (a *attempts) forgetOld(now time.Time) {
	oldest, oldestAt := "", now
	for address, each := range a.failed {
		if now.Sub(each.last) > failureLifetime {
			delete(a.failed, address)
			continue
		}
		if !each.last.After(oldestAt) {
			oldest, oldestAt = address, each.last
		}
	}
	if len(a.failed) >= failuresKept {
		delete(a.failed, oldest)
	}
}
