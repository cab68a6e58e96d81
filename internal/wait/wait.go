// Package wait waits without outliving whoever waits.
package wait

import (
	"context"
	"time"
)

// For waits for the duration or the end of ctx, whichever comes first; then it returns the context's error.
func For(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
