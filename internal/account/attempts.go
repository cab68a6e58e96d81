package account

import (
	"errors"
	"net/http"
	"sync"
	"time"

	"mirsad/internal/httpserver"
)

// attempts counts failed sign-ins and makes each further one wait longer. They are counted by the client and the person
// together, so that nobody keeps another out, and by the person alone up to a far higher limit. It lives in memory: with
// several web processes each counts its own.
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
	freeAttempts = 5
	// freeOfAll is how many may fail of one person from all clients together before any client has to wait.
	freeOfAll       = 200
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

// counted is what attempts are counted by, and how many may fail without a wait.
type counted struct {
	by   string
	free int
}

// begin counts an attempt as failed before its outcome is known, so that many at once can't slip through;
// ErrTooManyAttempts when it comes before its wait is over by any of the counts.
func (a *attempts) begin(counts ...counted) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	for _, each := range counts {
		before := a.before(each, now)
		if next := before.last.Add(waitAfter(before.count - each.free)); now.Before(next) {
			return &attemptsError{after: next.Sub(now)}
		}
	}
	for _, each := range counts {
		before := a.before(each, now)
		if len(a.failed) >= failuresKept {
			a.forgetOld(now)
		}
		a.failed[each.by] = failures{count: before.count + 1, last: now}
	}
	return nil
}

// before is what has failed lately; the lock is held.
func (a *attempts) before(c counted, now time.Time) failures {
	if before := a.failed[c.by]; now.Sub(before.last) <= failureLifetime {
		return before
	}
	return failures{}
}

// succeeded forgets failures.
func (a *attempts) succeeded(counts ...counted) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, each := range counts {
		delete(a.failed, each.by)
	}
}

// waitAfter doubles from one second at the first attempt that is not free up to a quarter of an hour.
func waitAfter(tooMany int) time.Duration {
	if tooMany < 0 {
		return 0
	}
	wait := firstWait
	for range tooMany {
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
