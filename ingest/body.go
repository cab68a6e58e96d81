package ingest

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/semaphore"

	"mirsad/ingest/rows"
)

// MaxEvents is how many events a body may hold (docs/agencies.md#formats-and-limits).
const MaxEvents = 10_000

// mostSpare is the size up to which a body's buffer is kept for the next body.
const mostSpare = 1 << 20

var bodyBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func getBuffer() *bytes.Buffer {
	buffer := bodyBuffers.Get().(*bytes.Buffer) //nolint:forcetypeassert // the pool holds nothing else
	buffer.Reset()
	return buffer
}

func putBuffer(buffer *bytes.Buffer) {
	if buffer.Cap() <= mostSpare {
		bodyBuffers.Put(buffer)
	}
}

// share is a body's part of the budget that all bodies being decoded have together.
type share struct {
	budget *semaphore.Weighted
	bytes  int64
}

// reserve waits until the budget has room for the body. What is compressed takes the most it may inflate to.
func (i *Ingest) reserve(ctx context.Context, encoding string, sent int) (*share, error) {
	s := &share{budget: i.decoding, bytes: int64(sent)}
	if encoding != "" && encoding != "identity" {
		s.bytes = rows.MaxInflatedBytes
	}
	s.bytes = min(s.bytes, i.configuration.InflatedBudget)
	if err := s.budget.Acquire(ctx, s.bytes); err != nil {
		return nil, fmt.Errorf("receive events: %w", err)
	}
	return s, nil
}

// shrink gives back what the body turned out not to need.
func (s *share) shrink(bytes int) {
	spare := max(s.bytes-int64(bytes), 0)
	s.bytes -= spare
	s.budget.Release(spare)
}

func (s *share) release() { s.budget.Release(s.bytes) }
