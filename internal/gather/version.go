package gather

import (
	"context"
	"fmt"
	"sync"
	"time"
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
	name, newest, err := n.store.DataVersion(ctx)
	if err != nil {
		return version{}, fmt.Errorf("data version: %w", err)
	}
	seen = version{name: name, newest: newest}
	n.mu.Lock()
	n.seen, n.askedAt = seen, now
	n.mu.Unlock()
	return seen, nil
}
