package gather

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// version is the newest version of the data, and when it was recorded.
type version struct {
	name   string
	newest time.Time
}

// newestVersion is the newest version seen, which is asked for again only after a while.
type newestVersion struct {
	every time.Duration
	store Store
	now   func() time.Time

	mu      sync.Mutex
	seen    version
	askedAt time.Time

	asking singleflight.Group
}

// get returns the newest version of the data.
func (n *newestVersion) get(ctx context.Context) (version, error) {
	n.mu.Lock()
	seen, askedAt := n.seen, n.askedAt
	n.mu.Unlock()
	now := n.now()
	if seen.name != "" && now.Sub(askedAt) < n.every {
		return seen, nil
	}
	asked := n.asking.DoChan("", func() (any, error) {
		asking, stop := context.WithTimeout(context.WithoutCancel(ctx), versionWait)
		defer stop()
		return n.ask(asking, now)
	})
	select {
	case answer := <-asked:
		if answer.Err != nil {
			return version{}, answer.Err
		}
		return answer.Val.(version), nil
	case <-ctx.Done():
		return version{}, fmt.Errorf("data version: %w", context.Cause(ctx))
	}
}

// versionWait is how long the store may take to name its version.
const versionWait = 20 * time.Second

// ask asks the store, once for all who want to know at the same time.
func (n *newestVersion) ask(ctx context.Context, now time.Time) (version, error) {
	name, newest, err := n.store.DataVersion(ctx)
	if err != nil {
		return version{}, fmt.Errorf("data version: %w", err)
	}
	seen := version{name: name, newest: newest}
	n.mu.Lock()
	n.seen, n.askedAt = seen, now
	n.mu.Unlock()
	return seen, nil
}
