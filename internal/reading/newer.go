package reading

import (
	"context"
	"time"
)

// between is the time from one reading for something unknown to the next, however many ask: what is made up must not
// cost the store a question each.
const between = 250 * time.Millisecond

// Newer returns the family as it is read from now on, for what Current does not have: it may have been recorded a moment
// ago by another process. While the store is away or slow it is the last reading.
func (r *Reading[T]) Newer(ctx context.Context) (map[string]T, error) {
	asked, last := r.Now(), r.last.Load()
	switch {
	case last == nil:
		return r.Read(ctx)
	case !last.at.Before(asked), r.triedJustNow(asked):
		return last.bySubject, nil
	}
	if rest := between - asked.Sub(last.at); rest > 0 {
		timer := time.NewTimer(rest)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return last.bySubject, nil
		case <-timer.C:
		}
	}
	if last = r.last.Load(); last.at.After(asked) {
		return last.bySubject, nil // another asked meanwhile
	}
	patient, stop := context.WithTimeout(ctx, patience)
	defer stop()
	bySubject, err := r.Read(patient)
	if err != nil {
		return last.bySubject, nil //nolint:nilerr // what was known last is the answer
	}
	return bySubject, nil
}
