package spool

import (
	"encoding/binary"
	"fmt"
	"sync"
	"time"

	"github.com/cockroachdb/pebble/v2"
)

// stampAhead is how far, in microseconds, stamps are promised on disk at a time: one sync in five seconds.
const stampAhead = uint64(5 * time.Second / time.Microsecond)

// stamps hands out versions; all below the limit are promised on disk never to be given again.
type stamps struct {
	mu    sync.Mutex
	last  uint64
	limit uint64
}

func (s *Spool) restoreStamps() error {
	limit, err := s.number(keyStamp)
	s.stamps.last, s.stamps.limit = limit, limit
	return err
}

// Stamp returns the first of n versions, n ≥ 1: the time in µs, yet above every
// version given before, also across restarts and clocks that step back.
func (s *Spool) Stamp(n int) (uint64, error) {
	s.stamps.mu.Lock()
	defer s.stamps.mu.Unlock()
	first := max(uint64(s.now().UnixMicro()), s.stamps.last+1)
	last := first + uint64(n) - 1 //nolint:gosec // n ≥ 1
	if last > s.stamps.limit {
		limit := last + stampAhead
		if err := s.promise(limit); err != nil {
			return 0, fmt.Errorf("promise versions: %w", err)
		}
		s.stamps.limit = limit
	}
	s.stamps.last = last
	return first, nil
}

func (s *Spool) promise(limit uint64) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return ErrClosed
	}
	s.writes.Add(1)
	s.mu.Unlock()
	defer s.writes.Done()
	return s.storeLimit(limit)
}

func (s *Spool) storeLimit(limit uint64) error {
	return s.db.Set([]byte(keyStamp), binary.BigEndian.AppendUint64(nil, limit), pebble.Sync)
}

// settleStamps takes back what was promised and not used, so that a clean restart goes on from the clock.
func (s *Spool) settleStamps() error {
	s.stamps.mu.Lock()
	defer s.stamps.mu.Unlock()
	return s.storeLimit(s.stamps.last)
}
